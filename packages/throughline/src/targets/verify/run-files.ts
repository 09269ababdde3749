import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeAtomically } from '../../workspace/write.ts'
import { coverageKinds } from './coverage.ts'
import { partsOfJourneys } from './journey-coverage.ts'
import type { KeptRun } from './kept-run.ts'

/** Keeps a run in `.throughline/runs`, and forgets those that twenty newer ones have followed. A workspace that can't be written to goes without. */
export function keepRun(root: string, run: KeptRun): void {
  try {
    writeAtomically(join(folderIn(root), `${run.id}.json`), `${JSON.stringify(run)}\n`)
    for (const id of idsIn(root).slice(mostRuns))
      rmSync(join(folderIn(root), `${id}.json`), { force: true })
  } catch {
    // A checkout that nobody may write to is tested all the same.
  }
}

/** The runs that are kept, newest first; files that are no runs are passed over. */
export function runsIn(root: string): readonly KeptRun[] {
  return idsIn(root).flatMap((id) => runIn(root, id) ?? [])
}

/** One run that is kept. */
export function runIn(root: string, id: string): KeptRun | undefined {
  if (!isRunId.test(id)) return undefined
  const path = join(folderIn(root), `${id}.json`)
  try {
    if (statSync(path).size > largest) return undefined
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isRun(value) && value.id === id ? value : undefined
  } catch {
    return undefined
  }
}

const mostRuns = 20
const largest = 20_000_000
const isRunId = /^\d{8}T\d{9}Z$/

function folderIn(root: string): string {
  return join(root, '.throughline', 'runs')
}

function idsIn(root: string): readonly string[] {
  try {
    return readdirSync(folderIn(root))
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .filter((id) => isRunId.test(id))
      .toSorted()
      .toReversed()
  } catch {
    return []
  }
}

function isRun(value: unknown): value is KeptRun {
  if (!isMap(value)) return false
  const { findings, coverage, journeys, operations, caching } = value
  return (
    value['version'] === 1 &&
    ['id', 'target', 'started'].every((key) => isText(value[key])) &&
    !Number.isNaN(Date.parse(String(value['started']))) &&
    (value['by'] === 'studio' || value['by'] === 'cli') &&
    ['done', 'stopped', 'ended'].includes(String(value['outcome'])) &&
    ['ms', 'seed', 'cases', 'requests'].every((key) => isCount(value[key])) &&
    typeof value['readOnly'] === 'boolean' &&
    ['narrowed', 'ended'].every((key) => value[key] === undefined || isText(value[key])) &&
    isTexts(value['phases']) &&
    isTexts(value['leftOut']) &&
    isMap(operations) &&
    isCount(operations['tested']) &&
    isCount(operations['total']) &&
    Array.isArray(findings) &&
    findings.every(isFinding) &&
    isMap(coverage) &&
    coverageKinds.every((kind) => isPart(coverage[kind])) &&
    Array.isArray(journeys) &&
    journeys.every(isJourney) &&
    (caching === undefined || (isMap(caching) && Object.values(caching).every(isCaching)))
  )
}

function isCaching(value: unknown): boolean {
  return (
    isMap(value) &&
    isCount(value['answers']) &&
    ['noStore', 'said', 'etag'].every((key) => typeof value[key] === 'boolean') &&
    ['maxAge', 'staleWhileRevalidate'].every(
      (key) => value[key] === undefined || isCount(value[key]),
    )
  )
}

function isFinding(value: unknown): boolean {
  if (!isMap(value)) return false
  const { operation, status, at } = value
  return (
    ['fingerprint', 'check', 'message', 'curl', 'case'].every((key) => isText(value[key])) &&
    ['error', 'warning', 'info'].includes(String(value['severity'])) &&
    isMap(operation) &&
    ['id', 'method', 'path'].every((key) => isText(operation[key])) &&
    isTexts(value['steps']) &&
    isCount(value['count']) &&
    (at === undefined || isText(at)) &&
    (status === undefined || isCount(status))
  )
}

function isJourney(value: unknown): boolean {
  if (!isMap(value)) return false
  const { name, missing } = value
  return (
    isText(name) &&
    partsOfJourneys.every((kind) => isPart(value[kind])) &&
    Array.isArray(missing) &&
    missing.every(
      (one: unknown) =>
        isMap(one) &&
        partsOfJourneys.some((kind) => kind === one['kind']) &&
        isText(one['name']) &&
        isText(one['why']) &&
        (one['before'] === undefined || one['before'] === true),
    )
  )
}

function isPart(value: unknown): boolean {
  return isMap(value) && isCount(value['reached']) && isCount(value['total'])
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
