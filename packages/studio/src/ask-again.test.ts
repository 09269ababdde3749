import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { askAgain } from './ask-again.ts'

test('asks once more where the first answer was on its way', async () => {
  const queries = new QueryClient()
  const answers: ((orders: number) => void)[] = []
  const observer = new QueryObserver(queries, {
    queryKey: ['orders'],
    queryFn: () => new Promise<number>((resolve) => answers.push(resolve)),
  })
  const end = observer.subscribe(() => {})
  await expect.poll(() => answers.length).toBe(1)
  askAgain(queries, { queryKey: ['orders'] })
  answers[0]!(1)
  await expect.poll(() => answers.length).toBe(2)
  answers[1]!(2)
  await expect.poll(() => queries.getQueryData(['orders'])).toBe(2)
  end()
})
