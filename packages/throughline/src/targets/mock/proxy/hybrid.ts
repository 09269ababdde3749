import { answerViolations } from '@throughline/core'
import type { Answered, Graph, Operation } from '@throughline/core'
import type { Answer } from '../answer.ts'
import type { MockRequest } from '../mock.ts'
import { problemAnswer } from '../problem.ts'
import type { Because, Told } from '../traffic/told.ts'
import type { Backends } from './backends.ts'
import { coversStatus } from './fallback.ts'
import { PSEUDONYM } from './forwarded-headers.ts'
import { pass } from './pass.ts'
import type { Passed } from './pass.ts'
import { NoAnswer } from './send.ts'
import type { Backend } from './send.ts'
import { inAnswer, violationHeader } from './violations.ts'
import type { FoundViolation } from './violations.ts'

/** It is about the client's own copy: RFC 9110, section 15.4.5. No contract has to describe it. */
const NOT_MODIFIED = 304

/** One request that the mock or a backend may answer. */
export interface HybridCall {
  readonly backends: Backends
  readonly graph: Graph
  readonly api: string
  /** Which operations of the contract it asks for: several for GraphQL. */
  readonly operations: readonly Operation[]
  /** Whether the contract knows what is asked, so that the mock could answer. */
  readonly described: boolean
  readonly request: MockRequest
  /** How it differs from the contract. Not asked where its body is too large to hold. */
  readonly asked: () => readonly FoundViolation[]
  /** Below the backend's base, with its query. */
  readonly target: string
  /** Where the mock serves the API, as the client sees it: `/store`, or `''`. */
  readonly prefix: string
  /** Something that only the mock can do is asked for: a scenario, an example, a data set. */
  readonly playing: boolean
  /** Refuses requests that break the contract instead of reporting them. */
  readonly errors: boolean
  readonly ownCors: boolean
  readonly mocked: () => Answer | Promise<Answer>
}

/** Which side answered: `backend`, `mock`, or `mock; because=...` where it stands in for a backend. */
const ANSWERED_BY = 'Throughline-Answered-By'

/**
 * The answer of the mock or of the real backend, which is passed on as it comes, with every difference from the contract
 * reported. Where the backend has none (not there yet, not running, too slow), the mock stands in as `fallback` says.
 */
export function hybridAnswer(call: HybridCall): Answer | Promise<Answer> {
  const { backends, operations, playing, api, mocked, request } = call
  const backend = backends.all.get(api)
  const ours =
    backend === undefined ||
    playing ||
    operations.some((one) => backends.routeOf(one).to === 'mock')
  if (!ours) return passedOn(call, backend)
  // Nobody reads the rest of what is sent.
  request.wire?.upload?.resume()
  if (backend !== undefined) backends.count('mock', operations[0])
  return byMock(mocked(), backend === undefined ? undefined : 'mock')
}

async function passedOn(call: HybridCall, backend: Backend): Promise<Answer> {
  const { backends, graph, operations, request, target, api } = call
  const [operation] = operations
  const { upgrade } = request
  const upload = request.wire?.upload
  if (leadsUpwards(target))
    return problemAnswer(400, {
      title: 'A path with `.` or `..` in it is not passed on. Send it without them',
    })
  if ((request.header('via') ?? '').includes(PSEUDONYM))
    return problemAnswer(508, {
      title: `The backend of ${api} leads back to this mock. Name another address with --proxy`,
    })
  // A connection of another kind is rarely described, and its messages are not the contract's.
  const isPlain = upgrade === undefined || operation?.protocol === 'rest'
  const asked = upload === undefined && isPlain ? call.asked() : []
  if (asked.length > 0 && call.errors) {
    backends.violations.add(asked)
    return byMock(call.mocked(), 'mock; because=request')
  }
  let passed: Passed
  try {
    const { prefix, ownCors } = call
    passed = await pass({ backend, target, request, prefix, ownCors })
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    return withoutAnswer(call, error)
  }
  const { status, answered } = passed
  const stand = call.described && upload === undefined && upgrade === undefined
  if (stand && coversStatus(backends.fallback, status) && !(await isMeant(operation, passed))) {
    passed.flow?.destroy()
    const why = `${backend.base.host} answered ${status}`
    backends.count('fallback', operation, why)
    return byMock(call.mocked(), `mock; because=${status}`)
  }
  backends.count('backend', operation)
  // A page that asks for what neither the contract nor the backend has is no news of either.
  if (call.described || status !== 404) backends.violations.add(asked)
  const judged = (one: Answered): ReturnType<typeof inAnswer> =>
    passed.tunnel !== undefined || status === NOT_MODIFIED
      ? []
      : operations.flatMap((each) =>
          inAnswer(graph, each, status, answerViolations(each, one).violations),
        )
  const found = answered instanceof Promise ? [] : judged(answered)
  backends.violations.add(found)
  if (answered instanceof Promise) void answered.then((one) => backends.violations.add(judged(one)))
  const all = [...found, ...asked]
  return {
    status,
    headers: [
      ...passed.headers,
      'Via',
      `1.1 ${PSEUDONYM}`,
      ANSWERED_BY,
      'backend',
      ...(all.length === 0 ? [] : ['Throughline-Violation', violationHeader(all)]),
    ],
    body: passed.body,
    ...(passed.flow !== undefined && { flow: passed.flow }),
    ...(passed.tunnel !== undefined && { tunnel: passed.tunnel }),
    passed: true,
    told: toldOf(operations, { kind: 'backend', address: backend.base.href }),
  }
}

/**
 * Whether a 404 is the backend's word and not the lack of an operation: the contract describes it, and it looks as
 * described. Any other status that is to be replaced is.
 */
async function isMeant(
  operation: Operation | undefined,
  { status, answered }: Passed,
): Promise<boolean> {
  if (status !== 404 && status !== 405 && status !== 410) return false
  if (operation === undefined || operation.protocol === 'graphql') return false
  const described = operation
    .responses()
    .find((one) => one.status === String(status) || one.status.toUpperCase() === '4XX')
  if (described === undefined || described.content.length === 0) return false
  const { violations, whole } = answerViolations(operation, await answered)
  return whole && violations.length === 0
}

function withoutAnswer(call: HybridCall, error: NoAnswer): Answer | Promise<Answer> {
  const { backends, operations, request, api } = call
  const [operation] = operations
  const { kind, message } = error
  // Nobody is there to hear it.
  if (kind === 'gone') return { status: 499, headers: [], body: undefined, passed: true }
  const covered =
    (kind === 'refused' && backends.fallback.refused) ||
    (kind === 'timeout' && backends.fallback.timeout)
  const isPlain = request.wire?.upload === undefined && request.upgrade === undefined
  if (covered && call.described && isPlain) {
    backends.count('fallback', operation, message)
    return byMock(call.mocked(), `mock; because=${kind}`)
  }
  request.wire?.upload?.resume()
  backends.count('failed', operation, message)
  const problem = problemAnswer(kind === 'timeout' ? 504 : 502, {
    title: message,
    detail: ADVICE[kind].replace('{api}', api),
  })
  const headers = [...problem.headers, ANSWERED_BY, 'nobody']
  const address = backends.all.get(api)?.base.href ?? ''
  return {
    ...problem,
    headers,
    passed: true,
    told: toldOf(operations, { kind: 'backend', address }),
  }
}

function toldOf(operations: readonly Operation[], because: Because): Told {
  return { operations, because, seed: '', dataset: '' }
}

const ADVICE: Readonly<Record<Exclude<NoAnswer['kind'], 'gone'>, string>> = {
  refused:
    'Look whether it runs and whether --proxy names its address. --fallback refused lets the mock answer meanwhile.',
  timeout:
    'Give it more time with --proxy-timeout, or let the mock answer with --fallback timeout.',
  certificate:
    'Trust its authority with NODE_EXTRA_CA_CERTS=ca.pem, or, for a machine of your own, take any certificate with --insecure-backend.',
}

function byMock(
  answer: Answer | Promise<Answer>,
  label: string | undefined,
): Answer | Promise<Answer> {
  if (label === undefined) return answer
  const labelled = (one: Answer): Answer => ({
    ...one,
    headers: [...one.headers, ANSWERED_BY, label],
    // Whoever stands in must not be remembered in place of the backend.
    ...(label !== 'mock' && { lasting: false }),
  })
  return answer instanceof Promise ? answer.then(labelled) : labelled(answer)
}

/** A step of the path that a server may take for the folder above. */
function leadsUpwards(target: string): boolean {
  return target
    .split('?', 1)[0]!
    .split(/[/\\]|%2f|%5c/i)
    .some((part) => /^(\.|%2e){1,2}$/i.test(part))
}
