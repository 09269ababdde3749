import { classificationNames, lossBook } from '@throughline/core'
import type { LossKind, LossReport } from '@throughline/core'
import { part, plainText } from './parts.ts'

/** What the extensions of a contract say that Throughline has words for, and what they say besides. */
interface ContractExtensions {
  /** Names of fields by the class that the contract gives them: what a policy needs to begin with. */
  readonly classes: ReadonlyMap<string, readonly string[]>
  /** Who the contract says owns it. */
  readonly owners: readonly string[]
  readonly loss: LossReport
}

/** Whether a value is an OpenAPI or Swagger description. */
export function isContract(value: unknown): boolean {
  return /^[23]\./.test(plainText(part(value, 'openapi') ?? part(value, 'swagger')))
}

/**
 * Every `x-...` of a contract: which are read as they stand, which mean something that is said elsewhere, and which nobody reads.
 * https://spec.openapis.org/registry/extension/
 */
export function contractExtensions(document: unknown): ContractExtensions {
  const book = lossBook()
  const found = new Map<string, { count: number; first: string }>()
  const classes = new Map<string, Set<string>>()
  const owners = new Set<string>()
  let looked = 0
  // Breadth first and without recursion: a contract may nest as it likes. What is an example is data, not description.
  let level: { readonly value: object; readonly at: string; readonly name: string }[] =
    document !== null && typeof document === 'object' ? [{ value: document, at: '', name: '' }] : []
  const seen = new Set<object>()
  while (level.length > 0) {
    const next: typeof level = []
    for (const { value, at, name } of level) {
      if (seen.has(value) || looked > mostLooked) continue
      seen.add(value)
      looked++
      for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
        const isNamed = /\/(properties|patternProperties|schemas|headers)$/.test(at)
        if (key.startsWith('x-') && !isNamed) {
          const known = found.get(key)
          if (known === undefined) found.set(key, { count: 1, first: at === '' ? 'the top' : at })
          else known.count++
          if (classifying.test(key)) classified(name, inner)
          if (key === 'x-owner' && typeof inner === 'string') owners.add(inner)
          continue
        }
        if (/^(example|examples|default|enum|const)$/.test(key) && !isNamed) continue
        if (inner !== null && typeof inner === 'object')
          next.push({
            value: inner,
            at: `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
            name: key === 'items' || key === 'schema' ? name : key,
          })
      }
    }
    level = next
  }
  if (looked > mostLooked)
    book.note('dropped', 'the rest of the contract', `${mostLooked} of its parts were looked at`)
  for (const [key, { count, first }] of [...found].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    const [kind, why] = fateOf(key)
    book.note(
      kind,
      count === 1 ? `${key} at ${first}` : `${key}, ${count} times, first at ${first}`,
      why,
    )
  }
  return {
    classes: new Map([...classes].map(([name, fields]) => [name, [...fields].slice(0, 200)])),
    owners: [...owners],
    loss: book.report(),
  }

  function classified(field: string, value: unknown): void {
    const [name] = classificationNames(value)
    const id = name
      ?.toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60)
    if (id === undefined || id === '' || !/^[\w-]{1,100}$/.test(field)) return
    const known = classes.get(id)
    if (known === undefined) classes.set(id, new Set([field]))
    else known.add(field)
  }
}

const mostLooked = 2_000_000
const classifying = /^x-(data-classification|sensitive-data|pii)$/

function fateOf(key: string): readonly [LossKind, string] {
  const fate = fates.find(([pattern]) => pattern.test(key))
  return fate === undefined ? nobody : [fate[1], fate[2]]
}

const nobody: readonly [LossKind, string] = [
  'dropped',
  'nothing here reads it; it stays in the contract',
]

const fates: readonly (readonly [RegExp, LossKind, string])[] = [
  [
    /^x-(data-classification|sensitive-data|pii)$/,
    'taken',
    'read as a class of data: the policy says what holds for it',
  ],
  [/^x-(owner|stage|throughline)$/, 'taken', 'read as it stands: who owns it, and its stage'],
  [/^x-sunset$/, 'taken', 'read as it stands, when versions are compared'],
  [
    /^x-(internal|audience)$/,
    'taken',
    'read as it stands: `export --format openapi --audience` leaves it out',
  ],
  [/^x-webhooks$/, 'taken', 'read as `webhooks`, the name that OpenAPI 3.1 has for it'],
  [/^x-multi-segment$/, 'taken', 'read as it stands: such a parameter takes slashes'],
  [/^x-nullable$/, 'taken', 'read as `nullable`'],
  [
    /^x-(examples?|mocks?|mock-.*|faker|stoplight-example)$/,
    'dropped',
    'the mock answers with `examples`: move it there',
  ],
  [
    /^x-(rate-?limit.*|ratelimit.*|throttling.*)$/,
    'dropped',
    'say it as a 429 answer and its headers: journeys can say what people see then',
  ],
  [/^x-(cache.*|freshness)$/, 'dropped', 'say it under `freshness` of the policy'],
  [
    /^x-(sla|slo|latency|timeout.*|performance.*)$/,
    'dropped',
    'say it as the `budget` of the calls that need it',
  ],
  [
    /^x-(lifecycle|stability(-level)?|beta|stage|status)$/,
    'dropped',
    'say it as `x-throughline: { stage: beta }`',
  ],
  [/^x-(deprecated.*)$/, 'dropped', 'say it as `deprecated: true` and `x-sunset`'],
  [/^x-token-?name$/i, 'dropped', 'how signing in is tried out elsewhere'],
  [
    /^x-(code-?samples|readme|logo|tag-?groups|display-?name|trait-?tag|show-?extensions.*|side-?bar.*|topics)$/i,
    'dropped',
    'about other pages of documentation; the docs write their own',
  ],
  [
    /^x-(speakeasy|fern|stainless|liblab|apimatic|openapi-generator|oapi-codegen|go|java|kotlin|swift|csharp|python|ts|typescript|enum-varnames|enumNames|enum-descriptions|ms-enum)(-.*)?$/i,
    'dropped',
    'about code that others generate',
  ],
  [/^x-stoplight.*$/, 'dropped', 'about how Stoplight edits the file'],
  [
    /^x-(amazon|google|azure|ms|kong|tyk|kusk|apigee|ibm|wso2|gravitee)(-.*)?$/,
    'dropped',
    'about a gateway',
  ],
]
