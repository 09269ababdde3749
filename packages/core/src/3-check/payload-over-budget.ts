import { successResponse, mainContent, type Operation } from '../operation/operation.ts'
import { estimatedSize } from '../schema/size.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { size } from './amounts.ts'
import { originOfBudget } from './budget-origin.ts'
import type { Check, CheckOptions } from './check-kind.ts'
import { linkedCalls, operationName } from './of-call.ts'

/** JSON of the usual kind, compressed: a fifth. Used where nobody hands in a real gzip. */
const usualRatio = 0.2

/** TL3007: an answer that is probably bigger than the call or its step allows. Sizes are uncompressed, as budgets are. */
export const payloadOverBudget: Check = function* (graph, options) {
  for (const { step, call, operation } of linkedCalls(graph)) {
    const holder = call.budget?.size === undefined ? step : call
    const allowed = holder.budget?.size
    if (allowed === undefined || operation.protocol === 'graphql') continue
    const answer = payloadOf(operation, options)
    if (answer === undefined || answer.bytes <= allowed) continue
    yield diagnostic(
      'TL3007',
      originOfBudget(holder, 'size'),
      {
        operation: quoted(operationName(operation)),
        size: size(answer.bytes),
        gzip: `${options.gzip === undefined ? 'perhaps ' : ''}${size(answer.gzip)}`,
        step: step.name,
        budget: size(allowed),
      },
      { subject: step.name },
    )
  }
}

interface Payload {
  readonly bytes: number
  readonly gzip: number
}

/** How big an answer probably is: its biggest example, or what its schema lets expect. `undefined` without a body. */
function payloadOf(operation: Operation, { gzip }: CheckOptions): Payload | undefined {
  const content = mainContent(successResponse(operation)?.content ?? [])
  if (content === undefined) return undefined
  const { schema, examples } = content
  const samples = examples.map((one) => estimatedSize(schema, [one.value]))
  if (samples.length === 0 && schema === undefined) return undefined
  const { bytes, text } = samples.reduce(
    (biggest, one) => (one.bytes > biggest.bytes ? one : biggest),
    samples[0] ?? estimatedSize(schema),
  )
  const compressed = gzip === undefined ? Math.round(bytes * usualRatio) : gzip(text)
  return { bytes, gzip: Math.min(bytes, compressed) }
}
