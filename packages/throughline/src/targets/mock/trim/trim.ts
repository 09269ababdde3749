import { hurtBy, hurtsInWords, segmentsOf, usageOf } from '@throughline/core'
import type { Graph, Operation, Segment } from '@throughline/core'
import type { Answer } from '../answer.ts'
import { headerOf, headerText, withoutHeaders } from '../answer.ts'
import type { Told } from '../traffic/told.ts'
import { decompressed } from '../../../decompressed.ts'
import { deprecatedIn } from './deprecated.ts'
import { keptOnly, without } from './fields-kept.ts'

/** What is left out of answers, to try a change before it ships. */
export interface Trim {
  /** Only fields that some step needs. */
  readonly minimal: boolean
  /** Fields that are gone, as `store.getBasket:items[].legacyPrice`; `deprecated`: every field that the contract calls so. */
  readonly tombstones: readonly string[]
}

export const NOTHING_TRIMMED: Trim = { minimal: false, tombstones: [] }

/** What a request wants left out: its headers, else what everybody gets. `Throughline-Minimal: false` is nothing. */
export function trimOf(header: (name: string) => string | undefined, usual: Trim): Trim {
  const minimal = header('throughline-minimal')
  const tombstones = header('throughline-tombstone')
  if (minimal === undefined && tombstones === undefined) return usual
  return {
    minimal: minimal === undefined ? usual.minimal : !/^\s*(false|0|no|)\s*$/i.test(minimal),
    tombstones:
      tombstones === undefined
        ? usual.tombstones
        : tombstones
            .split(',')
            .map((one) => one.trim())
            .filter((one) => one !== '' && one !== 'none'),
  }
}

/**
 * A good JSON answer without what is to be left out. It says so in `Throughline-Trimmed`, with the steps that need what is
 * gone. An operation that no step takes anything from is never made minimal: nobody has said what its screens need.
 */
export function trimmed(answer: Answer, operation: Operation, graph: Graph, trim: Trim): Answer {
  if (answer.body === undefined || answer.status >= 300) return answer
  if (!/[/+]json\b/i.test(headerOf(answer, 'content-type') ?? '')) return answer
  const gone = tombstonesOf(operation, trim.tombstones)
  const needs = trim.minimal ? needsOf(graph, operation) : []
  if (gone.length === 0 && needs.length === 0) return answer
  let value: unknown
  try {
    // A backend may have compressed it.
    const plain = decompressed(Buffer.from(answer.body), headerOf(answer, 'content-encoding'))
    value = JSON.parse(plain?.toString() ?? '')
  } catch {
    return answer
  }
  const told: string[] = []
  if (needs.length > 0) {
    value = keptOnly(value, needs)
    told.push('minimal')
  }
  for (const { path, segments } of gone) {
    const next = without(value, segments)
    if (next === value) continue
    value = next
    told.push(`${path} is gone, needed by ${hurtsInWords(hurtBy(graph, operation, path))}`)
  }
  if (told.length === 0) return answer
  // Its token gives the whole answer again.
  const { token: _, ...why } = answer.told ?? NOTHING_TOLD
  return {
    ...answer,
    ...(answer.told !== undefined && { told: why }),
    headers: [
      ...withoutHeaders(answer.headers, LENGTHS),
      'Throughline-Trimmed',
      headerText(told.join('; ')).slice(0, 1000),
    ],
    body: Buffer.from(JSON.stringify(value)),
  }
}

/** Headers that were true of the whole body. */
const LENGTHS: ReadonlySet<string> = new Set([
  'content-length',
  'content-encoding',
  'etag',
  'content-md5',
  'digest',
  'throughline-replay',
])
const NOTHING_TOLD: Told = { operations: [], because: { kind: 'bare' }, seed: '', dataset: '' }

/** What is wrong with a tombstone: no operation of that name, no such path. A line for each. */
export function wrongTombstones(graph: Graph, tombstones: readonly string[]): readonly string[] {
  const operations = new Map(
    graph.apis
      .flatMap(({ contract }) => contract?.operations ?? [])
      .map((one) => [`${one.api}.${one.name}`, one]),
  )
  return tombstones.flatMap((one) => {
    if (one === 'deprecated') return []
    const [name, path] = splitAt(one)
    if (!operations.has(name)) return [`No operation is called \`${name}\`, as in \`${one}\`.`]
    return segmentsOf(path)?.length === undefined || path === ''
      ? [`\`${one}\` names no field: write it as store.getBasket:items[].legacyPrice.`]
      : []
  })
}

/** One line for each tombstone that some step still needs. */
export function tombstonesHurting(graph: Graph, tombstones: readonly string[]): readonly string[] {
  return graph.apis
    .flatMap(({ contract }) => contract?.operations ?? [])
    .flatMap((operation) =>
      tombstonesOf(operation, tombstones).flatMap(({ path }) => {
        const hurts = hurtBy(graph, operation, path)
        const name = `${operation.api}.${operation.name}`
        return hurts.length === 0
          ? []
          : [`${name}:${path} is gone, and ${hurtsInWords(hurts)} needs it`]
      }),
    )
}

interface Tombstone {
  readonly path: string
  readonly segments: readonly Segment[]
}

function tombstonesOf(operation: Operation, tombstones: readonly string[]): readonly Tombstone[] {
  const name = `${operation.api}.${operation.name}`
  const paths = new Set(
    tombstones.flatMap((one) => {
      if (one === 'deprecated') return deprecatedIn(operation)
      const [wanted, path] = splitAt(one)
      return wanted === name || wanted === operation.name ? [path] : []
    }),
  )
  return [...paths].flatMap((path) => {
    const segments = segmentsOf(path)
    return segments === undefined || segments.length === 0 ? [] : [{ path, segments }]
  })
}

/** `store.getBasket:items[].price`; the name of an operation may be `GET /a:b`, so the last colon before a path counts. */
function splitAt(text: string): readonly [string, string] {
  const colon = text.lastIndexOf(':')
  return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
}

function needsOf(graph: Graph, operation: Operation): readonly (readonly Segment[])[] {
  return [...usageOf(graph, `${operation.api}.${operation.name}`).needs.keys()].flatMap((path) => {
    const segments = path.startsWith('header:') ? undefined : segmentsOf(path)
    return segments === undefined ? [] : [segments]
  })
}
