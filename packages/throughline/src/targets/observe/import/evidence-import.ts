import { createHash, createHmac } from 'node:crypto'
import type { EvidenceEvent, Graph } from '@throughline/core'
import { CannotRun } from '../../../cannot-run.ts'
import { harEvents, isHarFile } from '../har-events.ts'
import { accessLog } from './access-log.ts'
import { Losses, NotThisFormat, type EvidenceFormat, type Lost } from './evidence-format.ts'
import { ga4Export } from './ga4-export.ts'
import { surveyCsv } from './survey-csv.ts'

const recording: EvidenceFormat = {
  name: 'har',
  summary: 'a recording of a browser (HAR)',
  isThis: (start) => /^\s*\{\s*"log"\s*:/.test(start),
  read(text, { graph, opaque }) {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      throw new NotThisFormat('it is no JSON')
    }
    if (!isHarFile(value)) throw new NotThisFormat('it has no `log.entries`')
    const events = harEvents(value, graph)
    const calls = events.filter(({ kind }) => kind === 'call').length
    const { entries } = (value as { readonly log: { readonly entries: readonly unknown[] } }).log
    const losses = new Losses()
    const more = entries.length - calls
    const session = opaque('recording')
    return {
      events: events.map((one) => ({ ...one, session })),
      lost: [
        ...losses.list,
        ...(more > 0 ? [{ why: 'entries that are no call of an API', times: more }] : []),
      ],
    }
  },
}

/** Every kind of file that `throughline import --as evidence` reads. */
export const evidenceFormats: readonly EvidenceFormat[] = [
  recording,
  ga4Export,
  accessLog,
  surveyCsv,
]

export interface EvidenceImport {
  readonly format: string
  /** Of what the file holds: the same file has the same. */
  readonly id: string
  readonly events: readonly EvidenceEvent[]
  readonly lost: readonly Lost[]
}

/** What a file of another tool holds, as evidence. `format` where somebody says it. Throws `CannotRun` (TL9003) for a file that is none. */
export function evidenceImport(
  text: string,
  graph: Graph,
  { shown, format }: { readonly shown: string; readonly format?: string },
): EvidenceImport {
  const plain = text.replace(/^\uFEFF/, '')
  const found = evidenceFormats.find((one) =>
    format === undefined ? one.isThis(plain.slice(0, 20_000)) : one.name === format,
  )
  if (found === undefined)
    throw new CannotRun(
      'TL9003',
      `${shown} is no evidence that can be taken in. These are: ${evidenceFormats.map((one) => `${one.name} (${one.summary})`).join('; ')}.`,
    )
  // Whoever has the file knows the people in it; who has only the evidence must not get back to them.
  const secret = createHash('sha256').update(plain).digest()
  const hashed = (word: string): string =>
    createHmac('sha256', secret).update(word).digest('base64url')
  // A visit at midnight is in the files of two days.
  const opaque =
    found === ga4Export
      ? (word: string): string => createHash('sha256').update(word).digest('base64url').slice(0, 22)
      : (word: string): string => hashed(word).slice(0, 22)
  try {
    const { events, lost } = found.read(plain, { graph, opaque })
    return { format: found.name, id: hashed('batch').slice(0, 24), events, lost }
  } catch (error) {
    if (error instanceof NotThisFormat)
      throw new CannotRun('TL9003', `${shown} is not ${found.summary}: ${error.message}.`)
    throw error
  }
}
