import type { Graph } from '../2-link/graph.ts'
import { lineageOf } from '../lineage/lineage-of.ts'
import type { LineageEntry } from '../lineage/lineage.ts'
import type { Change, DiffOptions } from './change.ts'
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
  return lineageOf(after).entries.flatMap((entry) =>
    changesOf(known.get(keyOf(entry)), entry).map(([code, step]) =>
      changeOf(code, entry, step, options),
    ),
  )
}

type Told = readonly [OtherCode, step?: string]

function changesOf(before: LineageEntry | undefined, after: LineageEntry): readonly Told[] {
  const shown = new Set(before?.screens.map((one) => one.step))
  const steps = new Set(after.screens.map((one) => one.step))
  const told: Told[] = [...steps]
    .filter((step) => after.direction === 'returned' && !shown.has(step))
    .map((step) => ['data-shown', step])
  if (before === undefined && after.direction === 'returned')
    told.push([after.unneeded ? 'data-returned-for-nobody' : 'data-returned'])
  else if (after.unneeded && before?.unneeded === false && before.screens.length > 0)
    told.push(['data-no-longer-needed'])
  return told
}

function keyOf({ operation, place, path, class: name }: LineageEntry): string {
  return `${operation} ${place} ${path} ${name}`
}

function changeOf(
  code: OtherCode,
  entry: LineageEntry,
  step: string | undefined,
  options: DiffOptions,
): Change {
  const rule = ruleOf(code)
  const { operation, path, class: name, api } = entry
  const words = { name: `\`${step ?? operation}\``, at: `\`${path}\``, to: `\`${name}\`` }
  const steps = step === undefined ? [] : [step]
  return {
    fingerprint: fingerprintOf([code, operation, path, name, step ?? '']),
    code,
    ...levelOf(rule, [], false, options),
    class: rule.class,
    promise: rule.promise,
    api,
    location: `data:${operation}:${path}${step === undefined ? '' : `:${step}`}`,
    message: filled(rule.says, words),
    to: name,
    impact: [],
    reach: {
      operations: [operation],
      fields: [],
      steps,
      counts: { operations: 1, fields: 0, steps: steps.length },
    },
    decidedBy: 'journeys',
    subjects: [`op:${operation}`, ...steps.map((one) => `step:${one}` as const)],
    origin: {},
  }
}
