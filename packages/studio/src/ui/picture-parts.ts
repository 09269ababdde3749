import type { NeedStatus } from '@throughline/core'
import { inkOf, type Shape } from './picture.ts'

export type Inks = ReturnType<typeof inks>

/** The colours of the light theme, whatever the page has: a picture goes onto white paper. */
export function inks() {
  return {
    surface: inkOf('--surface'),
    group: inkOf('--group'),
    ink: inkOf('--ink'),
    second: inkOf('--ink-2'),
    third: inkOf('--ink-3'),
    ground: inkOf('--bg'),
    accent: inkOf('--accent'),
    accentTint: inkOf('--accent-tint'),
    hair: inkOf('--hair'),
    edge: inkOf('--edge'),
    ok: inkOf('--ok-fill'),
    okInk: inkOf('--ok-ink'),
    okTint: inkOf('--ok-tint'),
    warn: inkOf('--warn-ink'),
    warnTint: inkOf('--warn-tint'),
    bad: inkOf('--bad-ink'),
    badFill: inkOf('--bad-fill'),
    badTint: inkOf('--bad-tint'),
    lines: {
      1: inkOf('--line-1'),
      2: inkOf('--line-2'),
      3: inkOf('--line-3'),
      4: inkOf('--line-4'),
    },
  }
}

/** The glyphs of the page, around the middle of a cell. */
export function needShapes(
  status: NeedStatus,
  ink: Inks,
): readonly Extract<Shape, { kind: 'path' }>[] {
  const at = { kind: 'path', x: 0, y: 0 } as const
  switch (status) {
    case 'covered':
      return [
        { ...at, d: circle(6), fill: ink.ok },
        { ...at, d: 'M-2.700 .2l1.900 1.900 3.600-3.900', stroke: ink.surface, width: 1.6 },
      ]
    case 'planned-for':
      return [
        { ...at, d: circle(5.2), stroke: ink.ok },
        { ...at, d: 'M0-3.700a3.700 3.700 0 0 0 0 7.400z', fill: ink.ok },
      ]
    case 'optional':
      return [
        { ...at, d: circle(5.2), stroke: ink.warn, dash: [1.6, 2.3] },
        { ...at, d: 'M0-3.700a3.700 3.700 0 0 0 0 7.400z', fill: ink.warn },
      ]
    case 'missing':
      return [
        { ...at, d: 'M-5.300-5.300h10.600v10.600h-10.600z', stroke: ink.bad },
        { ...at, d: 'M-2.100-2.100l4.200 4.200M2.100-2.100l-4.200 4.200', stroke: ink.bad },
      ]
  }
}

export function circle(radius: number): string {
  return `M${-radius} 0a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`
}

/** A rounded box, from its upper left corner. */
export function box(width: number, height: number, radius: number): string {
  const corner = (x: number, y: number): string => `a${radius} ${radius} 0 0 1 ${x} ${y}`
  const [w, h] = [width - 2 * radius, height - 2 * radius]
  return `M${radius} 0h${w}${corner(radius, radius)}v${h}${corner(-radius, radius)}h${-w}${corner(-radius, -radius)}v${-h}${corner(radius, -radius)}z`
}
