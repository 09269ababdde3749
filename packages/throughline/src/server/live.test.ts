import { compile, placed, located, type Diagnostic } from '@throughline/core'
import { expect, test, vi } from 'vitest'
import { filesOf } from '../../../core/test/in-memory-files.ts'
import { liveWorkspace } from './live.ts'

const contract = (title: string): string =>
  `openapi: 3.1.0\ninfo: { title: ${title}, version: '1' }\npaths: {}\n`

/** A linter that answers when the test says so. */
function linter() {
  const asked: ((found: readonly Diagnostic[]) => void)[] = []
  return {
    later: () => new Promise<readonly Diagnostic[]>((answer) => asked.push(answer)),
    async finds(run: number, ...found: readonly Diagnostic[]) {
      asked[run]!(found)
      await Promise.resolve()
      await Promise.resolve()
    },
  }
}

function lintFinding(message: string): Diagnostic {
  const at = { line: 2, column: 1 }
  return placed(
    {
      code: 'TL4006',
      severity: 'warning',
      rule: 'lint',
      message,
      file: 'store.yaml',
      range: { start: at, end: at },
      help: '',
    },
    { path: 'store.yaml', text: contract('Store') },
  )
}

test('shows what a linter finds when it comes, and tells the pages', async () => {
  const lint = linter()
  const live = liveWorkspace(() => compile(filesOf({ 'store.yaml': contract('Store') })), {
    later: lint.later,
  })
  const told: number[] = []
  live.subscribe(({ event }) => {
    if (event.kind === 'graph') told.push(event.version)
  })
  expect(live.current.diagnostics).toEqual([])
  await lint.finds(0, lintFinding('No licence'))
  expect(
    located(live.current.diagnostics).map((one) => [one.message, one.range.start.line]),
  ).toEqual([['No licence', 2]])
  expect(told).toEqual([2])

  // A save in between: what was found stands until the linter has looked again, and the same again is no news.
  live.refresh()
  expect(live.current.diagnostics).toHaveLength(1)
  await lint.finds(1, lintFinding('No licence'))
  expect(told).toEqual([2, 3])
  live.refresh()
  await lint.finds(2)
  expect(live.current.diagnostics).toEqual([])
})

test('leaves out what a linter says about files that have changed since', async () => {
  const lint = linter()
  const live = liveWorkspace(() => compile(filesOf({ 'store.yaml': contract('Store') })), {
    later: lint.later,
  })
  live.refresh()
  await lint.finds(0, lintFinding('Of the old file'))
  expect(live.current.diagnostics).toEqual([])
})

test('tells pages of new evidence once for all that came within five seconds', () => {
  vi.useFakeTimers()
  try {
    const live = liveWorkspace(() => compile(filesOf({ 'store.yaml': contract('Store') })))
    const told: string[] = []
    live.subscribe(({ event }) => told.push(event.kind))
    live.seen()
    vi.advanceTimersByTime(4000)
    live.seen()
    expect(told).toEqual([])
    vi.advanceTimersByTime(1000)
    expect(told).toEqual(['evidence'])
    live.seen()
    vi.advanceTimersByTime(5000)
    expect(told).toEqual(['evidence', 'evidence'])
  } finally {
    vi.useRealTimers()
  }
})

test('goes on when the linter fails', async () => {
  const live = liveWorkspace(() => compile(filesOf({ 'store.yaml': contract('Store') })), {
    later: () => Promise.reject(new Error('no disk')),
  })
  await Promise.resolve()
  live.refresh()
  await Promise.resolve()
  expect(live.version).toBe(2)
})
