import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { nameOf } from '@throughline/core'
import type { ArgsDef } from 'citty'
import { stringify } from 'yaml'
import { CannotRun } from '../cannot-run.ts'
import type { Mock } from '../targets/mock/mock.ts'
import { examples } from '../targets/mock/record/examples.ts'
import { harEntry, harFile, ownEntries } from '../targets/mock/record/har.ts'
import { recordedOf } from '../targets/mock/record/recorded.ts'
import { recording } from '../targets/mock/record/recording.ts'
import { LATENCY_FILE, latencyText } from '../targets/mock/observed-latency.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { writeAtomically } from '../workspace/write.ts'
import type { Io } from './io.ts'
import { version } from './package.ts'
import { makeFolder } from '../workspace/make-folder.ts'

export const recordArgs = {
  record: {
    type: 'string',
    valueHint: 'FILE',
    description: 'Write calls down, redacted by the policy: session.har, or examples.overlay.yaml',
  },
} as const satisfies ArgsDef

/** The most of a recording, in calls and in characters. */
const mostCalls = 20_000
const mostText = 100_000_000

/**
 * Writes what the backends answer to a file (what the mock answers, where nothing is passed on), redacted before anything
 * reaches the disk: a HAR, or an overlay of examples for each API. How long backends took goes into the workspace, for
 * `latency: observed`. Checks the file first; throws `CannotRun` (TL9003, TL9004).
 */
export function recorderTo(
  file: string,
  io: Io,
  workspace?: Workspace,
): (mock: Mock) => () => void {
  const record = recorder(file, io)
  if (workspace === undefined || workspace.contracts !== undefined) return record
  return (mock) => {
    const stop = [record(mock), asLatency(mock, join(workspace.root, LATENCY_FILE), io)]
    return () => {
      for (const one of stop) one()
    }
  }
}

function recorder(file: string, io: Io): (mock: Mock) => () => void {
  const path = resolve(io.cwd, file)
  const say = (line: string): void => {
    io.stderr.write(`record  ${line}\n`)
  }
  const overlay = /\.overlay\.(ya?ml|json)$/i.exec(file)
  if (overlay !== null) return (mock) => asExamples(mock, path, overlay[0], say)
  if (!/\.har$/i.test(file))
    throw new CannotRun(
      'TL9003',
      `\`--record\` writes a .har file, or examples as an .overlay.yaml, not \`${file}\`.`,
    )
  const before = existsSync(path) ? ownEntries(readFileSync(path, 'utf8')) : []
  if (before === undefined)
    throw new CannotRun(
      'TL9004',
      `${file} is there already and no recording of Throughline. Name another file.`,
    )
  return (mock) => asHar(mock, path, before, say)
}

function asHar(
  mock: Mock,
  path: string,
  before: readonly string[],
  say: (line: string) => void,
): () => void {
  const entries = [...before]
  let size = entries.reduce((sum, one) => sum + one.length, 0)
  let full = false
  const write = (): void => writeAtomically(path, harFile(entries, version()), { mode: 0o600 })
  const file = recording(write, (problem) => say(`cannot write ${path}: ${problem}`))
  file.changed()
  const stop = mock.traffic.subscribe((exchange) => {
    if (mock.passes !== undefined && exchange.told.because.kind !== 'backend') return
    if (full) return
    const entry = harEntry(recordedOf(exchange, mock.graph))
    size += entry.length
    full = entries.length >= mostCalls || size > mostText
    if (full) return say(`${path} is full: later calls are left out`)
    entries.push(entry)
    file.changed()
  })
  return () => {
    stop()
    file.close()
  }
}

const mostSamples = 10_000

/** How long each operation of a backend took, as percentiles: what the mock's `latency: observed` plays. */
function asLatency(mock: Mock, path: string, io: Io): () => void {
  const samples = new Map<string, number[]>()
  const write = (): void => {
    makeFolder(dirname(path))
    writeAtomically(path, latencyText(samples))
  }
  const file = recording(write, (problem) =>
    io.stderr.write(`record  cannot write ${path}: ${problem}\n`),
  )
  const stop = mock.traffic.subscribe(({ told, work }) => {
    const [operation] = told.operations
    if (told.because.kind !== 'backend' || operation === undefined) return
    const name = nameOf(operation.id)
    const own = samples.get(name) ?? []
    if (own.length >= mostSamples) return
    own.push(work)
    samples.set(name, own)
    file.changed()
  })
  return () => {
    stop()
    file.close()
  }
}

function asExamples(
  mock: Mock,
  path: string,
  ending: string,
  say: (line: string) => void,
): () => void {
  const kept = examples()
  const write = (): void => {
    const overlays = kept.overlays()
    for (const [api, overlay] of overlays) {
      const own = overlays.size === 1 ? path : `${path.slice(0, -ending.length)}.${api}${ending}`
      const text = /json$/i.test(ending)
        ? `${JSON.stringify(overlay, null, 2)}\n`
        : stringify(overlay)
      writeAtomically(own, text, { mode: 0o600 })
    }
  }
  const file = recording(write, (problem) => say(`cannot write ${path}: ${problem}`))
  const stop = mock.traffic.subscribe((exchange) => {
    if (exchange.told.because.kind !== 'backend') return
    if (kept.add(recordedOf(exchange, mock.graph), mock.graph)) file.changed()
  })
  return () => {
    stop()
    file.close()
  }
}
