import '@fontsource-variable/inter/opsz.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './theme/tokens.css'
import './theme/app.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem, workspaceQuery } from './api.ts'
import { parseSearch, printSearch } from './address.ts'
import { listen } from './live.ts'
import { LiveContext } from './live-context.ts'
import { routes } from './routes.tsx'
import { FailedPage } from './shell/trouble.tsx'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // Events say when something is stale; nothing is asked for on a timer.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (failures, problem) =>
        problem instanceof ApiProblem && problem.status === 0 && failures < 2,
      retryDelay: 300,
    },
  },
})

const router = createRouter({
  routeTree: routes,
  parseSearch,
  stringifySearch: printSearch,
  defaultPreload: false,
  defaultErrorComponent: FailedPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

const live = listen(queries)
// Asked for while the page's own script is on its way.
void queries.prefetchQuery(workspaceQuery)
const root = document.querySelector('#root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LiveContext value={live}>
          <RouterProvider router={router} />
        </LiveContext>
      </QueryClientProvider>
    </StrictMode>,
  )
}
