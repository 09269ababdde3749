import { nodeOf } from '../2-link/ask.ts'
import type { Graph, StepNode } from '../2-link/graph.ts'
import { linkedCalls, operationName } from '../3-check/of-call.ts'
import { lineageOf, originOfEntry } from '../lineage/lineage-of.ts'
import type { LineageEntry, LineageScreen } from '../lineage/lineage.ts'
import type { Origin } from '../text/origin.ts'
import type { Change, DiffOptions, Impact } from './change.ts'
import { fingerprintOf } from './fingerprint.ts'
import { levelOf } from './level-of.ts'
import { ruleOf, type OtherCode } from './rules.ts'
import { filled } from './sentence-of.ts'

/**
 * Where classified data goes further than before: returned anew, shown on a screen that did not show it, or returned although no
 * screen needs it any more. Told only where both graphs have journeys: without them nobody knows who sees what.
 */
export function lineageChanges(
  before: Graph,
  after: Graph,
  options: DiffOptions,
): readonly Change[] {
  if (before.journeys.length === 0 || after.journeys.length === 0) return []
  const known = new Map(lineageOf(before).entries.map((one) => [keyOf(one), one]))
  const told = lineageOf(after).entries.flatMap((entry) => toldOf(known.get(keyOf(entry)), entry))
  if (told.length === 0) return []
  const places: Places = { before, after, callers: callersOf(after) }
  return told.map((one) => changeOf(one, places, options))
}

interface Told {
  readonly code: OtherCode
  readonly before: LineageEntry | undefined
  readonly after: LineageEntry
  /** The screen that shows it now. */
  readonly screen?: LineageScreen
}

function toldOf(before: LineageEntry | undefined, after: LineageEntry): readonly Told[] {
  if (after.direction !== 'returned') return []
  const shown = new Set(before?.screens.map((one) => one.step))
  const told = new Map<string, Told>()
  for (const screen of after.screens)
    if (!shown.has(screen.step) && !told.has(screen.step))
      told.set(screen.step, { code: 'data-shown', before, after, screen })
  if (before === undefined)
    told.set('', {
      code: after.unneeded ? 'data-returned-for-nobody' : 'data-returned',
      before,
      after,
    })
  else if (after.unneeded && !before.unneeded && before.screens.length > 0)
    told.set('', { code: 'data-no-longer-needed', before, after })
  return [...told.values()]
}

function keyOf({ operation, place, path, class: name }: LineageEntry): string {
  return `${operation} ${place} ${path} ${name}`
}

interface Places {
  readonly before: Graph
  readonly after: Graph
  /** The steps that call an operation. */
  readonly callers: ReadonlyMap<string, readonly StepNode[]>
}

function callersOf(graph: Graph): Places['callers'] {
  const calls = Map.groupBy(linkedCalls(graph), ({ operation }) => operationName(operation))
  return new Map(
    [...calls].map(([name, found]) => [name, [...new Set(found.map(({ step }) => step))]]),
  )
}

function changeOf(told: Told, places: Places, options: DiffOptions): Change {
  const { code, after: entry, screen } = told
  const rule = ruleOf(code)
  const { operation, path, class: name, api } = entry
  const step = screen?.step
  const who = screen?.persona === undefined ? '' : ` (${screen.persona})`
  const words = { name: `\`${step ?? operation}\`${who}`, at: `\`${path}\``, to: `\`${name}\`` }
  const impact = impactOf(told, places)
  const steps = [...new Set(impact.map((one) => one.step))]
  const [method = '', ...url] = entry.request.split(' ')
  return {
    fingerprint: fingerprintOf([code, operation, path, name, step ?? '']),
    code,
    ...levelOf(rule, impact, true, options),
    class: rule.class,
    promise: rule.promise,
    api,
    operation: { id: operation.slice(api.length + 1), method, path: url.join(' ') },
    location: `data:${operation}:${path}${step === undefined ? '' : `:${step}`}`,
    message: filled(rule.says, words),
    to: name,
    impact,
    reach: {
      operations: [operation],
      fields: [`${operation} ${path}`],
      steps,
      counts: { operations: 1, fields: 1, steps: steps.length },
    },
    decidedBy: 'journeys',
    subjects: [`op:${operation}`, ...steps.map((one) => `step:${one}` as const)],
    origin: originsOf(told, places),
  }
}

/** Whom it touches: the screen that shows it, else everybody who gets it. Who needs what is returned now gets what they waited for. */
function impactOf(
  { code, after, screen }: Told,
  { after: graph, callers }: Places,
): readonly Impact[] {
  const shown = screen === undefined ? after.screens : [screen]
  if (shown.length > 0)
    return shown.map((one) => ({
      step: one.step,
      need: nodeOf(graph, 'need', one.need)?.path ?? after.path,
      ...(one.owner !== undefined && { owner: one.owner }),
      severity: code === 'data-returned' ? 'helps' : 'surprises',
      ...(one.screen !== undefined && { screen: one.screen }),
    }))
  return (callers.get(after.operation) ?? []).map((step) => {
    const owner = nodeOf(graph, 'journey', step.journey)?.owner
    return {
      step: step.name,
      ...(owner !== undefined && { owner }),
      severity: 'surprises',
      ...(step.screen !== undefined && { screen: step.screen }),
    }
  })
}

/** The need that shows it now, or the one that did; else where the contract describes the field. */
function originsOf({ code, before, after, screen }: Told, places: Places): Change['origin'] {
  const needIn = (graph: Graph, of: LineageScreen | undefined): Origin | undefined =>
    nodeOf(graph, 'need', of?.need)?.origin
  const [old, now] =
    code === 'data-no-longer-needed'
      ? [needIn(places.before, before?.screens[0]), originOfEntry(after)]
      : [before && originOfEntry(before), needIn(places.after, screen) ?? originOfEntry(after)]
  return {
    ...(old !== undefined && { before: old }),
    ...(now !== undefined && { after: now }),
  }
}
