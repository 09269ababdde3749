import type { SurveyDeclaration } from '../1-parse/declarations.ts'
import type { ApiNode, Graph, StepNode } from '../2-link/graph.ts'
import { nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { Operation } from '../operation/operation.ts'
import { pageSelector } from './page-selector.ts'

/** What the page's script is told of a graph. Expressions are sources of regular expressions; the parts are described in the script's own `Configuration`. */
export interface PageConfiguration {
  readonly routes: readonly (readonly [expression: string, pattern: string, ...steps: string[]])[]
  readonly apis: readonly PageApi[]
  readonly states: Readonly<Record<string, readonly PageState[]>>
  readonly trace: readonly string[]
  readonly surveys: readonly PageSurvey[]
  readonly delays: readonly (readonly [
    operation: string,
    doses: readonly number[],
    share: number,
  ])[]
  readonly shares: readonly [watched: number, states: number, reads: number]
}
type PageApi = readonly [
  base: string,
  routes: readonly (readonly [method: string, expression: string, operation: string])[],
  documents?: Readonly<Record<string, string>>,
]
type PageState = readonly [
  condition: string,
  operation: string,
  ends: string,
  css: string,
  text: string,
]
type PageSurvey = readonly [
  id: string,
  on: 'step' | 'error' | 'slow',
  step: string,
  over: number,
  share: number,
  panel: {
    readonly question: string
    readonly scale?: SurveyDeclaration['scale']
    readonly text?: string
    readonly words: SurveyDeclaration['words']
    readonly days: number
  },
]

export interface PageConfigurationOptions {
  /** Where the mock is: its origin may be sent `traceparent`. */
  readonly mockUrl?: string
  /** Other origins that may. */
  readonly trace?: readonly string[]
  /** Shares from 0 to 1. */
  readonly sample?: number
  readonly states?: number
  readonly reads?: number
  /** How many have answered a survey already: one whose quota is reached is not asked any more. */
  readonly answered?: (survey: string) => number
  readonly experiments?: readonly SpeedExperiment[]
}

/** An extra delay on one operation for a share of sessions; as many others are noted to compare with. */
export interface SpeedExperiment {
  /** `store.getBasket` */
  readonly operation: string
  /** The longest extra delay, milliseconds: sessions get a quarter, a half, three quarters or all of it. */
  readonly delay: number
  /** Of sessions that are held up, from 0 to 0.5. */
  readonly share: number
}

/** No page is given more operations than this: those that journeys call come first. */
const mostOperations = 300

/** What the page's script needs to turn addresses into the ids of the graph, so that no address ever leaves the page. */
export function pageConfiguration(
  graph: Graph,
  options: PageConfigurationOptions = {},
): PageConfiguration {
  const { mockUrl, trace = [], sample = 1, states = 1, reads = 0 } = options
  const chosen = operationsOf(graph)
  return {
    routes: routesOf(graph),
    apis: graph.apis.flatMap((api) => {
      const found = apiOf(api, chosen, graph.apis.length === 1, mockUrl)
      return found === undefined ? [] : [found]
    }),
    states: statesOf(graph),
    trace: [...new Set([...(mockUrl === undefined ? [] : [mockUrl]), ...trace].flatMap(originOf))],
    surveys: graph.declarations.surveys
      .filter(
        ({ id, quota, share }) =>
          share > 0 && !((options.answered?.(id) ?? 0) >= (quota ?? Infinity)),
      )
      .map((survey) => surveyOf(survey)),
    delays: (options.experiments ?? []).map(({ operation, delay, share }) => [
      operation,
      [0, 0, 0, 0, ...[1, 2, 3, 4].map((dose) => (Math.max(0, delay) * dose) / 4)],
      Math.min(Math.max(share, 0), 0.5) / 4,
    ]),
    shares: [sample, states, reads],
  }
}

function routesOf(graph: Graph): PageConfiguration['routes'] {
  const steps = new Map<string, string[]>()
  for (const { screen, name } of nodesOfKind(graph, 'step')) {
    // A screen may be written with a hash or a query: what names the step is its path.
    const pattern = screen?.replace(/^#!?|[?].*$/g, '')
    if (pattern?.startsWith('/') !== true) continue
    const names = steps.get(pattern) ?? []
    steps.set(pattern, [...names, name])
  }
  return [...steps]
    .toSorted(([a], [b]) => byLiteral(a, b))
    .map(([pattern, names]) => [expressionOf(pattern), pattern, ...names])
}

function operationsOf(graph: Graph): ReadonlySet<Operation> {
  const chosen = new Set<Operation>()
  for (const { operation } of nodesOfKind(graph, 'call')) {
    const found = operation && nodeOf(graph, 'operation', operation)
    if (found !== undefined) chosen.add(found)
  }
  for (const operation of nodesOfKind(graph, 'operation')) {
    if (chosen.size >= mostOperations) break
    chosen.add(operation)
  }
  return chosen
}

function apiOf(
  { name, contract, environments }: ApiNode,
  chosen: ReadonlySet<Operation>,
  only: boolean,
  mockUrl: string | undefined,
): PageApi | undefined {
  if (contract === undefined) return undefined
  const mocked = mockUrl === undefined ? [] : [`${mockUrl}/${name}`, ...(only ? [mockUrl] : [])]
  const bases = [
    ...environments.values(),
    ...contract.servers,
    ...mocked.flatMap((base) => [base, ...contract.basePaths.map((path) => base + path)]),
    // Behind the page's own origin: `/api`.
    ...contract.basePaths.filter((path) => path !== '' || contract.servers.length === 0),
  ]
    .map((base) => base.replace(/\/+$/, ''))
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
  if (bases.length === 0) return undefined
  const base = `^(?:${[...new Set(bases)].map(escaped).join('|')})(/.*|$)`
  const own = [...chosen].filter((one) => one.api === name)
  if (contract.protocol === 'graphql')
    return [
      base,
      [],
      Object.fromEntries(
        (contract.graphql?.documents ?? []).map(({ name: document, fields }) => [
          document,
          `${name}.${fields[0] ?? document}`,
        ]),
      ),
    ]
  return [
    base,
    own
      .toSorted((a, b) => byLiteral(a.path, b.path))
      .map((one) => [one.method, expressionOf(one.path), `${name}.${one.name}`]),
  ]
}

function statesOf(graph: Graph): PageConfiguration['states'] {
  const everywhere = [...graph.appStates].flatMap(([condition, { test }]) =>
    stateOf(condition, '', test),
  )
  const all: [string, readonly PageState[]][] = []
  for (const step of nodesOfKind(graph, 'step')) {
    const own = statesOfStep(graph, step)
    if (own.length > 0)
      all.push([step.name, [...own, ...everywhere].map((state) => withoutOthers(state, own))])
  }
  return Object.fromEntries(everywhere.length === 0 ? all : [...all, ['*', everywhere]])
}

/** A class of answers where the step has a word of its own for some of them: a 503 is not seen as a 5xx as well. */
function withoutOthers(state: PageState, all: readonly PageState[]): PageState {
  const [condition, operation, ends, css, text] = state
  if (!/^\dxx$/i.test(condition)) return state
  const others = all.flatMap(([name, of]) =>
    /^\d{3}$/.test(name) && name[0] === condition[0] && (operation === '' || of === operation)
      ? [name]
      : [],
  )
  return others.length === 0
    ? state
    : [condition, operation, `(?!${[...new Set(others)].join('|')})${ends}`, css, text]
}

function statesOfStep(graph: Graph, step: StepNode): readonly PageState[] {
  const calls = step.calls.flatMap((id) => nodeOf(graph, 'call', id) ?? [])
  return [
    ...calls.flatMap((call) =>
      call.states.flatMap((id) => {
        const state = nodeOf(graph, 'state', id)
        const operation = call.operation?.slice('op:'.length) ?? ''
        return state === undefined ? [] : stateOf(state.condition, operation, state.test)
      }),
    ),
    ...step.states.flatMap((id) => {
      const state = nodeOf(graph, 'state', id)
      return state === undefined ? [] : stateOf(state.condition, '', state.test)
    }),
  ]
}

function stateOf(
  condition: string,
  operation: string,
  test: string | undefined,
): readonly PageState[] {
  // What remains when part of an answer is missing is there on a good day too: a page can't tell.
  const selector = test === undefined || condition === 'partial' ? undefined : pageSelector(test)
  return selector === undefined
    ? []
    : [[condition, operation, endsOf(condition), selector.css, selector.text]]
}

/** How a call must have ended for a condition: its status, or `w` waits, `t` timeout, `a` given up, `e` no answer. */
function endsOf(condition: string): string {
  if (condition === 'loading') return 'w'
  if (condition === 'timeout') return 't|a'
  if (condition === 'offline') return 'e'
  if (/^\d/.test(condition)) return condition.toLowerCase().replaceAll('x', '.')
  return condition.startsWith('problem') ? '[45]..' : '2..'
}

function surveyOf(survey: SurveyDeclaration): PageSurvey {
  const { id, ask, step = '', over, share, question, scale, text, words, throttle } = survey
  const on = (
    { 'after-step': 'step', 'after-error': 'error', 'after-slow-answer': 'slow' } as const
  )[ask]
  return [
    id,
    on,
    step,
    on === 'slow' ? over : 0,
    share,
    {
      question,
      ...(scale !== undefined && { scale }),
      ...(text !== undefined && { text }),
      words,
      days: throttle / 86_400_000,
    },
  ]
}

/** `/orders/:id` and `/orders/{id}` as an expression. */
function expressionOf(pattern: string): string {
  const path = pattern.split('?')[0]!.replace(/\/+$/, '')
  return `^${path
    .split(/(:\w+|\{[^}]*\})/)
    .map((part, index) => (index % 2 === 1 ? '[^/]+' : escaped(part)))
    .join('')}/?$`
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Literal text before parameters, so that the first that fits is the right one. */
function byLiteral(a: string, b: string): number {
  const key = (path: string): string => path.replace(/:\w+|\{[^}]*\}/g, '\uffff')
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
}

function originOf(address: string): readonly string[] {
  return /^https?:\/\/[^/?#]+/i.exec(address)?.slice(0, 1) ?? []
}
