import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Admission, type EvidenceEvent } from '@throughline/core'
import { CannotRun } from '../cannot-run.ts'
import { evidenceFolder } from '../targets/observe/evidence-folder.ts'
import { evidencePlace } from '../targets/observe/evidence-store-of.ts'
import { evidenceImport } from '../targets/observe/import/evidence-import.ts'
import { keepBatch } from '../targets/observe/import/keep-batch.ts'
import type { Serving } from '../targets/observe/serving.ts'
import { StoreBusy, type EvidenceStore } from '../targets/observe/store/evidence-store.ts'
import { compiled } from '../workspace/compiled.ts'
import { openWorkspace } from '../workspace/workspace.ts'
import type { Io } from './io.ts'
import { many } from './output/text.ts'
import { visible } from './output/frame.ts'
import { withEvidence } from './with-evidence.ts'

export interface ImportEvidenceOptions {
  readonly file: string
  readonly dir?: string
  readonly format?: string
  readonly environment?: string
  readonly release?: string
  readonly dryRun: boolean
  readonly json: boolean
}

/** `throughline import FILE --as evidence`: what a file holds goes beside the collected evidence, once however often it is taken in. */
export async function importEvidence(options: ImportEvidenceOptions, io: Io): Promise<number> {
  const { file, dir = '.', format, environment, release, dryRun, json } = options
  const workspace = openWorkspace([resolve(io.cwd, dir)], io.cwd)
  const { graph } = compiled(workspace)
  const found = evidenceImport(read(resolve(io.cwd, file), file), graph, {
    shown: file,
    ...(format !== undefined && { format }),
  })
  const days = graph.declarations.workspace.collector?.keepDays ?? 90
  const admitted = new Admission({ oldest: days * 86_400_000 }).admit(found.events, Date.now())
  const events = admitted.events.map((one) => ({
    ...one,
    ...(environment !== undefined && { environment }),
    ...(release !== undefined && { release }),
  }))
  const kept =
    dryRun || events.length === 0
      ? 0
      : await withEvidence(evidencePlace(graph, evidenceFolder(workspace.root), io.env), (store) =>
          keptIn(store, found.id, events),
        )
  const lost = [
    ...found.lost,
    ...(admitted.rejected > 0
      ? [
          {
            why: `events older than ${days} days, which are not kept (\`collector.keepDays\`)`,
            times: admitted.rejected,
          },
        ]
      : []),
  ]
  const kinds = counted(events.map(({ kind }) => kind))
  const operations = unique(events.map(({ operation }) => operation))
  const steps = unique(events.map(({ step }) => step))
  const sessions = unique(events.map(({ session }) => session)).length
  if (json) {
    io.stdout.write(
      `${JSON.stringify({ version: 1, format: found.format, events: events.length, kept, sessions, kinds: Object.fromEntries(kinds), operations, steps, lost }, null, 2)}\n`,
    )
    return 0
  }
  const what = kinds.map(([kind, times]) => `${kind} ${times}`).join(', ')
  const head = dryRun
    ? `Would keep ${many(events.length, 'event')}`
    : kept === events.length
      ? `Kept ${many(kept, 'event')}`
      : `Kept ${many(kept, 'event')}; ${events.length - kept} of ${events.length} were taken in before`
  io.stdout.write(
    `${head} of ${many(sessions, 'session')} from ${file} (${found.format})${what === '' ? '' : `: ${what}`}\n`,
  )
  if (operations.length > 0) io.stdout.write(`Operations  ${shortened(operations)}\n`)
  if (steps.length > 0) io.stdout.write(`Steps       ${shortened(steps)}\n`)
  for (const { why, times, line } of lost)
    io.stderr.write(
      `Not carried over: ${times} × ${visible(why)}${line === undefined ? '' : ` (first in line ${line})`}\n`,
    )
  return 0
}

async function keptIn(
  store: EvidenceStore | Serving,
  id: string,
  events: readonly EvidenceEvent[],
): Promise<number> {
  let kept = 0
  for (let from = 0; from < events.length; from += part) {
    const batch = `import:${id}:${from / part}`
    const some = events.slice(from, from + part)
    kept +=
      'url' in store
        ? await sent(store, batch, some)
        : await patiently(() => keepBatch(store, batch, some))
  }
  return kept
}

/** Events that go together. */
const part = 2000

/** A file comes faster than a disk may take it. */
async function patiently(keep: () => Promise<number>, tries = 20): Promise<number> {
  try {
    return await keep()
  } catch (error) {
    if (!(error instanceof StoreBusy) || tries === 0) throw busy(error)
    await new Promise((go) => setTimeout(go, 500))
    return patiently(keep, tries - 1)
  }
}

function busy(error: unknown): unknown {
  return error instanceof StoreBusy ? new CannotRun('TL9006', error.message) : error
}

async function sent(
  { url, token }: Serving,
  batch: string,
  events: readonly EvidenceEvent[],
): Promise<number> {
  const response = await fetch(`${url}/api/evidence/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batch, events }),
    signal: AbortSignal.timeout(120_000),
  })
  if (!response.ok)
    throw new CannotRun(
      'TL9006',
      `The server at ${url} has the evidence open and answered ${response.status}. Try again: what it took already is not counted twice.`,
    )
  return ((await response.json()) as { readonly kept: number }).kept
}

const largest = 500_000_000

function read(path: string, shown: string): string {
  try {
    if (statSync(path).size > largest)
      throw new CannotRun(
        'TL9003',
        `${shown} is larger than 500 MB. Split it: parts are taken in one after the other.`,
      )
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof CannotRun) throw error
    throw new CannotRun('TL9001', `There is no file ${shown} that can be read.`)
  }
}

function counted(words: readonly string[]): readonly (readonly [string, number])[] {
  const all = new Map<string, number>()
  for (const word of words) all.set(word, (all.get(word) ?? 0) + 1)
  return [...all].toSorted((a, b) => b[1] - a[1])
}

function unique(words: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(words.filter((one) => one !== undefined))].toSorted()
}

function shortened(names: readonly string[]): string {
  return `${names.slice(0, 8).map(visible).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`
}
