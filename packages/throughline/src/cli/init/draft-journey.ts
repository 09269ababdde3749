import { fieldsOf, successResponse, type Operation } from '@throughline/core'
import type { Group } from './groups.ts'
import { idOf, wordsOf } from './names.ts'
import { needsOf, sendsOf } from './pick-fields.ts'
import { oneLine, scalar } from './yaml-text.ts'

export interface JourneyDraft {
  readonly id: string
  readonly title: string
  readonly steps: readonly StepDraft[]
}

interface StepDraft {
  readonly id: string
  readonly title: string
  readonly screen: string
  readonly operation: Operation
  readonly needs: readonly string[]
  readonly sends: readonly string[]
  /** What people see, by condition. */
  readonly states: ReadonlyMap<string, string>
}

const mostReads = 3

/**
 * A journey through a group of operations: screens that list and show things, then the one that makes a new one.
 * `undefined` where the group has nothing that a screen could show.
 */
export function draftJourney(group: Group, taken: ReadonlySet<string>): JourneyDraft | undefined {
  const base = idOf(group.tag) || idOf(group.api) || 'journey'
  const id = taken.has(base) ? idOf(`${group.api} ${group.tag}`) : base
  const usable = group.operations.filter((one) => !one.deprecated && isScreenworthy(one))
  const reads = storyOf(usable.filter((one) => one.method === 'GET' || one.method === 'query'))
  const writes = usable.filter(isWrite).toSorted(simplestFirst)
  const write = writes.find((one) => reads.some((read) => read.path === one.path)) ?? writes[0]
  const chosen = write === undefined ? reads : [...reads, write]
  if (chosen.length === 0) return undefined
  const ids = new Set<string>()
  return {
    id: taken.has(id) ? `${id}-${taken.size + 1}` : id,
    title: group.title,
    steps: chosen.map((operation) => draftStep(operation, ids)),
  }
}

/** Screens that follow from each other: a list, one thing of it, a part of that thing. */
function storyOf(reads: readonly Operation[]): readonly Operation[] {
  const sorted = reads.toSorted(simplestFirst)
  if (sorted[0]?.protocol === 'graphql') return sorted.slice(0, mostReads)
  const list = sorted.find(({ path }) => !path.endsWith('}')) ?? sorted[0]
  const details = sorted.filter((one) => one !== list && one.path.endsWith('}'))
  const detail =
    details.find(({ path }) => list !== undefined && path.startsWith(`${list.path}/{`)) ??
    details[0]
  const others = sorted.filter((one) => one !== list && one !== detail)
  const part =
    others.find(({ path }) => detail !== undefined && path.startsWith(`${detail.path}/`)) ??
    others[0]
  return [list, detail, part].filter((one) => one !== undefined).slice(0, mostReads)
}

function isWrite({ method }: Operation): boolean {
  return method === 'POST' || method === 'mutation'
}

function draftStep(operation: Operation, taken: Set<string>): StepDraft {
  // Operation ids often carry their tag before a slash: `repos/list-commits`.
  const short = operation.name.slice(operation.name.lastIndexOf('/') + 1)
  const base =
    (/^[A-Z]+ \//.test(operation.name)
      ? idOf(`${operation.method === 'GET' ? '' : operation.method} ${operation.path}`)
      : idOf(short)) || 'home'
  let id = base
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`
  taken.add(id)
  const needs = needsOf(fieldsOf(operation))
  return {
    id,
    title: oneLine(operation.title ?? '', 70) || wordsOf(base),
    screen: screenOf(operation),
    operation,
    needs,
    sends: isWrite(operation) ? sendsOf(operation) : [],
    states: statesOf(operation, needs),
  }
}

/** The journey as a file, with what a newcomer needs to know beside it. */
export function journeyText(draft: JourneyDraft, persona: string, first: boolean): string {
  const lines = [
    ...(first
      ? [
          '# A journey: what a person does, screen by screen, and what each screen needs from the APIs.',
          '# This is a first draft from the contract. Make it yours: rename, remove, reorder; `throughline check` tells what no longer fits.',
        ]
      : ['# A first draft from the contract: make it yours.']),
    `journey: ${draft.id}`,
    `title: ${scalar(draft.title)}`,
    `persona: ${scalar(persona)}`,
    ...(first
      ? [
          '# owner: web                             # a team of throughline.yaml: gaps reach somebody',
          '# goal: Find it within a minute',
        ]
      : []),
    'steps:',
  ]
  draft.steps.forEach((step, index) => lines.push(...stepLines(step, first && index === 0)))
  return `${lines.join('\n')}\n`
}

function stepLines(step: StepDraft, teach: boolean): readonly string[] {
  const note = (line: string, words: string): string =>
    teach ? `${line.padEnd(40)} # ${words}` : line
  const lines = [
    `  - step: ${step.id}`,
    `    title: ${scalar(step.title)}`,
    note(`    screen: ${scalar(step.screen)}`, 'the route in your UI; `:id` stands for any value'),
    ...(teach ? [note('    # budget: { p75: 1s }', 'how long people wait here at most')] : []),
    '    calls:',
    `      - operation: ${scalar(callOf(step.operation))}`,
  ]
  if (step.sends.length > 0)
    lines.push(
      note('        sends:', 'what the screen fills in'),
      ...step.sends.map((path) => `          - ${scalar(path)}`),
    )
  if (step.needs.length > 0) {
    lines.push(
      note('        needs:', 'the fields that the screen shows or decides on'),
      ...step.needs.map((path) => `          - ${scalar(path)}`),
    )
  }
  if (step.states.size > 0) {
    lines.push(note('        states:', 'what people see when it goes another way'))
    for (const [condition, show] of step.states)
      lines.push(`          ${condition}: { show: ${JSON.stringify(show)} }`)
  }
  return lines
}

/** How journeys name an operation: `store.getBasket`, or `store GET /basket` where it has no operationId. */
function callOf({ api, name }: Operation): string {
  return /^[A-Za-z]+ \//.test(name) ? `${api} ${name}` : `${api}.${name}`
}

function isScreenworthy(operation: Operation): boolean {
  return isWrite(operation)
    ? successResponse(operation) !== undefined
    : needsOf(fieldsOf(operation), 1).length > 0
}

/** Few parameters before many, short paths before long: the list before the thing before its parts. */
function simplestFirst(a: Operation, b: Operation): number {
  return weightOf(a) - weightOf(b)
}

function weightOf({ path, parameters }: Operation): number {
  const required = parameters().filter((one) => one.required).length
  return path.split('/').length * 2 + required * 3
}

function screenOf({ protocol, path, name }: Operation): string {
  if (protocol === 'graphql') return `/${idOf(name)}`
  const parts = path.split('/').filter((part) => part !== '' && !/^(api|rest|v\d+)$/i.test(part))
  return `/${parts.map((part) => part.replace(/\{([^}]+)\}/g, (_, parameter: string) => `:${/^\w+$/.test(parameter) ? parameter : idOf(parameter) || 'id'}`)).join('/')}`
}

const shows: Readonly<Record<string, string>> = {
  400: 'What was wrong, beside the field',
  402: 'What has to be paid, and how',
  404: 'It is not there any more, with a way back',
  409: 'Somebody else changed it meanwhile, with the newer version',
  410: 'It is gone for good, with a way back',
  412: 'Somebody else changed it meanwhile, with the newer version',
  413: 'It is too big, and how big it may be',
  415: 'This kind of file does not work, and which kinds do',
  422: 'The message beside the field',
  423: 'Somebody else is working on it',
}

/** States that `throughline.yaml` already says for the whole app. */
const appWide = new Set(['401', '403', '429', '5xx'])

function statesOf(operation: Operation, needs: readonly string[]): ReadonlyMap<string, string> {
  const states = new Map<string, string>()
  if (needs.some((path) => path.includes('[]')))
    states.set('empty', 'Nothing here yet, and what one can do about it')
  for (const { status } of operation.responses()) {
    const condition = status.toLowerCase()
    if (!/^4(\d\d|xx)$/.test(condition) || appWide.has(condition)) continue
    states.set(condition, shows[condition] ?? 'What went wrong, and what one can do now')
  }
  return states
}
