import type { Picture } from '@throughline/core'
import { escaped } from '../../../escaped.ts'

type Wireframe = Extract<Picture, { kind: 'wireframe' }>
/** `x y width height`, a tone (1 pale, 2 strong, 3 accent) and how round. */
type Shape = readonly [
  x: number,
  y: number,
  width: number,
  height: number,
  tone: 1 | 2 | 3,
  round?: number,
]

/** A screen drawn from its kind, or what is left of it under a condition; a need that no contract covers is a hatched hole. */
export function wireframeSvg({ screen, condition, holes, alt }: Wireframe, id: string): string {
  const { body, hole } = kinds[screen]
  const variant = condition === undefined ? 'good' : variantOf(condition)
  const inside = variant === 'empty' ? emptyScreen : body.map(rect).join('')
  return `<svg class="wire ${variant}" viewBox="36 0 108 72" role="img" aria-label="${escaped(alt)}">${
    variant === 'good' && holes.length > 0
      ? `<defs><pattern id="${id}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" class="hole-ground"/><rect width="2" height="5" class="hole-stripe"/></pattern></defs>`
      : ''
  }<g class="wire-body">${inside}</g>${over(variant)}${
    variant === 'good' && holes.length > 0
      ? `<rect x="${hole[0]}" y="${hole[1]}" width="${hole[2]}" height="${hole[3]}" rx="2.5" fill="url(#${id})" class="hole"/>`
      : ''
  }</svg>`
}

function variantOf(condition: string): 'loading' | 'empty' | 'partial' | 'timeout' | 'error' {
  switch (condition) {
    case 'loading':
    case 'empty':
    case 'partial':
    case 'timeout':
      return condition
    case 'offline':
      return 'timeout'
    default:
      return 'error'
  }
}

function rect([x, y, width, height, tone, round = 2]: Shape): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" class="w${tone}"/>`
}

const emptyScreen = `<circle cx="90" cy="22" r="12" class="w1"/>${rect([66, 42, 48, 4, 2])}${rect([74, 52, 32, 10, 3, 3])}`

function over(variant: string): string {
  switch (variant) {
    case 'error':
      return '<rect x="42" y="4" width="96" height="17" rx="3" class="banner"/><circle cx="51" cy="12.5" r="3" class="banner-dot"/><rect x="58" y="11" width="50" height="3" rx="1.5" class="w2"/>'
    case 'timeout':
      return '<circle cx="90" cy="36" r="12" class="clock"/><path d="M90 29.5V36l4 3" class="hand"/>'
    case 'partial':
      return '<rect x="42" y="38" width="96" height="14" rx="2.5" class="cut"/>'
    default:
      return ''
  }
}

const grid: readonly Shape[] = [17, 30, 43].flatMap((y) =>
  [42, 75, 108].map((x): Shape => [x, y, 30, 10, x === 75 && y === 30 ? 3 : 1, 2.5]),
)

const kinds: Readonly<
  Record<
    Wireframe['screen'],
    {
      readonly body: readonly Shape[]
      readonly hole: readonly [number, number, number, number]
    }
  >
> = {
  home: {
    body: [
      [42, 8, 34, 5, 2],
      [42, 18, 96, 22, 1, 3],
      [47, 23, 12, 12, 3],
      [64, 24, 38, 3.5, 2],
      [64, 31, 26, 3, 2],
      [113, 24.5, 19, 9, 3, 4.5],
      [42, 45, 96, 8, 1],
      [42, 57, 96, 8, 1],
    ],
    hole: [42, 57, 96, 9],
  },
  list: {
    body: [
      ...[8, 24, 40].flatMap((y): Shape[] => [
        [42, y, 12, 12, 2],
        [60, y + 1.5, 40, 3.5, 2],
        [60, y + 8, 24, 3, 1],
        [121, y + 4, 17, 4, 2],
      ]),
      [42, 57, 96, 9, 3, 4],
    ],
    hole: [42, 40, 96, 12],
  },
  grid: { body: [[42, 7, 34, 5, 2], ...grid, [42, 57, 60, 4, 1]], hole: [42, 56, 96, 10] },
  payment: {
    body: [
      [54, 7, 72, 28, 2, 4],
      [61, 15, 10, 8, 3],
      [42, 41, 40, 4, 2],
      [112, 41, 26, 4, 2],
      [42, 53, 96, 12, 3, 6],
    ],
    hole: [42, 38, 96, 10],
  },
  map: {
    body: [
      [42, 6, 96, 40, 1, 3],
      [118, 12, 5, 5, 3, 2.5],
      [60, 30, 40, 2, 3, 1],
      [42, 51, 52, 4, 2],
      [42, 60, 34, 3.5, 1],
      [123, 52, 15, 13, 2, 3],
    ],
    hole: [42, 57, 74, 9],
  },
  detail: {
    body: [
      [42, 8, 42, 40, 1, 3],
      [90, 9, 48, 5, 2],
      [90, 19, 36, 3.5, 1],
      [90, 26, 42, 3.5, 1],
      [90, 33, 30, 3.5, 1],
      [90, 41, 24, 7, 2],
      [42, 55, 96, 10, 3, 5],
    ],
    hole: [90, 40, 48, 9],
  },
  form: {
    body: [
      ...[7, 23, 39].flatMap((y): Shape[] => [
        [42, y, 26, 3, 2],
        [42, y + 4.5, 96, 8, 1],
      ]),
      [42, 57, 42, 10, 3, 5],
    ],
    hole: [42, 43, 96, 9],
  },
  confirmation: {
    body: [
      [79, 8, 22, 22, 3, 11],
      [62, 36, 56, 5, 2],
      [52, 46, 76, 3.5, 1],
      [60, 55, 60, 9, 1, 4.5],
    ],
    hole: [52, 44, 76, 8],
  },
}
