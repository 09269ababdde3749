import '@fontsource-variable/inter/opsz.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './theme/tokens.css'
import './theme/mantine.css'
import './theme/app.css'
import { createTheme, MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from './api.ts'
import { parseSearch, printSearch } from './address.ts'
import { listen } from './live.ts'
import { LiveContext } from './live-context.ts'
import { routes } from './routes.tsx'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // Events say when something is stale; nothing is asked for on a timer.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (failures, problem) => problem instanceof ApiProblem && problem.status === 0 && failures < 2,
      retryDelay: 300,
    },
  },
})

const router = createRouter({
  routeTree: routes,
  parseSearch,
  stringifySearch: printSearch,
  defaultPreload: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

const theme = createTheme({ fontFamily: 'var(--font-ui)', fontFamilyMonospace: 'var(--font-mono)', primaryShade: 6 })

const root = document.querySelector('#root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withStaticClasses={false}>
        <QueryClientProvider client={queries}>
          <LiveContext value={listen(queries)}>
            <RouterProvider router={router} />
          </LiveContext>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
