import { fileURLToPath } from 'node:url'
import {
  fieldsOf,
  hurtBy,
  seededChoices,
  successResponse,
  type Field,
  type Graph,
  type Operation,
} from '@throughline/core'
import { expect, test } from 'vitest'
import { senderOf } from '../../../test/sender-of.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { mock } from '../mock/mock.ts'
import { verify } from './verify.ts'

const { graph } = compiled(
  openWorkspace(fileURLToPath(new URL('../../../../../examples/storefront', import.meta.url))),
)

/** One way in which a backend is not what it says: a promise of the contract, or something that a step needs. */
interface Mutant {
  readonly operation: Operation
  readonly says: string
  readonly change: (response: Response) => Promise<Response>
}

test('turns red for at least 95 of 100 ways in which a backend can break its promises', async () => {
  const choices = seededChoices('mutants of the storefront')
  const all = [...mutantsOf(graph)]
  const chosen = Array.from(
    { length: 200 },
    () => all.splice(choices.integer(0, all.length - 1), 1)[0]!,
  )
  const known = new Map<string, ReadonlySet<string>>()
  const survived: string[] = []
  for (const { operation, says, change } of chosen) {
    if (!known.has(operation.id)) known.set(operation.id, await findingsOf(operation))
    const before = known.get(operation.id)!
    const found = await findingsOf(operation, change, before)
    if ([...found].every((one) => before.has(one))) survived.push(says)
  }
  const score = Math.round(((chosen.length - survived.length) / chosen.length) * 100)
  expect(score, `${score} of 100; survived:\n${survived.join('\n')}\n`).toBeGreaterThanOrEqual(95)
}, 60_000)

/** Fingerprints; stops at the first that was not there before. */
async function findingsOf(
  operation: Operation,
  change: Mutant['change'] = (response) => Promise.resolve(response),
  before?: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const shop = mock(graph)
  const enough = new AbortController()
  const { findings } = await verify(graph, {
    send: senderOf(
      async (request) => change(await shop.handle(request)),
      'http://store.test/store',
    ),
    seed: 1,
    phases: new Set(['examples', 'coverage']),
    operations: (one) => one.id === operation.id,
    workers: 1,
    signal: enough.signal,
    onFound(_, { fingerprint }) {
      if (before?.has(fingerprint) === false) enough.abort()
    },
  })
  return new Set(findings.map(({ fingerprint }) => fingerprint))
}

function mutantsOf({ apis }: Graph): readonly Mutant[] {
  return apis.flatMap(({ contract }) =>
    contract?.protocol === 'rest' ? contract.operations.flatMap(mutantsOfOperation) : [],
  )
}

function mutantsOfOperation(operation: Operation): readonly Mutant[] {
  const success = successResponse(operation)
  if (success === undefined) return []
  const name = `${operation.api}.${operation.name}`
  const mutants: Mutant[] = []
  const inSuccess =
    (change: (response: Response) => Promise<Response>): Mutant['change'] =>
    (response) =>
      response.ok ? change(response) : Promise.resolve(response)
  for (const status of [202, 206, 302, 418, 500, 502])
    if (!operation.responses().some((one) => one.status === String(status)))
      mutants.push({
        operation,
        says: `${name} answers ${status}`,
        change: inSuccess((response) => withStatus(response, status)),
      })
  for (const { name: header, required } of success.headers)
    if (required)
      mutants.push({
        operation,
        says: `${name} has no ${header}`,
        change: inSuccess((response) => withoutHeader(response, header)),
      })
  if (success.content.length === 0) return mutants
  mutants.push({
    operation,
    says: `${name} has no Content-Type`,
    change: inSuccess((response) => withoutHeader(response, 'content-type')),
  })
  for (const field of fieldsBelow(fieldsOf(operation, success.status), 4)) {
    if (field.required || hurtBy(graph, operation, field.path).length > 0)
      mutants.push({
        operation,
        says: `${name} drops ${field.path}`,
        change: inSuccess((response) => withBody(response, field.path, () => undefined)),
      })
    const other = wrongFor(field)
    if (other !== undefined)
      mutants.push({
        operation,
        says: `${name} has another type at ${field.path}`,
        change: inSuccess((response) => withBody(response, field.path, () => other)),
      })
  }
  return mutants
}

function fieldsBelow(field: Field, depth: number): readonly Field[] {
  if (depth === 0) return []
  return field
    .children()
    .flatMap((one) => [
      ...(/[\]}]$|^header:/.test(one.path) ? [] : [one]),
      ...fieldsBelow(one, depth - 1),
    ])
}

/** A value of a type that the contract does not allow there. */
function wrongFor({ types, schema }: Field): unknown {
  if (types.length === 0 || schema === undefined) return undefined
  if (!types.includes('object')) return { wrong: true }
  return types.includes('string') ? undefined : 'wrong'
}

async function withStatus(response: Response, status: number): Promise<Response> {
  return new Response(await response.arrayBuffer(), { status, headers: response.headers })
}

async function withoutHeader(response: Response, name: string): Promise<Response> {
  const headers = new Headers(response.headers)
  headers.delete(name)
  return new Response(await response.arrayBuffer(), { status: response.status, headers })
}

async function withBody(response: Response, path: string, next: () => unknown): Promise<Response> {
  const body: unknown = JSON.parse(await response.text())
  const names = path.split(/\.|(?=\[\]|\{\})/).filter(Boolean)
  const changed = (value: unknown, [first, ...rest]: readonly string[]): unknown => {
    if (first === undefined) return next()
    if (first === '[]') return Array.isArray(value) ? value.map((one) => changed(one, rest)) : value
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        first === '{}' || name === first ? changed(inner, rest) : inner,
      ]),
    )
  }
  return Response.json(changed(body, names), { status: response.status, headers: response.headers })
}
