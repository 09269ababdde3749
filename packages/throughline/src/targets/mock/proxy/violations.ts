import { hurtBy, hurtsInWords, type Hurt, classesOf } from '@throughline/core'
import type { AnswerViolation, Field, Graph, Operation, RequestViolation } from '@throughline/core'
import { headerText } from '../answer.ts'

/** How a backend, or a request to it, differs from the contract; the same difference is kept once. */
export interface SeenViolation {
  readonly side: 'request' | 'response'
  /** `store.getBasket`; absent where no operation of the contract was asked for. */
  readonly operation?: string
  readonly method: string
  /** Of the contract: `/orders/{id}`. */
  readonly path: string
  readonly status?: number
  readonly in: AnswerViolation['in'] | RequestViolation['in'] | 'operation'
  readonly name?: string
  readonly pointer: string
  /** As journeys write it: `items[].price`. */
  readonly field: string
  readonly expected: string
  readonly got: string
  readonly message: string
  /** Steps that read what is wrong. */
  readonly hurts: readonly Hurt[]
  /** How often it was seen, and when: RFC 3339. */
  readonly count: number
  readonly first: string
  readonly last: string
}

export interface Violations {
  /** Newest first. */
  readonly list: readonly SeenViolation[]
  /** What is seen for the first time is told to whoever listens. */
  add(found: readonly FoundViolation[]): void
  clear(): void
}

/** The last differences of their kind, at most `most`. */
export function violationsKept(
  onNew: (violation: SeenViolation) => void = () => {},
  now: () => Date = () => new Date(),
  most = 500,
): Violations {
  const kept = new Map<string, SeenViolation>()
  return {
    get list() {
      return [...kept.values()].toReversed()
    },
    add(found) {
      const last = now().toISOString()
      for (const one of found) {
        const key = [
          one.side,
          one.operation ?? `${one.method} ${one.path}`,
          one.status,
          one.in,
          one.name,
          one.field,
          one.expected,
        ].join(' ')
        const before = kept.get(key)
        kept.delete(key)
        const next = { ...one, count: (before?.count ?? 0) + 1, first: before?.first ?? last, last }
        kept.set(key, next)
        if (kept.size > most) kept.delete(kept.keys().next().value!)
        if (before === undefined) onNew(next)
      }
    },
    clear: () => kept.clear(),
  }
}

/** A difference that has just been seen. */
export type FoundViolation = Omit<SeenViolation, 'count' | 'first' | 'last'>

/** What is wrong with an answer, with whom it hurts. */
export function inAnswer(
  graph: Graph,
  operation: Operation,
  status: number,
  violations: readonly AnswerViolation[],
): readonly FoundViolation[] {
  return violations.map((one) => ({
    side: 'response',
    operation: `${operation.api}.${operation.name}`,
    method: operation.method,
    path: operation.path,
    status,
    in: one.in,
    pointer: one.pointer,
    field: one.field,
    ...shownValues(graph, operation, one),
    hurts: hurtBy(graph, operation, status < 300 ? one.field : ''),
  }))
}

/** What is wrong with a request. Hurt are the steps that make the call: their screens send it so. */
export function inRequest(
  graph: Graph,
  operation: Operation,
  violations: readonly RequestViolation[],
): readonly FoundViolation[] {
  return violations.map((one) => {
    const field = [
      one.name,
      one.pointer
        .slice(1)
        .replaceAll('/', '.')
        .replace(/\.?\b\d+\b/g, '[]'),
    ]
      .filter(Boolean)
      .join('.')
    return {
      side: 'request',
      operation: `${operation.api}.${operation.name}`,
      method: operation.method,
      path: operation.path,
      in: one.in,
      ...(one.name !== undefined && { name: one.name }),
      pointer: one.pointer,
      field,
      ...shownValues(graph, operation, { ...one, field }),
      hurts: hurtBy(graph, operation, ''),
    }
  })
}

/** A path that no contract describes. */
export function notDescribed(api: string, method: string, path: string): FoundViolation {
  return {
    side: 'request',
    method,
    path,
    in: 'operation',
    pointer: '',
    field: '',
    expected: `an operation of ${api}`,
    got: `${method} ${path}`,
    message: `The contract of ${api} has no ${method} ${path}.`,
    hurts: [],
  }
}

/** A GraphQL document that does not fit its schema. */
export function inDocument(api: string, errors: readonly string[]): readonly FoundViolation[] {
  return errors.slice(0, 20).map((message) => ({
    side: 'request',
    method: 'POST',
    path: `/${api}/graphql`,
    in: 'body',
    pointer: '/query',
    field: message,
    expected: 'a document that fits the schema',
    got: 'one that does not',
    message,
    hurts: [],
  }))
}

/** The words of a violation; a value of a class that the policy protects is not shown. */
function shownValues(
  graph: Graph,
  operation: Operation,
  {
    field,
    expected,
    got,
    message,
  }: Pick<AnswerViolation, 'field' | 'expected' | 'got' | 'message'>,
): Pick<SeenViolation, 'expected' | 'got' | 'message'> {
  const name =
    field
      .replace(/(\[\]|\{\})+$/, '')
      .split('.')
      .at(-1) ?? ''
  const classes = classesOf(graph)
  const like: Field = { ...NO_FIELD, name, path: field }
  const kind =
    field === '' || got === 'nothing'
      ? undefined
      : (classes.classOf(operation, field, like)?.id ?? classes.soundsLike(like))
  if (kind === undefined) return { expected, got, message }
  return {
    expected,
    got: `a ${kind} value`,
    message: `${field} is not ${expected}; what it is, is ${kind} and not shown.`,
  }
}

const NO_FIELD: Field = {
  path: '',
  name: '',
  types: [],
  nullable: true,
  required: false,
  deprecated: false,
  readOnly: false,
  writeOnly: false,
  schema: undefined,
  children: () => [],
}

/** The value of `Throughline-Violation`: the first one, and how many more. */
export function violationHeader(found: readonly FoundViolation[]): string {
  const [first] = found
  if (first === undefined) return ''
  const where = first.pointer === '' ? '' : `${first.pointer} `
  const more = found.length > 1 ? `; and ${found.length - 1} more` : ''
  return headerText(
    `${first.side} ${where}expected ${first.expected}, got ${first.got}${more}`,
  ).slice(0, 500)
}

/** One line for the terminal. */
export function violationLine({
  side,
  operation,
  method,
  path,
  status,
  pointer,
  message,
  hurts,
}: SeenViolation): string {
  const what = operation ?? `${method} ${path}`
  const where = side === 'request' ? 'request' : String(status)
  const hurting = hurts.length === 0 ? '' : ` Hurts ${hurtsInWords(hurts)}.`
  return `violation  ${what} ${where}${pointer === '' ? '' : ` ${pointer}`}: ${message}${hurting}`.replace(
    /[\r\n]+/g,
    ' ',
  )
}
