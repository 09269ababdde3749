import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml'
import { deepest, mostAliasedValues, mostProblems } from './limits.ts'
import type { Offsets } from './positions.ts'
import type { DuplicateKey, Problem } from './problem.ts'

export interface YamlValue {
  readonly value: unknown
  readonly problems: readonly Problem[]
  readonly duplicates: readonly DuplicateKey[]
  /** Every text that stands under a key `$ref`. */
  readonly references: ReadonlySet<string>
}

/**
 * The value of the first document in a stream of YAML events: YAML 1.2 core types, so dates stay texts, and `<<` merges.
 * Keys are texts as written. Bombs, cycles, unknown anchors, list keys and duplicate keys are told and left out.
 */
export function yamlValue(text: string, events: readonly Event[]): YamlValue {
  const builder: Builder = {
    text,
    frames: [],
    anchors: new Map(),
    problems: [],
    duplicates: [],
    references: new Set(),
    aliased: 0,
    root: null,
    event: 0,
    events,
  }
  let documents = 0
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        documents++
        break
      case EVENT_ID.SCALAR: {
        if (documents > 1) return furtherDocument(builder, event.valueStart)
        const written = getScalarValue(text, event)
        const value = scalarOf(text, event, written)
        if (event.anchorStart !== -1)
          builder.anchors.set(anchorOf(text, event), { value, size: 1, height: 0, open: false })
        const frame = builder.frames.at(-1)
        if (frame === undefined || frame.isList || frame.key !== undefined)
          add(builder, value, 1, 0)
        else takeKey(frame, written, offsetsOfScalar(text, event), isMergeKey(text, event))
        break
      }
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        if (documents > 1) return furtherDocument(builder, event.start)
        const isList = event.type === EVENT_ID.SEQUENCE
        const container = isList ? [] : {}
        const anchor: Anchor = { value: container, size: 1, height: 0, open: true }
        if (event.anchorStart !== -1) builder.anchors.set(anchorOf(text, event), anchor)
        builder.frames.push({
          container,
          isList,
          anchor,
          start: event.start,
          size: 1,
          height: 0,
          key: undefined,
          keyAt: nowhere,
          merges: false,
          merged: undefined,
        })
        break
      }
      case EVENT_ID.ALIAS:
        if (documents > 1) return furtherDocument(builder, event.anchorStart)
        addAlias(builder, event.anchorStart, event.anchorEnd)
        break
      case EVENT_ID.POP: {
        const frame = builder.frames.pop()
        if (frame === undefined) break
        frame.anchor.size = frame.size
        frame.anchor.height = frame.height
        frame.anchor.open = false
        add(builder, frame.container, frame.size, frame.height, {
          start: frame.start,
          end: frame.start + 1,
        })
        break
      }
    }
    builder.event++
  }
  return result(builder)
}

interface Anchor {
  readonly value: unknown
  /** Values in it, those behind aliases counted each time. */
  size: number
  /** Levels below it. */
  height: number
  /** Still being read: an alias to it would be a cycle. */
  open: boolean
}
interface Frame {
  readonly container: unknown[] | Record<string, unknown>
  readonly isList: boolean
  readonly anchor: Anchor
  readonly start: number
  size: number
  height: number
  /** The key that waits for its value; `null` for one that cannot be used. */
  key: string | null | undefined
  keyAt: Offsets
  merges: boolean
  /** Keys that came by `<<`, which a key of the map itself overrides. */
  merged: Set<string> | undefined
}
interface Builder {
  readonly text: string
  readonly events: readonly Event[]
  readonly frames: Frame[]
  readonly anchors: Map<string, Anchor>
  readonly problems: Problem[]
  readonly duplicates: DuplicateKey[]
  readonly references: Set<string>
  aliased: number
  root: unknown
  event: number
}
const nowhere: Offsets = { start: 0, end: 0 }

function add(builder: Builder, value: unknown, size: number, height: number, at = nowhere): void {
  const frame = builder.frames.at(-1)
  if (frame === undefined) {
    builder.root = value
    return
  }
  frame.size += size
  if (height >= frame.height) frame.height = height + 1
  const { container } = frame
  if (Array.isArray(container)) container.push(value)
  else if (frame.key === undefined) {
    if (value !== null && typeof value === 'object') {
      tell(
        builder,
        at,
        'A list or map stands as a key. Only texts can be keys; was a quote or a dash meant?',
      )
      takeKey(frame, null, at, false)
    } else takeKey(frame, String(value), at, false)
  } else {
    const { key } = frame
    frame.key = undefined
    if (frame.merges) merge(builder, frame, value)
    else if (key !== null) {
      if (key === '$ref' && typeof value === 'string') builder.references.add(value)
      if (
        Object.hasOwn(container, key) &&
        frame.merged?.delete(key) !== true &&
        builder.duplicates.length < mostProblems
      ) {
        builder.duplicates.push({
          key,
          first: firstKey(builder, key) ?? frame.keyAt,
          second: frame.keyAt,
        })
      }
      setOwn(container, key, value)
    }
  }
}

function takeKey(frame: Frame, key: string | null, at: Offsets, merges: boolean): void {
  frame.key = key
  frame.keyAt = at
  frame.merges = merges
}

/** YAML's merge key: what `<<` names gives the keys that the map itself does not have. */
function merge(builder: Builder, frame: Frame, source: unknown): void {
  const { container } = frame
  const sources: readonly unknown[] = Array.isArray(source) ? source : [source]
  for (const one of sources) {
    if (one === null || typeof one !== 'object' || Array.isArray(one)) {
      tell(
        builder,
        frame.keyAt,
        'The merge key << takes a map, or a list of maps. Name one by its anchor: <<: *defaults.',
      )
      return
    }
    for (const [key, value] of Object.entries(one)) {
      if (Object.hasOwn(container, key)) continue
      setOwn(container as Record<string, unknown>, key, value)
      frame.merged ??= new Set()
      frame.merged.add(key)
    }
  }
}

function addAlias(builder: Builder, start: number, end: number): void {
  const name = builder.text.slice(start, end)
  const at = { start: start - 1, end }
  const anchor = builder.anchors.get(name)
  const reason = refusal(builder, anchor)
  if (reason === undefined && anchor !== undefined) {
    if (typeof anchor.value === 'object') builder.aliased += anchor.size
    add(builder, anchor.value, anchor.size, anchor.height, at)
  } else {
    tell(builder, at, `The alias ${shown(name)} ${reason}`)
    add(builder, null, 1, 0, at)
  }
}

function refusal(builder: Builder, anchor: Anchor | undefined): string | undefined {
  if (anchor === undefined)
    return 'names no anchor above it. Put & and this name before the value it stands for.'
  if (anchor.open)
    return 'stands inside the value it names, which would never end. Use a $ref instead.'
  if (builder.aliased + anchor.size > mostAliasedValues)
    return 'would make the file grow without bounds. Use fewer aliases, or a $ref.'
  if (builder.frames.length + anchor.height > deepest)
    return `would nest values deeper than ${deepest}. Flatten them.`
  return undefined
}

function furtherDocument(builder: Builder, at: number): YamlValue {
  tell(
    builder,
    { start: at, end: at + 1 },
    'A second YAML document starts here (after ---), and only the first is read. Put it into a file of its own.',
  )
  return result(builder)
}

function result({ root, problems, duplicates, references }: Builder): YamlValue {
  return { value: root, problems, duplicates, references }
}

/** Looks back for the key's first writing in the map that is open now. */
function firstKey(builder: Builder, key: string): Offsets | undefined {
  const { events, text } = builder
  let found: Offsets | undefined
  let depth = 0
  // Backwards, keys and values of the open map alternate; which is which is only sure from its start.
  let start = builder.event - 1
  for (; start >= 0; start--) {
    const { type } = events[start]!
    if (type === EVENT_ID.POP) depth++
    else if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) {
      if (depth === 0) break
      depth--
    }
  }
  let isKey = true
  for (let index = start + 1; index < builder.event && found === undefined; index++) {
    const event = events[index]!
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) depth++
    else if (event.type === EVENT_ID.POP) depth--
    else if (
      event.type === EVENT_ID.SCALAR &&
      depth === 0 &&
      isKey &&
      getScalarValue(text, event) === key
    )
      found = offsetsOfScalar(text, event)
    if (depth === 0) isKey = !isKey
  }
  return found
}

/** The offsets of a scalar as people see it, with its quotes. */
export function offsetsOfScalar(text: string, event: ScalarEvent): Offsets {
  const { valueStart, valueEnd, style } = event
  if (valueStart === -1) {
    const end = Math.max(event.anchorEnd, event.tagEnd, 0)
    return { start: end, end }
  }
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED)
    return { start: valueStart - 1, end: valueEnd + 1 }
  let end = valueEnd
  while (end > valueStart && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--
  return { start: valueStart, end }
}

/** `<<` without quotes. */
export function isMergeKey(text: string, event: ScalarEvent): boolean {
  return (
    event.style === SCALAR_STYLE.PLAIN &&
    event.valueEnd - event.valueStart === 2 &&
    text.startsWith('<<', event.valueStart)
  )
}

function scalarOf(text: string, event: ScalarEvent, written: string): unknown {
  const tag = event.tagStart === -1 ? '' : text.slice(event.tagStart, event.tagEnd)
  if (tag === '') return event.style === SCALAR_STYLE.PLAIN ? coreScalar(written) : written
  return /(?:^!|str|binary|timestamp)>?$/.test(tag) || event.style !== SCALAR_STYLE.PLAIN
    ? written
    : coreScalar(written)
}

/** YAML 1.2 core: null, booleans, numbers; everything else is a text. */
function coreScalar(written: string): unknown {
  switch (written.charCodeAt(0)) {
    case 110: // n N ~ t T f F
    case 78:
    case 126:
    case 116:
    case 84:
    case 102:
    case 70:
      return constants.has(written) ? constants.get(written) : written
    case 43: // + - .
    case 45:
    case 46:
      return numberOf(written)
    default: {
      const first = written.charCodeAt(0)
      if (first >= 48 && first <= 57) return numberOf(written)
      return written === '' ? null : written
    }
  }
}

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['~', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
])

function numberOf(written: string): number | string {
  if (/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(written)) return Number(written)
  if (/^0o[0-7]+$/.test(written) || /^0x[0-9a-fA-F]+$/.test(written)) return Number(written)
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(written))
    return written.startsWith('-') ? -Infinity : Infinity
  return /^\.(?:nan|NaN|NAN)$/.test(written) ? Number.NaN : written
}

function anchorOf(
  text: string,
  event: { readonly anchorStart: number; readonly anchorEnd: number },
): string {
  return text.slice(event.anchorStart, event.anchorEnd)
}

function setOwn(container: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(container, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  else container[key] = value
}

function tell(builder: Builder, at: Offsets, words: string): void {
  if (builder.problems.length < mostProblems) builder.problems.push({ ...at, problem: words })
}

function shown(name: string): string {
  return '`' + (name.length > 40 ? `${name.slice(0, 37)}...` : name) + '`'
}
