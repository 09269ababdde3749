import type { Graph } from '../2-link/graph.ts'

/** What tests have shown, as the pages tell it. Times are RFC 3339. */
export interface DocsEvidence {
  /** The last `throughline test` of this workspace. */
  readonly tested?: TestedRun
  /** Which statuses were ever reached, by operation (`store.getBasket`): from `reached/`. */
  readonly reached: ReadonlyMap<string, readonly string[]>
  /** Pictures of states that somebody really saw, by `checkout/basket` and condition with a line break between. */
  readonly seen: ReadonlyMap<string, SeenState>
}

export interface TestedRun {
  readonly at: string
  readonly target: string
  /** By operation: what it answered and how many findings there were. */
  readonly operations: ReadonlyMap<
    string,
    { readonly statuses: readonly string[]; readonly findings: readonly string[] }
  >
}

export interface SeenState {
  readonly at: string
  /** What is not as promised; empty where all is. */
  readonly problems: readonly string[]
  /** A picture beside the evidence, by its name among the files of the site. */
  readonly picture?: string
}

export const noEvidence: DocsEvidence = { reached: new Map(), seen: new Map() }

export function seenKey(step: string, condition: string): string {
  return `${step}\n${condition}`
}

/** `22 November 2026`; the text itself where it is no time. */
export function dayOf(at: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime())
    ? at.slice(0, 40)
    : date.toLocaleDateString('en-GB', {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        timeZone: 'UTC',
      })
}

/** A test run as `throughline test` writes it down; `undefined` where a text is none. What the graph does not know is left out. */
export function testedFrom(text: string, graph: Graph): TestedRun | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isMap(value) || value['version'] !== 1 || !isMap(value['operations'])) return undefined
  const { at, target } = value
  if (typeof at !== 'string' || typeof target !== 'string') return undefined
  const operations = new Map<
    string,
    { readonly statuses: readonly string[]; readonly findings: readonly string[] }
  >()
  for (const [name, one] of Object.entries(value['operations'])) {
    if (!isMap(one) || !graph.nodes.has(`op:${name}`)) continue
    operations.set(name, {
      statuses: textsIn(one['statuses'], 10),
      findings: textsIn(one['findings'], 300),
    })
  }
  return { at: at.slice(0, 40), target: target.slice(0, 300), operations }
}

function textsIn(value: unknown, most: number): readonly string[] {
  return Array.isArray(value)
    ? value
        .filter((one): one is string => typeof one === 'string')
        .slice(0, 50)
        .map((one) => one.slice(0, most))
    : []
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
