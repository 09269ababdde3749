import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { filesOf } from '../../../test/in-memory-files.ts'
import type { Contract } from '../../operation/api.ts'
import type { MediaType, Parameter } from '../../operation/operation.ts'
import { located, type LocatedDiagnostic } from '../../text/diagnostic.ts'
import type { Place, Position } from '../../text/origin.ts'
import { childrenOf, originOf, rootOf, type Site } from '../../text/site.ts'
import type { ApiDeclaration } from '../declarations.ts'
import { documentOf } from '../document.ts'
import { resolve } from '../reference.ts'
import { openapiContract } from './contract.ts'

// Whatever stands in a file: nothing throws, every lazy part can be asked, and every span lies inside its file.

const versions = ['2.0', '3.0', '3.1', '3.2'].map((version) =>
  readFileSync(new URL(`fixtures/store-${version}.yaml`, import.meta.url), 'utf8'),
)
const contracts = versions.map((text) => load(text))

const github = JSON.parse(
  readFileSync(
    new URL(
      '../../../../../node_modules/@octokit/openapi/generated/api.github.com.json',
      import.meta.url,
    ),
    'utf8',
  ),
) as {
  readonly paths: Record<string, unknown>
  readonly components: Record<string, Record<string, unknown>>
}
const githubPaths = Object.entries(github.paths)

test('survives any bytes', { timeout: 120_000 }, () => {
  const bytes = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          '"',
          "'",
          ':',
          ',',
          '\n',
          '  ',
          '\t',
          '- ',
          '? ',
          '&a ',
          '*a',
          '<<: ',
          '!x ',
          '#',
          '|',
          '>',
          '\\',
          '\ufeff',
          '---\n',
          '$ref',
          'openapi',
          '3.1.0',
          '1',
          '~',
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join('')),
    fc.uint8Array({ maxLength: 400 }).map((array) => new TextDecoder().decode(array)),
  )
  const law = () =>
    fc.assert(
      fc.property(bytes, fc.constantFrom('store.yaml', 'store.json', 'store'), (text, path) =>
        survives(path, text),
      ),
      { numRuns: 1500, seed: 1 },
    )
  expect(law).not.toThrow()
})

test('survives a contract that is cut, doubled or shuffled as text', () => {
  const cuts = fc.tuple(
    fc.constantFrom(...versions),
    fc.nat(),
    fc.nat(60),
    fc.constantFrom('', '\t', '{', '"', ': ', '\n', '\n   - ', '*x', '}', '&x'),
  )
  const law = () =>
    fc.assert(
      fc.property(cuts, fc.boolean(), ([text, at, length, insert], asJson) => {
        const written = asJson ? JSON.stringify(load(text), null, 1) : text
        const start = at % written.length
        survives(
          asJson ? 'store.json' : 'store.yaml',
          written.slice(0, start) + insert + written.slice(start + length),
        )
      }),
      { numRuns: 400, seed: 2 },
    )
  expect(law).not.toThrow()
}, 120_000)

test('survives contracts with parts deleted, replaced and moved', () => {
  const slice = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 2 })).map(([at, length]) => {
    const start = at % githubPaths.length
    return {
      openapi: '3.0.3',
      info: { title: 'Slice', version: '1' },
      paths: Object.fromEntries(githubPaths.slice(start, start + length)),
      components: sliceOf(github.components),
    }
  })
  const contract = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<unknown>(...contracts) },
    { weight: 1, arbitrary: slice },
  )
  const change = fc.tuple(
    fc.nat(),
    fc.nat(),
    fc.constantFrom('delete', 'replace', 'move', 'wrap'),
    fc.jsonValue({ maxDepth: 2 }),
  )
  const law = () =>
    fc.assert(
      fc.property(contract, fc.array(change, { minLength: 1, maxLength: 6 }), (value, changes) => {
        const copy = structuredClone(value)
        for (const one of changes) mutate(copy, ...one)
        survives('store.json', JSON.stringify(copy, null, 1))
      }),
      { numRuns: 300, seed: 3 },
    )
  expect(law).not.toThrow()
}, 120_000)

function survives(path: string, text: string): void {
  const files = filesOf({ [path]: text })
  const { document, diagnostics } = documentOf(files, path)
  inside(text, located(diagnostics))
  if (document === undefined) return
  const everything: Site[] = []
  const walk = (site: Site): void => {
    everything.push(site)
    for (const inner of childrenOf(site)) if (everything.length < 2000) walk(inner)
  }
  walk(rootOf(document))
  const places = everything.flatMap((site): readonly Place[] => [
    originOf(site).place,
    originOf(site, 'key').place,
  ])
  for (const { start, end } of document.locate(places)) within(text, start, end)
  const api: ApiDeclaration = {
    id: 'store',
    contract: path,
    environments: new Map(),
    stages: new Map(),
    documents: [],
    site: rootOf(document),
  }
  const contract = openapiContract(files, document, api)
  touch(contract)
  inside(text, located([...contract.diagnostics, ...contract.validity()]))
  expect(new Set(contract.operations.map((one) => one.id)).size).toBe(contract.operations.length)
}

function touch(contract: Contract): void {
  const media = (one: MediaType): void => {
    for (const site of [one.schema, one.itemSchema, one.encoding])
      if (site !== undefined) resolve(site)
    for (const example of one.examples) resolve(example.site)
  }
  const parameter = (one: Parameter): void => {
    if (one.schema !== undefined) resolve(one.schema)
    if (one.content !== undefined) media(one.content)
  }
  for (const operation of contract.operations) {
    operation.parameters().forEach(parameter)
    operation.requestBody()?.content.forEach(media)
    for (const response of operation.responses()) {
      response.headers.forEach(parameter)
      response.content.forEach(media)
    }
    operation.security()
  }
  contract.files()
}

function inside(text: string, diagnostics: readonly LocatedDiagnostic[]): void {
  for (const { range, related, message } of diagnostics) {
    expect(message).not.toContain('undefined')
    within(text, range.start, range.end)
    for (const other of related ?? []) within(text, other.range.start, other.range.end)
  }
}

function within(text: string, start: Position, end: Position): void {
  const lines = text.replace(/^\ufeff/, '').split('\n')
  const isOrdered = start.line < end.line || (start.line === end.line && start.column <= end.column)
  const isInside = [start, end].every(
    ({ line, column }) =>
      line >= 1 && column >= 1 && line <= lines.length && column <= lines[line - 1]!.length + 1,
  )
  if (!isOrdered || !isInside)
    throw new Error(
      `${start.line}:${start.column}-${end.line}:${end.column} is no span of ${JSON.stringify(text)}`,
    )
}

function mutate(root: unknown, at: number, other: number, how: string, replacement: unknown): void {
  const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = []
  const gather = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return
    for (const key of Object.keys(value)) {
      places.push({ holder: value as Record<string, unknown>, key })
      gather((value as Record<string, unknown>)[key])
    }
  }
  gather(root)
  if (places.length === 0) return
  const { holder, key } = places[at % places.length]!
  const from = places[other % places.length]!
  if (how === 'delete') delete holder[key]
  else if (how === 'replace') holder[key] = replacement
  else if (how === 'move') holder[key] = structuredClone(from.holder[from.key])
  else holder[key] = [holder[key]]
}

function sliceOf(components: Record<string, Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(components).map(([kind, named]) => [
      kind,
      Object.fromEntries(Object.entries(named).slice(0, 5)),
    ]),
  )
}
