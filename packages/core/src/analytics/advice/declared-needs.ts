import { size } from '../../3-check/amounts.ts'
import { nodeOf, nodesOfKind } from '../../2-link/ask.ts'
import type { CallNode, Graph, NeedNode } from '../../2-link/graph.ts'
import { estimatedFieldSize } from '../../schema/size.ts'
import { LEAST } from '../claim.ts'
import { fieldsRead } from '../fields-read.ts'
import type { ReadRow } from '../answers.ts'
import type { Adviser } from './advice.ts'
import { callsOf } from './places.ts'

/** Fields that pages of a step read and its journey does not say: whoever takes them away breaks a screen that nobody knew of. */
export const undeclaredReads: Adviser = function* ({ graph, answers, least }) {
  for (const { step, operation, rows, call, needs } of readSteps(graph, answers.reads)) {
    const declared = needs.map(({ path }) => path)
    const undeclared = fieldsRead(rows).fields.filter(
      ({ path, views }) =>
        views >= least && !declared.some((one) => isAround(one, path) || isAround(path, one)),
    )
    if (undeclared.length === 0) continue
    const times = Math.max(...undeclared.map(({ views }) => views))
    yield {
      kind: 'undeclared-read',
      title: `${step} reads ${count(undeclared.length)} of ${operation} that it does not say it needs`,
      evidence: `Read in sampled answers: ${listed(undeclared.map(({ path, views }) => `${path} (${views} times)`))}.`,
      change: `Add ${undeclared.length === 1 ? 'it' : 'them'} to the call's \`needs\`: a change of ${undeclared.length === 1 ? 'the field' : 'these fields'} then names ${step}.`,
      gain: { times },
      steps: [step],
      operation,
      origin: call.origin,
    }
  }
}

/** Needs that no page of their step has read in enough answers. */
export const unreadNeeds: Adviser = function* ({ graph, answers }) {
  for (const { step, operation, rows, needs } of readSteps(graph, answers.reads)) {
    const { views, fields, copied } = fieldsRead(rows)
    if (views < LEAST.reads) continue
    const unread = needs.filter(
      ({ path, field }) =>
        // What no contract has can't be read, and reads of headers are not told.
        field !== undefined &&
        !path.startsWith('header:') &&
        !fields.some((one) => isAround(path, one.path) || isAround(one.path, path)) &&
        !copied.some((one) => one === '' || isAround(one, path)),
    )
    const [first] = unread
    if (first === undefined) continue
    const bytes = bytesOnlyFor(graph, unread)
    yield {
      kind: 'unread-need',
      title: `Nobody reads ${count(unread.length)} of ${operation} that ${step} says it needs`,
      evidence: `In ${views} sampled answers, none read ${listed(unread.map(({ path }) => path))} there: fewer than ${Math.round((3 / views) * 1000) / 10} % of all do (95 %).`,
      change: `Take ${unread.length === 1 ? 'it' : 'them'} out of the step's \`needs\`${bytes === 0 ? '' : `; no other step needs ${unread.length === 1 ? 'it' : 'them'}, and the answer could be about ${size(bytes)} shorter`}.`,
      gain: { times: views, ...(bytes > 0 && { bytes }) },
      steps: [step],
      operation,
      origin: first.origin,
    }
  }
}

interface ReadStep {
  readonly step: string
  readonly operation: string
  readonly rows: readonly ReadRow[]
  readonly call: CallNode
  readonly needs: readonly NeedNode[]
}

/** Samples by step and operation, where the journey says that the step makes that call. */
function* readSteps(graph: Graph, reads: readonly ReadRow[]): Generator<ReadStep> {
  for (const rows of Map.groupBy(reads, (row) => `${row.step} ${row.operation}`).values()) {
    const { step, operation } = rows[0]!
    const calls = callsOf(graph, step).filter((one) => one.operation === `op:${operation}`)
    const [call] = calls
    if (call === undefined) continue
    const needs = calls.flatMap((one) => one.needs.flatMap((id) => nodeOf(graph, 'need', id) ?? []))
    yield { step, operation, rows, call, needs }
  }
}

/** Bytes of the fields that nobody else needs, of all of which it is known. */
function bytesOnlyFor(graph: Graph, needs: readonly NeedNode[]): number {
  const own = new Set(needs.map(({ id }) => id))
  const others = new Set(
    [...nodesOfKind(graph, 'need')].flatMap((one) =>
      own.has(one.id) || one.field === undefined ? [] : [one.field],
    ),
  )
  let bytes = 0
  for (const { field } of needs) {
    if (field === undefined) continue
    if (others.has(field)) return 0
    const found = nodeOf(graph, 'field', field)?.found
    if (found !== undefined) bytes += estimatedFieldSize(found.field)
  }
  return bytes
}

/** Whether one path is the other, or the way to it. */
function isAround(outer: string, path: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`)
}

function count(fields: number): string {
  return fields === 1 ? '1 field' : `${fields} fields`
}

const shown = 6

function listed(all: readonly string[]): string {
  const more = all.length > shown ? ` and ${all.length - shown} more` : ''
  return `${all.slice(0, shown).join(', ')}${more}`
}
