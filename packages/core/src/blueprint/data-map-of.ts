import type { Graph, StepNode } from '../2-link/graph.ts'
import { linkedCalls, operationName } from '../3-check/of-call.ts'
import { lineageOf } from '../lineage/lineage-of.ts'
import type { LineageEntry } from '../lineage/lineage.ts'
import { lineageWithin, type LineageFilter } from '../lineage/lineage-within.ts'
import type { DataCaller, DataMap, DataRow } from './data-map.ts'
import { stepsOf } from './journey-line.ts'
import { stepPlaces } from './step-places.ts'
import { diagnosticsAddress, operationAddress, stepAddress } from './studio-address.ts'

/** So many rows are sent at most. */
const most = 1000

/** Where classified data goes: who sees which field on which step, why, under which rule, and what nobody needs. */
export function dataMapOf(graph: Graph, filter: LineageFilter = {}): DataMap {
  const whole = lineageOf(graph)
  const { entries } = lineageWithin(whole, filter)
  const draw = drawer(graph)
  const screens = whole.entries.flatMap((one) => one.screens)
  const owners = [...whole.entries, ...screens].flatMap((one) => one.owner ?? [])
  const seen = new Set(screens.map((one) => one.step))
  const isSeen = (step: StepNode): boolean => seen.has(step.name)
  return {
    name: whole.name,
    classes: whole.classes,
    entries: entries
      .toSorted((a, b) => urgency(a) - urgency(b))
      .slice(0, most)
      .map(draw),
    matching: entries.length,
    total: whole.entries.length,
    unneeded: whole.entries.filter((one) => one.unneeded).length,
    broken: whole.entries.filter((one) => one.broken !== undefined).length,
    choices: {
      personas: [...new Set(screens.flatMap((one) => one.persona ?? []))],
      journeys: graph.journeys
        .filter((journey) => stepsOf(graph, journey).some(isSeen))
        .map(({ name, title }) => ({ name, title })),
      owners: [...new Set(owners)].toSorted(),
    },
  }
}

function urgency({ unneeded, broken }: LineageEntry): number {
  return unneeded ? 0 : broken === undefined ? 2 : 1
}

function drawer(graph: Graph): (entry: LineageEntry) => DataRow {
  const callers = new Map<string, DataCaller[]>()
  const steps = stepPlaces(graph)
  for (const { step, operation } of linkedCalls(graph)) {
    const name = operationName(operation)
    const caller = steps.get(step.name)
    const known = callers.get(name) ?? []
    if (caller !== undefined && !known.includes(caller)) callers.set(name, [...known, caller])
  }
  return ({ screens, ...entry }) => ({
    ...entry,
    url: operationAddress(
      entry.operation,
      entry.place === 'response' && entry.direction === 'returned' ? entry.path : undefined,
    ),
    screens: screens.flatMap((screen) => {
      const place = steps.get(screen.step)
      if (place === undefined) return []
      const { need } = screen
      const url =
        need === undefined
          ? place.url
          : stepAddress(
              { name: screen.step, step: screen.step.slice(screen.step.lastIndexOf('/') + 1) },
              { need },
            )
      return [{ ...screen, line: place.line, url }]
    }),
    callers: entry.unneeded ? (callers.get(entry.operation) ?? []) : [],
    ...(entry.code !== undefined && { problem: diagnosticsAddress({ code: entry.code }) }),
  })
}
