import {
  findOperation,
  isReadable,
  originOf,
  parseWorkspace,
  pathOf,
  type ApiNode,
  type CallDeclaration,
  type Declarations,
  type Files,
  type FoundOperation,
  type JourneyDeclaration,
  type Site,
  type SourceFile,
  type StepDeclaration,
} from '@throughline/core'
import { changedText, type Change } from './change-text.ts'
import { valueAt } from './change-value.ts'
import { isFlow, layoutOf, nodeAt, type Path } from './layout.ts'
import { isListValue, isMapValue, type Plain } from './plain.ts'
import { Refusal } from './refusal.ts'

/** The files of a workspace while edits are made to them: every edit sees what those before it did. Nothing is on disk yet. */
export interface Draft {
  readonly files: Files
  readonly declarations: Declarations
  /** What differs from the disk: `null` where a file is gone. */
  readonly changed: ReadonlyMap<string, string | null>
  /** Files that the edits are about, and not only hold a name that has changed. */
  readonly subjects: ReadonlySet<string>
  /** Notes that the edit is about a file. */
  about(path: string): void
  change(path: string, change: Change): void
  create(path: string, text: string): void
  remove(path: string): void
  text(path: string): string
  /** What an operation means in the contracts, as a call names it. */
  operation(written: string): FoundOperation
}

export function draftOf(files: Files, apis: readonly ApiNode[]): Draft {
  const changed = new Map<string, SourceFile | null>()
  const subjects = new Set<string>()
  let declarations: Declarations | undefined
  const overlay: Files = {
    get paths() {
      const gone = new Set([...changed].flatMap(([path, file]) => (file === null ? [path] : [])))
      const all = new Set([...files.paths, ...changed.keys()])
      return [...all].filter((path) => !gone.has(path)).toSorted()
    },
    ...(files.place !== undefined && { place: files.place }),
    read(path) {
      const mine = changed.get(path)
      return mine === null ? { path, unreadable: 'missing' } : (mine ?? files.read(path))
    },
  }
  const source = (path: string): SourceFile => {
    const file = overlay.read(path)
    if (!isReadable(file))
      throw new Refusal(409, `${path} can't be read`, 'It may have been moved or deleted.')
    return file
  }
  const put = (path: string, file: SourceFile | null): void => {
    changed.set(path, file)
    declarations = undefined
  }
  return {
    files: overlay,
    subjects,
    get declarations() {
      return (declarations ??= parseWorkspace(overlay).declarations)
    },
    get changed() {
      return new Map([...changed].map(([path, file]) => [path, file?.text ?? null]))
    },
    about: (path) => void subjects.add(path),
    text: (path) => source(path).text,
    change(path, change) {
      put(path, { path, text: changedText(source(path), change) })
    },
    create(path, text) {
      put(path, { path, text })
    },
    remove(path) {
      put(path, null)
    },
    operation(written) {
      return findOperation(apis, written, originOf(this.declarations.workspace.site))
    },
  }
}

/** A value of a file, and the way to it. */
export interface Spot {
  readonly file: string
  readonly path: Path
  readonly value: Plain | undefined
}

export function spotOf(site: Site): Spot {
  return { file: site.document.file.path, path: pathOf(site), value: site.value as Plain }
}

export function below(spot: Spot, ...path: Path): Spot {
  return { file: spot.file, path: [...spot.path, ...path], value: valueAt(spot.value, path) }
}

/** Whether a list or map is written in brackets, not on lines. */
export function isInBrackets(draft: Draft, spot: Spot): boolean {
  return isFlow(nodeAt(layoutOf(draft.text(spot.file), spot.file), spot.path))
}

/** Gives keys of a map new values; `null` takes one away. */
export function setKeys(
  draft: Draft,
  spot: Spot,
  values: Readonly<Record<string, Plain | undefined>>,
  order: readonly string[],
): void {
  const map = isMapValue(spot.value) ? spot.value : {}
  const left = { ...map }
  // New values first: a map that is empty for a moment would be taken away.
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue
    if (!Object.hasOwn(map, key) || map[key] !== value)
      draft.change(spot.file, { kind: 'set', path: [...spot.path, key], value, order })
    left[key] = value
  }
  for (const [key, value] of Object.entries(values)) {
    if (value !== null || !Object.hasOwn(left, key)) continue
    draft.change(spot.file, { kind: 'remove', path: [...spot.path, key] })
  }
}

/**
 * Makes a list of texts hold what is wanted, with as little change as it takes; items that stay keep their comments.
 * `single` writes a list of one as the text alone, where it is new or was so before.
 */
export function setList(
  draft: Draft,
  spot: Spot,
  wanted: readonly string[] | null,
  order: readonly string[],
  { single = false, keepEmpty = false } = {},
): void {
  const { file, path, value } = spot
  if (wanted === null || (wanted.length === 0 && !keepEmpty)) {
    if (value !== undefined) draft.change(file, { kind: 'remove', path })
    return
  }
  if (!isListValue(value) || value.length === 0 || wanted.length === 0) {
    const isSingle = single && wanted.length === 1
    draft.change(file, { kind: 'set', path, value: isSingle ? wanted[0]! : [...wanted], order })
    return
  }
  const now: Plain[] = [...value]
  for (const [at, one] of wanted.entries()) {
    if (now[at] === one) continue
    const from = now.indexOf(one, at)
    const old = now[at]
    if (from !== -1) {
      draft.change(file, { kind: 'move', path, from, to: at })
      now.splice(at, 0, ...now.splice(from, 1))
    } else if (now.length <= wanted.length && typeof old === 'string' && !wanted.includes(old)) {
      draft.change(file, { kind: 'set', path: [...path, at], value: one })
      now[at] = one
    } else {
      draft.change(file, { kind: 'insert', path, at, value: one })
      now.splice(at, 0, one)
    }
  }
  for (let at = now.length - 1; at >= wanted.length; at--)
    draft.change(file, { kind: 'remove', path: [...path, at] })
}

export function journeyOf(draft: Draft, name: string): JourneyDeclaration {
  const found = draft.declarations.journeys.find(({ id }) => id === name)
  if (found === undefined)
    throw new Refusal(422, `There is no journey ${name}`, 'It may have been renamed meanwhile.', {
      pointer: '/journey',
    })
  draft.about(found.site.document.file.path)
  return found
}

export interface FoundStep {
  readonly journey: JourneyDeclaration
  readonly step: StepDeclaration
  readonly spot: Spot
}

/** A step by its full name: `checkout/basket`. */
export function stepOf(draft: Draft, name: string, pointer = '/step'): FoundStep {
  const [journeyName = '', stepName = ''] = name.split('/')
  const journey = draft.declarations.journeys.find(({ id }) => id === journeyName)
  const step = journey?.steps.find(({ id }) => id === stepName)
  if (journey === undefined || step === undefined)
    throw new Refusal(422, `There is no step ${name}`, 'It may have been renamed meanwhile.', {
      pointer,
    })
  draft.about(journey.site.document.file.path)
  return { journey, step, spot: spotOf(step.site) }
}

export interface FoundCall extends FoundStep {
  readonly call: CallDeclaration
  /** The call, not its step. */
  readonly spot: Spot
}

/** A call of a step, by its operation's short name or as it is written. */
export function callOf(draft: Draft, stepName: string, name: string, pointer = ''): FoundCall {
  const found = stepOf(draft, stepName, `${pointer}/step`)
  const call = sameCall(draft, found.step, name)
  if (call === undefined)
    throw new Refusal(
      422,
      `The step ${stepName} does not call ${name}`,
      'It may have been changed meanwhile.',
      {
        pointer: `${pointer}/call`,
      },
    )
  return { ...found, call, spot: spotOf(call.site) }
}

export function sameCall(
  draft: Draft,
  step: StepDeclaration,
  name: string,
): CallDeclaration | undefined {
  const meant = draft.operation(name).name
  return (
    step.calls.find(({ operation }) => operation === name) ??
    step.calls.find(({ operation }) => draft.operation(operation).name === meant)
  )
}

/** The number in a list before which something goes; its end where `before` is nothing. */
export function placeOf<Item>(
  items: readonly Item[],
  before: string | null | undefined,
  isIt: (item: Item, name: string) => boolean,
  what: string,
): number {
  if (before === undefined || before === null) return items.length
  const at = items.findIndex((item) => isIt(item, before))
  if (at === -1)
    throw new Refusal(
      422,
      `There is no ${what} ${before} here`,
      'It may have been changed meanwhile.',
      {
        pointer: '/before',
      },
    )
  return at
}

/** Moves an item of a list before another one. */
export function moveItem(draft: Draft, list: Spot, from: number, before: number): void {
  const to = before > from ? before - 1 : before
  if (to !== from) draft.change(list.file, { kind: 'move', path: list.path, from, to })
}

/** Only the values that are given, in the order of `names`. */
export function given<Name extends string>(
  values: Readonly<Partial<Record<Name, unknown>>>,
  names: readonly Name[],
): Record<string, Plain> {
  const result: Record<string, Plain> = {}
  for (const name of names) {
    const value = values[name]
    if (value !== undefined && value !== null) result[name] = value as Plain
  }
  return result
}

export const budgetOrder = ['p50', 'p75', 'p95', 'size'] as const
