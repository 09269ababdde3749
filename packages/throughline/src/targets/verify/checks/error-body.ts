import type { Check } from '../check-kind.ts'
import { jsonOf } from '../exchange.ts'

/** `error-body`: where the policy promises problems (RFC 9457), an error is one, with a title that a person can act on. */
export const errorBody: Check = function* (exchange, { graph }) {
  const { outcome } = exchange
  if (outcome.kind !== 'answered' || outcome.status < 400) return
  if (exchange.case.request.method === 'HEAD') return
  if (!graph.declarations.policies.some((one) => one.errors?.format === 'problem+json')) return
  const about = { check: 'error-body', severity: 'warning' } as const
  const type = outcome.headers.get('content-type') ?? ''
  if (!/^application\/problem\+json\s*(;|$)/i.test(type))
    return yield {
      ...about,
      message: `An error is ${type === '' ? 'of no type' : type.split(';')[0]!.slice(0, 80)}, where the policy promises problem+json.`,
      cause: 'type',
      at: 'header:Content-Type',
    }
  const body = jsonOf(exchange)
  const title: unknown =
    body !== null && typeof body === 'object' && Object.hasOwn(body, 'title')
      ? Reflect.get(body, 'title')
      : undefined
  if (typeof title !== 'string' || title.trim() === '')
    yield {
      ...about,
      message: 'A problem has no title: a person reads nothing that they can act on.',
      cause: 'title',
      at: 'body:title',
    }
  else if (
    /^[\w.]+(Exception|Error)$|^\W*(undefined|null|\[object Object\])\W*$/.test(title.trim())
  )
    yield {
      ...about,
      message: `A problem's title says \`${title.slice(0, 80)}\`: a person can't act on that.`,
      cause: 'title-words',
      at: 'body:title',
    }
}
