import {
  nodeOf,
  nodesOfKind,
  routerOf,
  type CallNode,
  type Graph,
  type Operation,
  type StateNode,
  type StepNode,
} from '@throughline/core'
import type { FaultKind } from './fault.ts'

/** What a workspace knows of a screen and of a call that it makes. */
export interface Promised {
  /** Screens of journeys that can be opened as they are: those without a name in their path. */
  readonly screens: readonly string[]
  /** The screen of a cell's step, where it can be opened as it is. */
  readonly screenOf: (cell: string) => string | undefined
  /** The pattern of a journey's screen that a path is of: `/products/:productId`. */
  readonly pattern: (path: string) => string | undefined
  /** The step and its call, where a journey has them; the operation's name where only a contract has it. */
  readonly call: (
    screen: string,
    method: string,
    url: string,
    graphql?: string,
  ) => PromisedCall | undefined
}

export interface PromisedCall {
  /** `store.getBasket` */
  readonly operation: string
  /** `checkout/basket`; `undefined` where no step on this screen makes the call. */
  readonly step: string | undefined
  /** Whether a step on this screen needs something of the answer; `undefined` where no journey has the screen. */
  readonly needed: boolean | undefined
  /** Fields that are needed. */
  readonly fields: readonly string[]
  /** Whether a path is a screen of a step that comes after: there, the journey has gone on. */
  readonly advances: (path: string) => boolean
  /** Whether the journey, or the app's own rules, say what people see then. */
  readonly decided: (condition: string) => boolean
  /** What people are to see, by the journey or the app's own rules. */
  readonly shows: (fault: FaultKind) => string | undefined
}

/** The promises of a workspace's journeys, asked by what a browser sees: screens and requests. */
export function promisedBy(graph: Graph): Promised {
  const steps = [...nodesOfKind(graph, 'step')]
  const routers = graph.apis.flatMap(({ name, contract }) =>
    contract?.protocol === 'rest'
      ? [{ name, router: routerOf(contract.operations, contract.basePaths) }]
      : [],
  )
  return {
    screens: [
      ...new Set(
        steps.flatMap(({ screen }) =>
          screen === undefined || /[:{*]/.test(screen) || !screen.startsWith('/') ? [] : [screen],
        ),
      ),
    ],
    screenOf: (cell) => {
      const screen = steps.find(({ name }) => cell.startsWith(`${name}/`))?.screen
      return screen === undefined || /[:{*]/.test(screen) ? undefined : screen
    },
    pattern: (path) => steps.find((step) => isOn(step, path))?.screen,
    call(screen, method, url, graphql) {
      const here = steps.filter((step) => isOn(step, screen))
      const operation = operationOf(method, url)
      const [step, call] = callOf(here, operation, graphql) ?? []
      const name =
        call?.name ?? (operation === undefined ? undefined : `${operation.api}.${operation.name}`)
      if (name === undefined) return undefined
      return {
        operation: name,
        step: step?.name,
        needed: here.length === 0 ? undefined : (call?.needs.length ?? 0) > 0,
        fields: (call?.needs ?? []).flatMap((id) => {
          const path = nodeOf(graph, 'need', id)?.path
          return path === undefined || path.startsWith('header:') ? [] : [path]
        }),
        advances: (path) =>
          step !== undefined &&
          steps.some(
            (other) =>
              other.name !== step.name &&
              other.name.split('/')[0] === step.name.split('/')[0] &&
              steps.indexOf(other) > steps.indexOf(step) &&
              isOn(other, path) &&
              !isOn(step, path),
          ),
        decided: (condition) =>
          graph.appStates.has(condition) ||
          statesOf(step, call).some((one) => one.condition === condition),
        shows: (fault) => shown(fault, step, call),
      }
    },
  }

  function operationOf(method: string, url: string): Operation | undefined {
    const { pathname, search } = new URL(url)
    for (const { name, router } of routers) {
      const inner = pathname.startsWith(`/${name}/`) ? pathname.slice(name.length + 1) : undefined
      for (const path of inner === undefined ? [pathname] : [inner, pathname]) {
        const match = router.match(method, path, search.slice(1))
        if (match.kind === 'found') return match.operation
      }
    }
    return undefined
  }

  function callOf(
    here: readonly StepNode[],
    operation: Operation | undefined,
    graphql: string | undefined,
  ): readonly [StepNode, CallNode] | undefined {
    for (const step of here)
      for (const id of step.calls) {
        const call = nodeOf(graph, 'call', id)
        if (call === undefined) continue
        if (operation !== undefined && call.operation === operation.id) return [step, call]
        if (graphql !== undefined && call.name.endsWith(`.${graphql}`)) return [step, call]
      }
    return undefined
  }

  function statesOf(step?: StepNode, call?: CallNode): readonly StateNode[] {
    return [...(call?.states ?? []), ...(step?.states ?? [])].flatMap((id) => {
      const state = nodeOf(graph, 'state', id)
      return state === undefined ? [] : [state]
    })
  }

  function shown(fault: FaultKind, step?: StepNode, call?: CallNode): string | undefined {
    const states = statesOf(step, call)
    for (const condition of conditions[fault]) {
      const state = states.find((one) => one.condition === condition)
      const show = state?.show ?? graph.appStates.get(condition)?.show
      if (show !== undefined) return show
    }
    return undefined
  }
}

/** The condition under `states` that a fault is, the nearest first. */
export const conditions: Readonly<Record<FaultKind, readonly string[]>> = {
  '500': ['500', '5xx'],
  '401': ['401', '4xx'],
  '404': ['404', '4xx'],
  reset: ['offline'],
  hang: ['timeout'],
  slow: ['loading'],
  'bad-json': ['invalid'],
  'empty-object': ['invalid'],
  nulls: ['partial'],
  'empty-list': ['empty'],
  huge: [],
  missing: ['partial'],
  null: ['partial'],
  empty: ['partial'],
  long: [],
  rtl: [],
  unlisted: [],
}

/** Whether a step's screen, a pattern such as `/orders/:id`, is the one at this path. */
function isOn({ screen }: StepNode, path: string): boolean {
  if (screen === undefined) return false
  const wanted = screen.replace(/^#/, '').split('/').filter(Boolean)
  const given = path
    .replace(/^.*#!?/, '')
    .replace(/[?].*$/, '')
    .split('/')
    .filter(Boolean)
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => /^[:{]/.test(segment) || segment === given[index])
  )
}
