import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lint, type LintRequest } from './lint.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'throughline-lint-'))
  writeFileSync(join(root, 'store.openapi.yaml'), contract)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const contract = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
servers: [{ url: https://store.example }]
paths:
  /basket:
    get:
      operationId: get_basket
      responses: { '200': { description: The basket } }
`

function request(more: Partial<LintRequest> = {}): LintRequest {
  return {
    root,
    contracts: [{ file: 'store.openapi.yaml', files: ['store.openapi.yaml'] }],
    rulesets: [],
    always: false,
    keep: true,
    ...more,
  }
}

test('says nothing where a team has no ruleset', async () => {
  expect(await lint(request())).toEqual([])
})

test("runs a team's redocly rules and points at the key that breaks them", async () => {
  writeFileSync(join(root, '.redocly.yaml'), 'rules:\n  operation-summary: error\n')
  expect(await lint(request())).toEqual([
    {
      code: 'TL4006',
      rule: 'lint',
      severity: 'error',
      message: 'Operation object should contain `summary` field (.redocly.yaml: operation-summary)',
      file: 'store.openapi.yaml',
      range: { start: { line: 6, column: 5 }, end: { line: 6, column: 8 } },
      help: 'docs/diagnostics/TL4006.md',
    },
  ])
})

test('keeps a result until the contract or the ruleset changes', async () => {
  writeFileSync(join(root, '.redocly.yaml'), 'rules:\n  operation-summary: error\n')
  await lint(request())
  await lint(request())
  expect(readdirSync(join(root, '.throughline', 'lint'))).toHaveLength(1)

  writeFileSync(join(root, '.redocly.yaml'), 'rules:\n  operation-summary: warn\n')
  expect((await lint(request())).map((one) => one.severity)).toEqual(['warning'])
})

test('writes nothing beside a bare contract', async () => {
  const found = await lint(request({ always: true, keep: false }))
  expect(found.map((one) => one.message)).toContain(
    'Operation object should contain `summary` field (redocly recommended: operation-summary)',
  )
  expect(readdirSync(root)).toEqual(['store.openapi.yaml'])
})

test('says that Spectral is not installed and how to get it', async () => {
  writeFileSync(join(root, '.spectral.yaml'), 'extends: spectral:oas\n')
  const [found, ...more] = await lint(request())
  expect(more).toEqual([])
  expect(found).toMatchObject({ code: 'TL4007', severity: 'warning', file: '.spectral.yaml' })
  expect(found!.message).toContain('npm install -D @stoplight/spectral-core')
})

test('says what is wrong with a broken ruleset and goes on', async () => {
  writeFileSync(join(root, '.redocly.yaml'), 'extends: [no-such-preset\n')
  const found = await lint(request())
  expect(found.map((one) => one.code)).toEqual(['TL4007'])
})
