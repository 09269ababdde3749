import { size } from '../../3-check/amounts.ts'
import { isLimited } from '../../3-check/unbounded-list.ts'
import type { Adviser } from './advice.ts'
import { hasFailed, median } from './page-visits.ts'
import { inContract, operationNamed, stepsCalling } from './places.ts'

/** Bytes of an answer that are worth a second request. */
const large = 100_000

/** Answers of text that are sent as they are. */
export const missingCompression: Adviser = function* ({ graph, answers, least }) {
  const groups = Map.groupBy(
    answers.sample.filter(
      ({ kind, operation, bytes, cached, attributes }) =>
        kind === 'call' &&
        operation !== undefined &&
        (bytes ?? 0) > 1400 &&
        cached !== true &&
        typeof attributes?.['encoding'] === 'string',
    ),
    ({ operation }) => operation!,
  )
  for (const [operation, calls] of groups) {
    const plain = calls.filter(({ attributes }) =>
      /^(identity)?$/.test(String(attributes?.['encoding'])),
    )
    if (plain.length < least || plain.length < calls.length / 2) continue
    const bytes = median(plain.map((one) => one.bytes ?? 0))
    yield {
      kind: 'missing-compression',
      title: `${operation} is sent uncompressed`,
      evidence: `${plain.length} of ${calls.length} answers had no Content-Encoding; half of them are over ${size(bytes)}.`,
      change: 'Switch gzip, br or zstd on where the API answers; JSON shrinks to about a fifth.',
      gain: { bytes: Math.round(bytes * 0.75), times: plain.length },
      steps: stepsCalling(graph, operation),
      operation,
      ...inContract(graph, operation),
    }
  }
}

/** Lists that come whole. */
export const missingPagination: Adviser = function* ({ graph, answers, least }) {
  for (const { operation, side, calls, bytes50, bytes95 } of answers.operations) {
    if (side !== 'client' || calls < least || (bytes95 ?? 0) < large) continue
    const known = operationNamed(graph, operation)
    if (known !== undefined && (isLimited(known) || !/^(GET|QUERY|query)$/.test(known.method)))
      continue
    yield {
      kind: 'missing-pagination',
      title: `${operation} sends up to ${size(bytes95 ?? 0)} at once`,
      evidence: `One of twenty of its ${calls} answers is at least that long, half of them ${size(bytes50 ?? 0)}; nothing in the contract asks for less.`,
      change:
        'Give it a limit and a cursor (parameters), and load the rest when somebody scrolls; pictures and details when they are seen.',
      gain: { bytes: Math.max(0, (bytes50 ?? 0) - 20_000), times: calls },
      steps: stepsCalling(graph, operation),
      operation,
      ...inContract(graph, operation),
    }
  }
}

/** The same answer, fetched again by the same person. */
export const uncachedRepeats: Adviser = function* ({ graph, answers, least }) {
  const groups = Map.groupBy(
    answers.sample.filter(
      (call) =>
        call.kind === 'call' &&
        call.operation !== undefined &&
        /^(GET|query)$/.test(call.method ?? 'GET') &&
        !hasFailed(call) &&
        call.bytes !== undefined,
    ),
    ({ operation }) => operation!,
  )
  for (const [operation, calls] of groups) {
    const sessions = Map.groupBy(calls, ({ session }) => session ?? '')
    let [repeats, same] = [0, 0]
    const sizes: number[] = []
    for (const all of sessions.values())
      for (const [index, call] of all.entries()) {
        if (index === 0 || call.view === all[index - 1]!.view) continue
        repeats += 1
        const before = all[index - 1]!
        if (call.cached === true || call.status === 304 || call.bytes !== before.bytes) continue
        same += 1
        sizes.push(call.bytes ?? 0)
      }
    if (same < Math.max(least, 2) || same < repeats * 0.6 || median(sizes) < 500) continue
    const bytes = median(sizes)
    yield {
      kind: 'uncached-repeat',
      title: `${operation} is fetched again unchanged`,
      evidence: `${same} of ${repeats} times that somebody asked again on a later page, the answer had the same length and came over the network.`,
      change:
        'Answer with Cache-Control and ETag where it may be kept (a `freshness` rule of the policy says how long), and let the page keep it.',
      gain: { bytes, times: same },
      steps: stepsCalling(graph, operation),
      operation,
      ...inContract(graph, operation),
    }
  }
}
