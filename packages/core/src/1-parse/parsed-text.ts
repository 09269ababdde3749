import { parseEvents, YAMLException, type Event } from 'js-yaml'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import { writtenKeys } from '../text/json-keys.ts'
import { jsonOffsets } from '../text/json-positions.ts'
import { recoverJson } from '../text/json-recover.ts'
import { deepest, longestJson, longestRecovered, longestYaml } from '../text/limits.ts'
import { withoutConflicts } from '../text/merge-conflict.ts'
import type { Place, Range, Source } from '../text/origin.ts'
import { offsetsIn, rangesAt, type Offsets, type PositionNode } from '../text/positions.ts'
import type { DuplicateKey, Problem } from '../text/problem.ts'
import type { KeptReading, SourceFile } from '../text/source.ts'
import { mendYaml, yamlProblem } from '../text/yaml-mend.ts'
import { yamlPositions } from '../text/yaml-positions.ts'
import { recoverYaml } from '../text/yaml-recover.ts'
import { yamlValue } from '../text/yaml-value.ts'
import { once } from './openapi/own.ts'

/** A JSON or YAML file as values, with the way back to their positions. */
export interface ParsedText {
  readonly source: Source
  /** Nothing could be made of the file: the value is then `null`. */
  readonly unusable: boolean
  readonly value: unknown
  /** Every different text that stands under a key `$ref`, wherever it is. */
  readonly references: ReadonlySet<string>
  /** Found when somebody first asks: whoever only wants values does not pay for the search for keys that stand twice. */
  readonly diagnostics: readonly Diagnostic[]
}

const remembered = new WeakMap<SourceFile, ParsedText>()

/** Parses JSON or YAML, once for each file. Broken files give diagnostics, and what can be read of them; nothing throws. */
export function parsedText(file: SourceFile): ParsedText {
  const known = remembered.get(file)
  if (known !== undefined) return known
  const parsed = parse(file)
  remembered.set(file, parsed)
  return parsed
}

/** What one of the parsers made of a text; `offsets` is asked only when positions are. */
interface Reading {
  readonly value: unknown
  readonly references: ReadonlySet<string>
  readonly problems: readonly Problem[]
  readonly duplicates: readonly DuplicateKey[]
  readonly unusable?: boolean
  readonly offsets: (places: readonly Place[]) => readonly Offsets[]
}

function parse(file: SourceFile): ParsedText {
  // A byte order mark is no part of the text that people see; offsets into the file count it.
  const mark = file.text.startsWith('\ufeff') ? 1 : 0
  const conflicts = withoutConflicts(mark === 1 ? file.text.slice(1) : file.text)
  const { text } = conflicts
  const isJson = isJsonText(file.path, text)
  const refusal = refusalOf(text, isJson)
  const kept = conflicts.problems.length === 0 ? file.kept : undefined
  const reading =
    refusal !== undefined ? nothing : isJson ? readJson(text, file.path) : readYaml(text, kept)
  const source: Source = {
    file,
    locate: (places) => {
      const shifted = mark === 0 ? places : places.map((place) => unmarked(place, mark))
      return rangesAt(text, reading.offsets(shifted)) satisfies readonly Range[]
    },
  }
  let diagnostics: readonly Diagnostic[] | undefined
  const { value, references, unusable = false } = reading
  return {
    source,
    value,
    references,
    unusable,
    get diagnostics() {
      return (diagnostics ??= diagnosticsOf(reading, conflicts.problems, source, mark, refusal))
    },
  }
}

function diagnosticsOf(
  reading: Reading,
  conflicts: readonly Problem[],
  source: Source,
  mark: number,
  refusal: string | undefined,
): readonly Diagnostic[] {
  const { file } = source
  const diagnostics: Diagnostic[] = []
  const originOf = ({ start, end }: Offsets) =>
    ({ source, place: { kind: 'offsets', start: start + mark, end: end + mark } }) as const
  if (refusal !== undefined) {
    diagnostics.push(
      diagnostic('TL1003', originOf({ start: 0, end: 0 }), {
        file: quoted(file.path),
        reason: refusal,
      }),
    )
  }
  for (const problem of [...conflicts, ...inShort(reading.problems)])
    diagnostics.push(diagnostic('TL1001', originOf(problem), { problem: problem.problem }))
  for (const { key, first, second } of reading.duplicates) {
    const related = [{ origin: originOf(first), message: 'it stands here first' }]
    diagnostics.push(diagnostic('TL1002', originOf(second), { key: quoted(key) }, { related }))
  }
  return diagnostics
}

/** One forgotten bracket breaks every line after it: the first problems are worth reading, the rest is counted. */
function inShort(problems: readonly Problem[]): readonly Problem[] {
  const [first, second, third, next] = problems
  if (problems.length <= 5 || !first || !second || !third || !next) return problems
  const rest = `${problems.length - 3} more lines cannot be read. Most of them will be fine when the first problem of this file is mended.`
  return [first, second, third, { ...next, problem: rest }]
}

const nothing: Reading = {
  value: null,
  references: new Set(),
  problems: [],
  duplicates: [],
  unusable: true,
  offsets: (places) =>
    places.map((place) => (place.kind === 'offsets' ? place : { start: 0, end: 0 })),
}

function unmarked(place: Place, mark: number): Place {
  return place.kind === 'offsets'
    ? { kind: 'offsets', start: place.start - mark, end: place.end - mark }
    : place
}

/** By its name, else by its first character: a YAML file may hold JSON, which is read much faster. */
function isJsonText(path: string, text: string): boolean {
  if (/\.json$/i.test(path)) return true
  const first = /^\s*(.)/.exec(text.slice(0, 1000))?.[1]
  if (first !== '{' && first !== '[') return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return /\.(?:ya?ml)$/i.test(path)
      ? false
      : first === '{' && /^\s*\{\s*"/.test(text.slice(0, 1000))
  }
}

function refusalOf(text: string, isJson: boolean): string | undefined {
  const head = text.slice(0, 4000)
  if (head.includes('\0') || replacements(head) > 20) {
    return 'is no text in UTF-8. Save it as UTF-8, or take it out of the workspace.'
  }
  const longest = isJson ? longestJson : longestYaml
  if (text.length <= longest) return undefined
  const advice =
    isJson || text.length > longestJson
      ? 'Split it into several files.'
      : 'Split it into several files, or save it as JSON, which reads faster.'
  return `is too long: ${Math.round(text.length / 1e6)} million characters, at most ${longest / 1e6}. ${advice}`
}

function replacements(head: string): number {
  return head.split('\ufffd').length - 1
}

function readJson(text: string, path: string): Reading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return readBrokenJson(text, path)
  }
  const survey: Survey = { keys: 0, references: new Set(), tooDeep: false }
  look(value, survey, 0)
  const faults = once(() =>
    !survey.tooDeep && survey.keys === writtenKeys(text)
      ? { problems: [], duplicates: [] }
      : recoverJson(text),
  )
  return {
    value,
    references: survey.references,
    get problems() {
      return faults().problems
    },
    get duplicates() {
      return faults().duplicates
    },
    offsets: (places) => jsonOffsets(text, places),
  }
}

function readBrokenJson(text: string, path: string): Reading {
  const { value, problems, duplicates, positions } = recoverJson(text)
  const survey: Survey = { keys: 0, references: new Set(), tooDeep: false }
  look(value, survey, 0)
  if (typeof value === 'string' && /\.json$/i.test(path)) {
    const problem = 'This is not JSON. If it is YAML, give the file a name that ends with .yaml.'
    return { ...nothing, problems: [{ start: 0, end: Math.min(1, text.length), problem }] }
  }
  return {
    value,
    references: survey.references,
    problems,
    duplicates,
    offsets: (places) => places.map((place) => offsetsIn(positions, place)),
  }
}

interface Survey {
  keys: number
  readonly references: Set<string>
  tooDeep: boolean
}

/** Counts keys, gathers references and cuts off what is nested too deep: the one walk over a JSON document. */
function look(value: unknown, survey: Survey, depth: number): void {
  if (value === null || typeof value !== 'object') return
  if (Array.isArray(value)) {
    const list = value as unknown[]
    for (let index = 0; index < list.length; index++) {
      const inner = list[index]
      if (inner === null || typeof inner !== 'object') continue
      if (depth >= deepest - 1) {
        list[index] = null
        survey.tooDeep = true
      } else look(inner, survey, depth + 1)
    }
    return
  }
  // What was parsed has only keys of its own. A list of them for each object would cost as much as the walk.
  const object = value as Record<string, unknown>
  for (const key in object) {
    survey.keys++
    const inner = object[key]
    if (typeof inner === 'string') {
      if (key === '$ref') survey.references.add(inner)
    } else if (inner !== null && typeof inner === 'object') {
      if (depth >= deepest - 1) {
        object[key] = null
        survey.tooDeep = true
      } else look(inner, survey, depth + 1)
    }
  }
}

function readYaml(text: string, kept: KeptReading | undefined): Reading {
  const before = kept === undefined ? undefined : readKept(text, kept)
  if (before !== undefined) return before
  try {
    const reading = readEvents(text, parseEvents(text, { maxDepth: deepest }))
    const isClean = reading.problems.length === 0 && reading.duplicates.length === 0
    if (kept !== undefined && isClean && survivesJson(reading.value))
      kept.set(JSON.stringify(reading.value))
    return reading
  } catch (error) {
    return readBrokenYaml(text, error)
  }
}

/** A text that was read without a problem before: only its value is needed again, and positions on demand. */
function readKept(text: string, kept: KeptReading): Reading | undefined {
  const json = kept.get()
  if (json === undefined) return undefined
  try {
    const value: unknown = JSON.parse(json)
    const survey: Survey = { keys: 0, references: new Set(), tooDeep: false }
    look(value, survey, 0)
    if (survey.tooDeep) return undefined
    const { references } = survey
    return { value, references, problems: [], duplicates: [], offsets: yamlOffsets(text) }
  } catch {
    return undefined
  }
}

/** Whether JSON can hold a value: not `.nan`, `.inf` and `-0`. */
function survivesJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  if (value === null || typeof value !== 'object') return value !== undefined
  for (const inner of Object.values(value)) if (!survivesJson(inner)) return false
  return true
}

/** `mended` is the text that is really read, as long as the original. */
function readEvents(mended: string, events: readonly Event[]): Reading {
  const { value, references, problems, duplicates } = yamlValue(mended, events)
  return { value, references, problems, duplicates, offsets: yamlOffsets(mended) }
}

function yamlOffsets(text: string): Reading['offsets'] {
  let positions: PositionNode | undefined
  return (places) => {
    positions ??= yamlPositions(text, parseEvents(text, { maxDepth: deepest }))
    return places.map((place) => offsetsIn(positions!, place))
  }
}

/** All problems with the slow parser that recovers; the values from what is left when the broken lines are mended, else from that parser. */
function readBrokenYaml(text: string, error: unknown): Reading {
  const isProblem = error instanceof YAMLException
  const first = isProblem
    ? yamlProblem(text, error)
    : { start: 0, end: 0, problem: `Values are nested deeper than ${deepest}. Flatten them.` }
  if (!isProblem || error.reason.includes('maxDepth')) return { ...nothing, problems: [first] }
  const recovered = text.length > longestRecovered ? undefined : recoverYaml(text)
  const told =
    recovered === undefined || recovered.problems.length === 0 ? [first] : recovered.problems
  const mended = mendYaml(text, told)
  const problems = [...told, ...(mended?.problems ?? [])].toSorted((a, b) => a.start - b.start)
  if (mended !== undefined) {
    const reading = readEvents(mended.text, mended.events)
    return { ...reading, problems: [...problems, ...reading.problems] }
  }
  if (recovered === undefined) return { ...nothing, problems }
  const { value, references, positions } = recovered
  return {
    value,
    references,
    problems,
    duplicates: [],
    offsets: (places) => places.map((place) => offsetsIn(positions, place)),
  }
}
