import { size } from '../../3-check/amounts.ts'
import { fieldsOf } from '../../operation/fields-of.ts'
import { estimatedFieldSize } from '../../schema/size.ts'
import type { Field } from '../../schema/field.ts'
import { originOf } from '../../text/site.ts'
import { LEAST } from '../claim.ts'
import { fieldsRead } from '../fields-read.ts'
import type { Adviser } from './advice.ts'
import { inContract, operationNamed, stepsCalling } from './places.ts'

/** Fields that nobody reads: bytes sent for nothing. */
export const unreadFields: Adviser = function* ({ graph, answers }) {
  for (const [name, rows] of Map.groupBy(answers.reads, (row) => row.operation)) {
    const operation = operationNamed(graph, name)
    const { views, fields, copied } = fieldsRead(rows)
    if (operation === undefined || views < LEAST.reads) continue
    const read = new Set(fields.map(({ path }) => path))
    const unread = [...leaves(fieldsOf(operation))].filter(
      ({ path }) =>
        !read.has(path) &&
        ![...read].some((one) => one.startsWith(`${path}.`) || one.startsWith(`${path}[`)) &&
        !copied.some(
          (one) =>
            one === '' || path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`),
        ),
    )
    if (unread.length === 0) continue
    const bytes = unread.reduce((sum, field) => sum + estimatedFieldSize(field), 0)
    const origin = unread[0]?.written ?? unread[0]?.schema
    yield {
      kind: 'over-fetch',
      title: `Nobody reads ${unread.length} field${unread.length === 1 ? '' : 's'} of ${name}`,
      evidence: `In ${views} sampled answers, none read ${unread
        .slice(0, 6)
        .map(({ path }) => path)
        .join(
          ', ',
        )}${unread.length > 6 ? ` and ${unread.length - 6} more` : ''}: fewer than ${percent(3 / views)} of all do (95 %).`,
      change: `Leave them out, or let the page ask for the fields it wants: about ${size(bytes)} less.`,
      gain: { bytes, times: views },
      steps: stepsCalling(graph, name),
      operation: name,
      ...(origin === undefined ? inContract(graph, name) : { origin: originOf(origin) }),
    }
  }
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}

const deepest = 6
const mostFields = 400

function* leaves(root: Field, depth = 0, left = { fields: mostFields }): Generator<Field> {
  for (const child of root.children()) {
    if (child.path.startsWith('header:') || (left.fields -= 1) < 0) continue
    const inner = depth < deepest ? child.children() : []
    if (inner.length === 0) yield child
    else yield* leaves(child, depth + 1, left)
  }
}
