import { duration } from '../../3-check/amounts.ts'
import type { EvidenceEvent } from '../../evidence/event.ts'
import type { Adviser } from './advice.ts'
import { median } from './page-visits.ts'
import { inContract, stepsCalling } from './places.ts'

/** The same statement, many times for one request (N+1 behind the API). */
export const repeatedStatements: Adviser = function* ({ graph, answers, least }) {
  for (const { statement, operation, counts, ms } of statementsOf(answers.spans)) {
    const many = counts.filter((count) => count >= 5)
    if (many.length < least) continue
    yield {
      kind: 'repeated-statement',
      title: `${operation ?? 'A request'} asks the database ${median(many)} times for one answer`,
      evidence: `${many.length} of ${counts.length} traces run \`${shortened(statement)}\` at least five times (at most ${Math.max(...many)}).`,
      change: 'Fetch them together: a join, or one statement with a list of ids.',
      gain: { ms: Math.round(median(ms) * (median(many) - 1)), times: many.length },
      steps: operation === undefined ? [] : stepsCalling(graph, operation),
      ...(operation !== undefined && { operation }),
      ...inContract(graph, operation),
    }
  }
}

/** Statements that take long each time: usually a missing index. */
export const slowStatements: Adviser = function* ({ graph, answers, least }) {
  for (const { statement, operation, counts, ms } of statementsOf(answers.spans)) {
    const sorted = ms.toSorted((a, b) => a - b)
    const usual = sorted[Math.floor(sorted.length / 4)] ?? 0
    if (ms.length < Math.max(3, least) || usual < 50) continue
    yield {
      kind: 'slow-statement',
      title: `A statement of ${operation ?? 'a service'} takes ${duration(median(ms))}`,
      evidence: `\`${shortened(statement)}\` ran ${ms.length} times in ${counts.length} traces; three of four took over ${duration(usual)}, so it is slow always and not only now and then.`,
      change: 'Look at its plan: does it read the whole table where an index would find the rows?',
      gain: { ms: Math.round(median(ms) * 0.8), times: ms.length },
      steps: operation === undefined ? [] : stepsCalling(graph, operation),
      ...(operation !== undefined && { operation }),
      ...inContract(graph, operation),
    }
  }
}

interface Statement {
  readonly statement: string
  readonly operation: string | undefined
  /** How often it ran, by trace. */
  readonly counts: readonly number[]
  readonly ms: readonly number[]
}

function statementsOf(spans: readonly EvidenceEvent[]): readonly Statement[] {
  const found = new Map<
    string,
    { statement: string; operation: string | undefined; counts: number[]; ms: number[] }
  >()
  for (const trace of Map.groupBy(spans, ({ trace: id }) => id ?? '').values()) {
    const operation = trace.find((one) => one.operation !== undefined)?.operation
    const groups = Map.groupBy(
      trace.filter((span) => span.kind === 'span' && isStatement(span)),
      ({ name }) => name!,
    )
    for (const [statement, all] of groups) {
      const key = `${operation ?? ''}\n${statement}`
      const one = found.get(key) ?? { statement, operation, counts: [], ms: [] }
      found.set(key, one)
      one.counts.push(all.length)
      for (const { duration: ms } of all) if (ms !== undefined) one.ms.push(ms)
    }
  }
  return [...found.values()]
}

function isStatement({ name, attributes }: EvidenceEvent): boolean {
  return (
    name !== undefined &&
    (Object.keys(attributes ?? {}).some((key) => key.startsWith('db.')) ||
      /^(select|insert|update|delete|with|merge)\b/i.test(name))
  )
}

function shortened(statement: string): string {
  const text = statement.replaceAll(/\s+/g, ' ').replaceAll('`', "'")
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}
