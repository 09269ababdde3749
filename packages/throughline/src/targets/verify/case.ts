import {
  callOf,
  requestOf,
  ruleViolation,
  writtenRequest,
  type Choices,
  type Operation,
  type RequestViolation,
  type SaidRequest,
  type WrittenRequest,
} from '@throughline/core'
import type { Exchange } from './exchange.ts'
import type { HeaderList, IdentityName } from './identities.ts'

export type Phase =
  | 'examples'
  | 'coverage'
  | 'stateful'
  | 'identities'
  | 'journeys'
  | 'fuzz'
  | 'graphql'
  | 'collections'
  | 'sequences'

/** One request that is sent, and what a server must think of it. */
export interface Case {
  /** Built from what it tries, so that the same case has the same id in each run: `store.listProducts/coverage/query.limit/above-maximum`. */
  readonly id: string
  readonly operation: Operation
  readonly phase: Phase
  readonly said: SaidRequest
  readonly request: WrittenRequest
  readonly verdict: Verdict
  /** `valid`, `anonymous`, `malformed`, `second`: whose credentials go along. */
  readonly identity: IdentityName
  /** What the identity shows, beside what a collection says; whoever sends adds it. */
  readonly credentials?: HeaderList
  /** Where it goes instead of the target: `https://store.example`. The path is then whole, without the target's own before it. */
  readonly origin?: string
  /** The run's credentials are for another host: only its own go along. */
  readonly ownCredentials?: true
  /** What came back already, where another engine has asked. */
  readonly answered?: Omit<Exchange, 'case'>
  /** Asks something about the road and not about the operation: the checks of an operation's answers don't hold. */
  readonly probe?: Probe
  /** Set where the case was generated: plays it again, and shrinks it. */
  readonly made?: {
    readonly record: readonly number[]
    readonly make: (choices: Choices) => {
      readonly said: SaidRequest
      readonly mutation?: string
    }
  }
}

export type Probe =
  | { readonly kind: 'method'; readonly documented: readonly string[] }
  | { readonly kind: 'graphql' }
  | { readonly kind: 'preflight'; readonly origin: string; readonly headers: readonly string[] }

export interface Draft {
  readonly operation: Operation
  readonly phase: Phase
  /** What tells it from the other cases of its operation and phase: `query.limit/above-maximum`. */
  readonly name: string
  readonly said: SaidRequest
  /** What was made wrong on purpose, in words. */
  readonly mutation?: string
  readonly identity?: IdentityName
  readonly probe?: Probe
  /** Another method than the operation's. */
  readonly method?: string
  readonly made?: Case['made']
}

/** A case that can be sent; `undefined` where HTTP cannot say it, or where the policy forbids what was meant to be right. */
export function caseOf(draft: Draft): Case | undefined {
  const { operation, phase, name, said, mutation, identity = 'valid', probe, method, made } = draft
  const written = writtenRequest(operation, said)
  if ('unsayable' in written) return undefined
  if (mutation === undefined && !keepsRules(operation, said)) return undefined
  const request = method === undefined ? written : { ...written, method }
  return {
    id: `${operation.api}.${operation.name}/${phase}/${name}`,
    operation,
    phase,
    said,
    request,
    verdict:
      probe === undefined
        ? verdictOf(operation, request, mutation)
        : { kind: 'undecidable', reason: 'it asks about the road' },
    identity,
    ...(probe && { probe }),
    ...(made && { made }),
  }
}

function keepsRules(operation: Operation, { parameters, body }: SaidRequest): boolean {
  const { schema } = body?.content ?? {}
  if (schema !== undefined && ruleViolation(schema, body?.value, 'request') !== undefined)
    return false
  if (parameters.size === 0) return true
  return operation
    .parameters()
    .every(
      ({ in: place, name, schema: own }) =>
        own === undefined ||
        !parameters.has(`${place}.${name}`) ||
        ruleViolation(own, parameters.get(`${place}.${name}`), 'request') === undefined,
    )
}

/**
 * What the contract says of a request, judged from the wire: written down, and read again as a server would. `undecidable`
 * never fails a run.
 */
export type Verdict =
  | { readonly kind: 'valid' }
  | {
      readonly kind: 'invalid'
      /** The one thing that was changed, in words: `limit above its maximum of 100`. */
      readonly mutation: string
      readonly violations: readonly RequestViolation[]
    }
  | { readonly kind: 'undecidable'; readonly reason: string }

/** `mutation` names what was made wrong on purpose; without it the request was meant to be right. */
export function verdictOf(
  operation: Operation,
  request: WrittenRequest,
  mutation?: string,
): Verdict {
  if (operation.protocol === 'graphql')
    return mutation === undefined ? { kind: 'valid' } : { kind: 'undecidable', reason: mutation }
  const { violations } = requestOf(operation)(callOf(request))
  if (mutation === undefined)
    return violations.length === 0
      ? { kind: 'valid' }
      : { kind: 'undecidable', reason: `it reads as ${violations[0]!.message}` }
  // `null` and `7` are text in a URL: what was made wrong may read as right.
  return violations.length === 0
    ? { kind: 'undecidable', reason: `${mutation}: a server reads a valid value` }
    : { kind: 'invalid', mutation, violations }
}
