import { fileURLToPath } from 'node:url'
import { compile, located } from '@throughline/core'
import { expect, test } from 'vitest'
import { openWorkspace } from '../packages/throughline/src/workspace/workspace.ts'

test('checks its own studio: every page finds what it needs, and every way it can fail is designed', () => {
  const workspace = openWorkspace(
    fileURLToPath(new URL('../packages/studio/workspace', import.meta.url)),
  )
  const { graph, diagnostics } = compile(workspace)
  expect(graph.journeys.map((one) => one.name)).toEqual([
    'decide',
    'look-up',
    'morning',
    'prove',
    'watch',
    'write',
  ])
  expect(located(diagnostics.filter((one) => one.severity !== 'info'))).toEqual([])
})
