import { migrationFor, type Graph, type Migration, type Report } from '@throughline/core'
import type { Colours } from '../../colours.ts'
import { wrapped } from '../../wrap.ts'
import { visible } from '../frame.ts'
import { many } from '../text.ts'

type Compatibility = NonNullable<Migration['compatibility']>

/** How to make breaking changes without breaking anybody: the way for each, and for each contract one overlay that keeps the old. */
export interface Plan {
  readonly entries: readonly {
    readonly fingerprint: string
    readonly code: string
    readonly message: string
    readonly steps: Migration['steps']
    /** Whether an overlay keeps the old beside the new. */
    readonly kept: boolean
  }[]
  readonly overlays: readonly Compatibility[]
}

/** The plan for the breaking changes of a report, in its order. */
export function planOf(before: Graph, after: Graph, { changes }: Report): Plan {
  const entries: Plan['entries'][number][] = []
  const overlays = new Map<string, Compatibility>()
  for (const change of changes) {
    const migration = migrationFor(before, after, change)
    if (migration === undefined) continue
    const { steps, compatibility } = migration
    const { fingerprint, code, message } = change
    entries.push({ fingerprint, code, message, steps, kept: compatibility !== undefined })
    if (compatibility === undefined) continue
    const { file, overlay } = compatibility
    const known = overlays.get(file)
    overlays.set(file, {
      file,
      overlay: {
        overlay: overlay.overlay,
        info: { title: 'Keep for now what clients still need', version: '1' },
        actions: [...(known?.overlay.actions ?? []), ...overlay.actions],
      },
    })
  }
  return { entries, overlays: [...overlays.values()] }
}

/** A plan for people to read on a terminal. */
export function planText({ entries, overlays }: Plan, colours: Colours, width: number): string {
  if (entries.length === 0) return '\nNothing breaks, so there is nothing to plan.\n'
  const { bold, dim } = colours
  const lines = ['', bold('Without breaking anybody')]
  for (const { message, steps } of entries.slice(0, mostShown)) {
    for (const line of wrapped(visible(message), width - 2)) lines.push(`  ${line}`)
    for (const { phase, text } of steps) {
      const [first, ...more] = wrapped(visible(text), width - indent)
      lines.push(`    ${dim(phase.padEnd(indent - 4))}${first ?? ''}`)
      for (const line of more) lines.push(`${' '.repeat(indent)}${line}`)
    }
  }
  if (entries.length > mostShown)
    lines.push(`  and ${many(entries.length - mostShown, 'more change')}; --json has them all`)
  for (const { file, overlay } of overlays) {
    lines.push('', bold(`Overlay that keeps the old in ${file} for now (--overlay FILE writes it)`))
    for (const { target, update } of overlay.actions.slice(0, mostShown))
      for (const line of wrapped(visible(`${target}  ${JSON.stringify(update)}`), width - 2))
        lines.push(`  ${dim(line)}`)
  }
  return `${lines.join('\n')}\n`
}

const indent = 14
const mostShown = 20
