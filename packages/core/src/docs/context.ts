import type { Graph } from '../2-link/graph.ts'
import type { UsedBy } from '../reference/reference.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Report } from '../diff/change.ts'
import type { DocsEvidence } from './evidence.ts'
import { pageWord, type PagePaths } from './page-paths.ts'
import type { Audience, Inline, Text } from './page.ts'

/** One version in the history of the contracts: what changed since the one before. */
export interface DocsRelease {
  readonly name: string
  /** RFC 3339. */
  readonly at: string
  readonly report: Report
}

/** What every page is made from. */
export interface DocsContext {
  readonly graph: Graph
  readonly paths: PagePaths
  readonly audience: Audience
  readonly diagnostics: readonly Diagnostic[]
  readonly evidence: DocsEvidence
  readonly releases: readonly DocsRelease[]
}

/** Whether pages say something about journeys: people outside of the house read of the API alone. */
export function showsJourneys({ audience }: DocsContext): boolean {
  return audience !== 'public'
}

/** Whether an API's operations have pages of their own. */
export function showsReference({ audience }: DocsContext): boolean {
  return audience !== 'ux'
}

/** The anchor of a step on its journey's page. */
export function stepAnchor(step: string): string {
  return pageWord(step.slice(step.indexOf('/') + 1))
}

/** The anchor of a field of an answer on its operation's page: of its row there, where it has one. */
export function fieldAnchor(part: string, path: string): string {
  return `f-${`${part} ${path}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')}`
}

/** A step with the dash of its line, leading to where it is told. */
export function station({ paths }: DocsContext, user: UsedBy): Inline {
  const to = paths.journeys.get(user.journey)
  return to === undefined
    ? user.title
    : { kind: 'station', line: user.line, to, anchor: stepAnchor(user.step), text: user.title }
}

/** Several steps, one after the other. */
export function stations(context: DocsContext, users: readonly UsedBy[]): Text {
  const once = [...new Map(users.map((one) => [one.step, one])).values()]
  return separated(once.map((one) => station(context, one)))
}

export function separated(items: readonly Inline[], by = ' '): Text {
  return items.flatMap((one, index) => (index === 0 ? [one] : [by, one]))
}

/** An operation by its name, leading to its page where the audience has one. */
export function operationLink(context: DocsContext, name: string, text = name): Inline {
  const to = context.paths.operations.get(name)
  return to === undefined || !showsReference(context)
    ? { kind: 'code', text }
    : { kind: 'page', to, text }
}

/** `1.2 s`, `300 ms`. */
export function duration(ms: number): string {
  return ms >= 1000 ? `${Number((ms / 1000).toFixed(1))} s` : `${Math.round(ms)} ms`
}

/** `3 steps`, `1 step`. */
export function many(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`
}
