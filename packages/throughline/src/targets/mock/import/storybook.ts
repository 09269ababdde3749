import { lossBook, nodeOf, nodesOfKind } from '@throughline/core'
import type { Graph, LossReport, StateNode, StepNode } from '@throughline/core'
import { part, slug, textPart } from './parts.ts'

/** One story that shows a step, or a state of it. */
export interface StoryPlace {
  /** `basket--empty` */
  readonly story: string
  /** `Basket/Empty` */
  readonly name: string
  /** `checkout/basket` */
  readonly step: string
  /** None where it shows the step on a good day. */
  readonly condition?: string
  /** The call whose state it is, where it is not the step's. */
  readonly call?: string
  readonly url: string
}

/** Whether a value is the `index.json` of a Storybook (version 4 or 5), or the `stories.json` before it (3). */
export function isStorybook(value: unknown): boolean {
  return (
    typeof part(value, 'v') === 'number' &&
    (isObject(part(value, 'entries')) || isObject(part(value, 'stories')))
  )
}

/**
 * Which story shows which state of which step. The title names the step (its id, title or screen), the name the state: by condition
 * (`404`), by a usual word (`Empty`, `Loading`, `Error`) or by what people see there. `base` is where the Storybook is served.
 */
export function storyPlaces(
  index: unknown,
  graph: Graph,
  base: string,
): { readonly places: readonly StoryPlace[]; readonly loss: LossReport } {
  const book = lossBook()
  const places = new Map<string, StoryPlace>()
  const steps = [...nodesOfKind(graph, 'step')]
  const entries = part(index, 'entries') ?? part(index, 'stories')
  const all = isObject(entries) ? Object.values(entries) : []
  if (all.length > mostStories)
    book.note('dropped', `${all.length - mostStories} stories`, `only ${mostStories} are looked at`)
  for (const entry of all.slice(0, mostStories)) {
    const [story, title, own] = [
      textPart(entry, 'id'),
      textPart(entry, 'title'),
      textPart(entry, 'name'),
    ]
    const name = `${title}/${own}`
    if (textPart(entry, 'type') === 'docs') {
      book.note('dropped', name, 'a page of documentation')
      continue
    }
    if (!/^[\w-]{1,300}$/.test(story) || title === '') {
      book.note('dropped', name, 'it has no id or no title')
      continue
    }
    const [step, rest] = stepOf(steps, title, own)
    if (step === undefined) {
      book.note('dropped', name, 'no step is called so')
      continue
    }
    const found = stateOf(graph, step, rest)
    if (found === undefined) {
      book.note('dropped', name, `${step.name} has no state that it could show`)
      continue
    }
    const place: StoryPlace = {
      story,
      name,
      step: step.name,
      url: `${base}/?path=/story/${story}`,
      ...(found !== 'good' && { condition: found.condition }),
      ...(found !== 'good' && found.call !== undefined && { call: found.call }),
    }
    const key = JSON.stringify([place.step, place.call, place.condition])
    const design = found === 'good' ? step.design : found.design
    const where = [place.step, place.call, place.condition].filter(Boolean).join('/')
    if (places.has(key)) book.note('dropped', name, `${where} has a story already`)
    else if (design !== undefined && design !== place.url)
      book.note('dropped', name, `${where} has another design`)
    else {
      places.set(key, place)
      book.note('taken', name, where)
    }
  }
  return { places: [...places.values()], loss: book.report() }
}

const mostStories = 20_000

type Found =
  | 'good'
  | { readonly condition: string; readonly call?: string; readonly design?: string }

/** The step that a title means, and what is left to say the state: `Shop/Basket` + `Empty`, or `checkout/basket: empty`. */
function stepOf(
  steps: readonly StepNode[],
  title: string,
  name: string,
): readonly [StepNode | undefined, string] {
  const written = /^([^:]{1,300}): (.*)$/s.exec(name)
  const exact = written && steps.find((one) => one.name === written[1])
  if (exact) return [exact, written[2]!]
  const parts = title.split('/').map((one) => slug(one, ''))
  const last = parts.at(-1) ?? ''
  const before = parts.at(-2) ?? ''
  const fits = steps.filter((one) =>
    [one.step, one.title, one.screen ?? ''].some((word) => {
      const own = slug(word, '')
      return (
        own !== '' &&
        last.replace(/-(page|screen|view|step)$/, '') ===
          own.replace(/-(page|screen|view|step)$/, '')
      )
    }),
  )
  const named = fits.filter((one) => slug(one.name.split('/')[0]!, '') === before)
  return [named[0] ?? (fits.length === 1 ? fits[0] : undefined), name]
}

function stateOf(graph: Graph, step: StepNode, name: string): Found | undefined {
  const states: { readonly state: StateNode; readonly call?: string }[] = [
    ...step.states.map((id) => ({ id })),
    ...step.calls.flatMap((callId) => {
      const call = nodeOf(graph, 'call', callId)
      return call?.states.map((id) => ({ id, call: call.name })) ?? []
    }),
  ].flatMap(({ id, ...of }) => {
    const state = nodeOf(graph, 'state', id)
    // What the workspace says for every screen is designed there, not here.
    return state === undefined ? [] : [{ state, ...of }]
  })
  const given = name.split('/')
  const condition = given.at(-1)!.trim().toLowerCase()
  const call = given.length > 1 ? given.slice(0, -1).join('/') : undefined
  const words = slug(name, '')
  const wanted = [condition, ...(usual.find(([word]) => word.test(words))?.[1] ?? [])]
  const fits =
    wanted
      .map((one) =>
        states.find(
          ({ state, call: of }) => state.condition === one && (call === undefined || of === call),
        ),
      )
      .find((one) => one !== undefined) ??
    states.find(({ state }) => state.show !== undefined && slug(state.show, '') === words)
  if (fits !== undefined) {
    const { state, call: of } = fits
    return {
      condition: state.condition,
      ...(of !== undefined && { call: of }),
      ...(state.design !== undefined && { design: state.design }),
    }
  }
  return good.test(words) ? 'good' : undefined
}

const good =
  /^(a-good-day|default|primary|basic|base|happy|happy-path|success|loaded|filled|ready|with-(items|data)|playground|example)$/

/** What people call a state, and the conditions that it can be, the likeliest first. */
const usual: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(is-)?(loading|skeleton|pending|busy|fetching)(-state)?$/, ['loading']],
  [/^(is-)?(empty|no-(items|data|results)|zero|blank)(-state)?$/, ['empty']],
  [/^(partial|incomplete)(-state)?$/, ['partial']],
  [/^(timeout|timed-out|slow|too-slow)(-state)?$/, ['timeout']],
  [/^(offline|no-connection|disconnected)(-state)?$/, ['offline']],
  [
    /^(invalid|validation(-error)?|form-error|with-errors)(-state)?$/,
    ['invalid', '422', '400', '4xx'],
  ],
  [/^(not-found|missing|gone)(-state)?$/, ['404', '410', '4xx']],
  [/^(unauthori[sz]ed|signed-out|logged-out)(-state)?$/, ['401', '4xx']],
  [/^(forbidden|no-access)(-state)?$/, ['403', '4xx']],
  [/^(conflict)(-state)?$/, ['409', '4xx']],
  [/^(declined|payment-declined)(-state)?$/, ['402', '4xx']],
  [/^(rate-limited|too-many-requests)$/, ['429', '4xx']],
  [/^(maintenance|unavailable|service-unavailable)$/, ['503', '5xx']],
  [/^((server-)?error|failed|failure|broken|with-error)(-state)?$/, ['5xx', '500', '503', '4xx']],
]

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
