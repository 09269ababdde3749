import { jsonAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { NOT_KEPT, only } from './control-answer.ts'
import type { MockRequest } from './mock.ts'
import { problemAnswer } from './problem.ts'
import { jsonObjectIn } from './request-json.ts'
import { nameOf } from '@throughline/core'

/** One answer that everybody gets instead of the mock's own, until it is taken back. */
interface Imposed {
  /** The call that goes wrong: an operation, or a method and a path where `*` is anything between two slashes. */
  readonly operation?: string
  readonly method?: string
  readonly path?: string
  readonly fault?: 'timeout' | 'reset'
  readonly answer?: { readonly status: number; readonly type: string; readonly body: string }
  /** Milliseconds before the first byte. */
  readonly delay?: number
}

export interface ImposedFault {
  /** The answer, or what is imposed in its place. The mock's own addresses are left alone. */
  readonly on: (request: MockRequest, answer: Answer | Promise<Answer>) => Answer | Promise<Answer>
  /** `GET`, `PUT` and `DELETE` of `/_throughline/fault`. */
  readonly control: (request: MockRequest) => Answer
  readonly end: () => void
}

/** Lets one call go wrong from outside, for an audit of what people see then: any status and body, a cut, a wait. */
export function imposedFault(): ImposedFault {
  let now: Imposed | undefined
  let path: RegExp | undefined
  const matches = (request: MockRequest, answer: Answer): boolean => {
    if (now === undefined || answer.told === undefined) return false
    if (now.method !== undefined && now.method !== request.method) return false
    if (path !== undefined && !path.test(request.url.replace(/\?.*$/s, ''))) return false
    const { operation } = now
    return (
      operation === undefined || answer.told.operations.some(({ id }) => nameOf(id) === operation)
    )
  }
  const changed = (request: MockRequest, whole: Answer): Answer => {
    if (now === undefined || !matches(request, whole)) return whole
    const { lasting: _, ...late } = {
      ...whole,
      ...(now.delay !== undefined && { delay: now.delay }),
    }
    if (now.answer === undefined && now.fault === undefined) return late
    const { stream: __, flow, tunnel, fault: ___, ...answer } = late
    flow?.destroy()
    tunnel?.socket.destroy()
    return {
      ...answer,
      ...(now.answer !== undefined && {
        status: now.answer.status,
        headers: ['Content-Type', now.answer.type, ...NOT_KEPT],
        body: Buffer.from(now.answer.body),
      }),
      ...(now.fault !== undefined && { fault: now.fault }),
    }
  }
  return {
    on(request, answer) {
      if (now === undefined) return answer
      return answer instanceof Promise
        ? answer.then((one) => changed(request, one))
        : changed(request, answer)
    },
    control(request) {
      const wrong = only(request.method, ['GET', 'HEAD', 'PUT', 'DELETE'])
      if (wrong !== undefined) return wrong
      if (request.method === 'DELETE') now = undefined
      if (request.method === 'PUT') {
        const read = imposedIn(jsonObjectIn(request.body))
        if (typeof read === 'string') return problemAnswer(400, { title: read })
        now = read
        path = read.path === undefined ? undefined : pathPattern(read.path)
      }
      return jsonAnswer(200, { fault: now ?? null }, NOT_KEPT)
    },
    end: () => (now = undefined),
  }
}

/** Reads what anybody may have sent; a sentence where it is wrong. */
function imposedIn(sent: Readonly<Record<string, unknown>> | undefined): Imposed | string {
  if (sent === undefined)
    return 'Send {"operation": "store.getBasket", "fault": "timeout"}, as JSON'
  const { operation, method, path, fault, delay } = sent
  for (const [name, value] of Object.entries({ operation, method, path }))
    if (value !== undefined && (typeof value !== 'string' || value.length > 500))
      return `${name} must be a text`
  if (operation === undefined && path === undefined) return 'Name the operation, or the path'
  if (fault !== undefined && fault !== 'timeout' && fault !== 'reset')
    return 'fault is timeout or reset'
  if (delay !== undefined && !(typeof delay === 'number' && delay >= 0 && delay <= 120_000))
    return 'delay is a number of milliseconds, 120,000 at most'
  const answer = answerIn(sent['answer'])
  if (typeof answer === 'string') return answer
  if (answer === undefined && fault === undefined && delay === undefined)
    return 'Say what goes wrong: answer, fault or delay'
  return {
    ...(typeof operation === 'string' && { operation }),
    ...(typeof method === 'string' && { method }),
    ...(typeof path === 'string' && { path }),
    ...(fault !== undefined && { fault }),
    ...(delay !== undefined && { delay }),
    ...(answer !== undefined && { answer }),
  }
}

function answerIn(value: unknown): Imposed['answer'] | string {
  if (value === undefined) return undefined
  const { status, type, body } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599)
    return 'answer.status is a whole number from 200 to 599'
  if (typeof type !== 'string' || !/^[\w!#$&^.+-]+\/[\u0020-\u007e]{1,200}$/.test(type))
    return 'answer.type is a media type'
  if (typeof body !== 'string') return 'answer.body is a text'
  return { status, type, body }
}

function pathPattern(path: string): RegExp {
  const escaped = path.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('[^/]*')}$`)
}
