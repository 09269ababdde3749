import { nodeOf } from '../../2-link/ask.ts'
import type { Adviser } from './advice.ts'
import { callsOf, inContract, operationNamed } from './places.ts'

/** What traffic does that contracts and journeys don't say. */
export const contractDrift: Adviser = function* ({ graph, answers, least }) {
  for (const [operation, rows] of Map.groupBy(answers.failed, (row) => row.operation)) {
    const known = operationNamed(graph, operation)
    if (known === undefined || known.protocol === 'graphql') continue
    const said = known.responses().map(({ status }) => status)
    const byStatus = Map.groupBy(
      rows.filter(({ status }) => status >= 400 && !isSaid(said, status)),
      ({ status }) => status,
    )
    for (const [status, all] of byStatus) {
      const times = all.reduce((sum, one) => sum + one.times, 0)
      if (times < least) continue
      yield {
        kind: 'contract-drift',
        title: `${operation} answers ${status}, which its contract does not say`,
        evidence: `${times} answers in ${all.reduce((sum, one) => sum + one.sessions, 0)} sessions; the contract has ${said.join(', ')}.`,
        change: `Describe the response ${status}, and what each step shows then.`,
        gain: { times },
        steps: all.map(({ step }) => step).filter((step) => step !== ''),
        operation,
        ...inContract(graph, operation),
      }
    }
  }
  for (const { step, operation, calls } of answers.calls) {
    const node = nodeOf(graph, 'step', `step:${step}`)
    if (node === undefined || operation === '' || calls < least) continue
    if (callsOf(graph, step).some((call) => call.operation === `op:${operation}`)) continue
    yield {
      kind: 'contract-drift',
      title: `${step} calls ${operation}, which its journey does not say`,
      evidence: `${calls} calls while it loaded.`,
      change:
        'Write the call into the step, with what it needs and what people see when it fails; or load it later.',
      gain: { times: calls },
      steps: [step],
      operation,
      origin: node.origin,
    }
  }
}

function isSaid(said: readonly string[], status: number): boolean {
  return said.some(
    (one) =>
      one === String(status) ||
      one === 'default' ||
      one.toUpperCase() === `${Math.floor(status / 100)}XX`,
  )
}
