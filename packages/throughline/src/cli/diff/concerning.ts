import {
  changeReport,
  closest,
  nameOf,
  nodesOfKind,
  type Graph,
  type Report,
} from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'

/**
 * Only what touches a persona or a team: steps of their journeys, and for a team its own APIs. The summary, and with it the exit status, is
 * of these alone.
 */
export function concerning(report: Report, graph: Graph, who: string): Report {
  const wanted = who.trim().toLowerCase()
  const known = new Set<string>()
  const journeys = new Set<string>()
  for (const { name, owner, persona } of nodesOfKind(graph, 'journey')) {
    const names = [owner, persona && nameOf(persona)].filter((one) => one !== undefined)
    const declared = [...nodesOfKind(graph, 'persona')].find((one) => one.id === persona)
    const title = declared?.declaration.title
    if (title !== undefined) names.push(title)
    for (const one of names) {
      known.add(one)
      if (one.toLowerCase() === wanted) journeys.add(name)
    }
  }
  const apis = new Set<string>()
  for (const { name, owner } of graph.apis) {
    if (owner !== undefined) known.add(owner)
    if (owner?.toLowerCase() === wanted) apis.add(name)
  }
  for (const { id } of graph.declarations.workspace.teams) known.add(id)
  if (![...known].some((one) => one.toLowerCase() === wanted)) {
    const [best] = closest(who, known, 1)
    const advice =
      best !== undefined
        ? ` Did you mean \`${best}\`?`
        : known.size > 0
          ? ` There are ${[...known].slice(0, 8).join(', ')}.`
          : ''
    throw new CannotRun('TL9003', `There is no persona or team \`${who}\`.${advice}`)
  }
  const changes = report.changes.filter(
    ({ api, impact, subjects }) =>
      (api !== undefined && apis.has(api)) ||
      impact.some(({ step, owner }) => journeys.has(step.split('/')[0]!) || owner === who) ||
      subjects.some(
        (id) => /^(?:step|journey):/.test(id) && journeys.has(nameOf(id).split('/')[0]!),
      ),
  )
  return changeReport(changes)
}
