// React with TanStack Query as it comes: three retries, then an alert.
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'

const make = createElement

function Shelves() {
  const { data, isPending, isError, refetch } = useQuery({
    queryKey: ['products'],
    async queryFn() {
      const answer = await fetch('/api/products', { signal: AbortSignal.timeout(2000) })
      if (!answer.ok) throw new Error(`answered ${answer.status}`)
      return answer.json()
    },
  })
  if (isPending) return make('p', { role: 'status' }, 'Loading the shelves')
  if (isError)
    return make(
      'p',
      { role: 'alert' },
      'The shelves are out of reach. ',
      make('button', { onClick: () => refetch() }, 'Try again'),
    )
  return make(
    'main',
    {},
    make('h1', {}, 'Our shelves'),
    make('ul', {}, ...data.items.map(({ name }) => make('li', {}, name))),
  )
}

createRoot(document.getElementById('root')).render(
  make(QueryClientProvider, { client: new QueryClient() }, make(Shelves)),
)
