import type { StepColumn } from '@throughline/core'
import { useId, type ReactNode } from 'react'
import { strings } from '../strings.ts'

export type WireframeKind = StepColumn['wireframe']
type Variant = 'loading' | 'empty' | 'partial' | 'error' | 'timeout'

/**
 * A screen drawn from its kind. Each need that no contract covers is a hatched hole in it, with its name where there is
 * room for words; `condition` draws what is left of the screen when things go that way.
 */
export function Wireframe({
  kind,
  holes = [],
  tone = 'bad',
  label,
  condition,
}: {
  readonly kind: WireframeKind
  /** What people call the needs that are missing. */
  readonly holes?: readonly string[]
  /** What the holes are: red for what is gone, amber for what is different, green for what comes. */
  readonly tone?: 'bad' | 'warn' | 'ok'
  /** What it is called, where it shows something else than missing needs. */
  readonly label?: string
  readonly condition?: string | undefined
}) {
  const hatch = useId()
  const variant = condition === undefined ? undefined : variantOf(condition)
  const { body, hole, part } = kinds[kind]
  return (
    <svg
      className={`wireframe ${variant ?? ''} holes-${tone}`}
      viewBox="0 0 180 72"
      role="img"
      aria-label={label ?? strings.journey.wireframeAlt(kind, condition, holes)}
    >
      <defs>
        <pattern
          id={hatch}
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="5" height="5" className="w-hole-ground" />
          <rect width="2" height="5" className="w-hole-stripe" />
        </pattern>
      </defs>
      {variant !== 'empty' && <g className="w-body">{body}</g>}
      {variant === undefined &&
        holesIn(hole, holes).map(({ x, y, width, height, words }) => (
          <g key={x}>
            <rect
              {...{ x, y, width, height }}
              rx="2.500"
              fill={`url(#${hatch})`}
              className="w-hole"
            />
            <text x={x + width / 2} y={y + height / 2} className="w-hole-words" aria-hidden="true">
              {words}
            </text>
          </g>
        ))}
      {variant === 'empty' && (
        <g>
          <circle cx="90" cy="22" r="12" className="w-1" />
          <path d="M90 17v10M85 22h10" className="w-line" />
          <Block x={66} y={42} w={48} h={4} tone={2} />
          <Block x={74} y={52} w={32} h={10} tone="accent" r={3} />
        </g>
      )}
      {variant === 'partial' && (
        <>
          <rect {...part} rx="2.500" className="w-cut" />
          <rect {...part} rx="2.500" className="w-dashed" />
        </>
      )}
      {variant === 'error' && (
        <>
          <rect x="42" y="4" width="96" height="17" rx="3" className="w-cut" />
          <rect x="42" y="4" width="96" height="17" rx="3" className="w-banner" />
          <circle cx="51" cy="12.500" r="3" className="w-bad" />
          <Block x={58} y={11} w={50} h={3} tone={2} />
        </>
      )}
      {variant === 'timeout' && (
        <g>
          <circle cx="90" cy="36" r="12" className="w-clock" />
          <path d="M90 29.500V36l4 3" className="w-hand" />
        </g>
      )}
    </svg>
  )
}

/** How many holes are drawn side by side; the last says how many more there are. */
const mostHoles = 3

/** The place of missing needs, shared among them, each with as much of its name as fits. */
export function holesIn(
  place: Kind['hole'],
  names: readonly string[],
): readonly (Kind['hole'] & { readonly words: string })[] {
  const count = Math.min(names.length, mostHoles)
  const width = (place.width - 2 * (count - 1)) / count
  return names.slice(0, count).map((name, index) => {
    const more = index === mostHoles - 1 ? names.length - mostHoles : 0
    const room = Math.floor(width / 3.1)
    const whole = more > 0 ? `+${more + 1}` : name
    return {
      ...place,
      width,
      x: place.x + index * (width + 2),
      words: whole.length > room ? `${whole.slice(0, room - 1).trimEnd()}…` : whole,
    }
  })
}

function variantOf(condition: string): Variant {
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

interface Kind {
  readonly body: ReactNode
  /** Where a missing need would have stood. */
  readonly hole: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }
  /** What a partial answer leaves out. */
  readonly part: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }
}

function Block({
  x,
  y,
  w,
  h,
  tone,
  r = 2,
}: {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  readonly tone: 1 | 2 | 'accent'
  readonly r?: number
}) {
  return <rect x={x} y={y} width={w} height={h} rx={r} className={`w-${tone}`} />
}

const kinds: Readonly<Record<WireframeKind, Kind>> = {
  home: {
    body: (
      <>
        <Block x={42} y={8} w={34} h={5} tone={2} />
        <Block x={42} y={18} w={96} h={22} tone={1} r={3} />
        <Block x={47} y={23} w={12} h={12} tone="accent" />
        <Block x={64} y={24} w={38} h={3.5} tone={2} />
        <Block x={64} y={31} w={26} h={3} tone={2} />
        <Block x={113} y={24.5} w={19} h={9} tone="accent" r={4.5} />
        <Block x={42} y={45} w={96} h={8} tone={1} />
        <Block x={42} y={57} w={96} h={8} tone={1} />
      </>
    ),
    hole: { x: 42, y: 57, width: 96, height: 9 },
    part: { x: 42, y: 45, width: 96, height: 8 },
  },
  list: {
    body: (
      <>
        {[8, 24, 40].map((y) => (
          <g key={y}>
            <Block x={42} y={y} w={12} h={12} tone={2} />
            <Block x={60} y={y + 1.5} w={40} h={3.5} tone={2} />
            <Block x={60} y={y + 8} w={24} h={3} tone={1} />
            <Block x={121} y={y + 4} w={17} h={4} tone={2} />
          </g>
        ))}
        <Block x={42} y={57} w={96} h={9} tone="accent" r={4} />
      </>
    ),
    hole: { x: 42, y: 40, width: 96, height: 12 },
    part: { x: 42, y: 39, width: 96, height: 14 },
  },
  grid: {
    body: (
      <>
        <Block x={42} y={7} w={34} h={5} tone={2} />
        {[17, 30, 43].map((y) =>
          [42, 75, 108].map((x) => (
            <Block
              key={`${x}-${y}`}
              x={x}
              y={y}
              w={30}
              h={10}
              tone={x === 75 && y === 30 ? 'accent' : 1}
              r={2.5}
            />
          )),
        )}
        <Block x={42} y={57} w={60} h={4} tone={1} />
      </>
    ),
    hole: { x: 42, y: 56, width: 96, height: 10 },
    part: { x: 42, y: 43, width: 96, height: 10 },
  },
  payment: {
    body: (
      <>
        <Block x={54} y={7} w={72} h={28} tone={2} r={4} />
        <Block x={61} y={15} w={10} h={8} tone="accent" />
        <Block x={42} y={41} w={40} h={4} tone={2} />
        <Block x={112} y={41} w={26} h={4} tone={2} />
        <Block x={42} y={53} w={96} h={12} tone="accent" r={6} />
      </>
    ),
    hole: { x: 42, y: 38, width: 96, height: 10 },
    part: { x: 54, y: 7, width: 72, height: 28 },
  },
  map: {
    body: (
      <>
        <Block x={42} y={6} w={96} h={40} tone={1} r={3} />
        <path d="M49 37c11 5 13-9 23-10s9 9 19 7 9-19 28-20" className="w-route" />
        <circle cx="120" cy="14" r="3.600" className="w-pin" />
        <Block x={42} y={51} w={52} h={4} tone={2} />
        <Block x={42} y={60} w={34} h={3.5} tone={1} />
        <Block x={123} y={52} w={15} h={13} tone={2} r={3} />
      </>
    ),
    hole: { x: 42, y: 57, width: 74, height: 9 },
    part: { x: 42, y: 57, width: 74, height: 9 },
  },
  detail: {
    body: (
      <>
        <Block x={42} y={8} w={42} h={40} tone={1} r={3} />
        <Block x={90} y={9} w={48} h={5} tone={2} />
        <Block x={90} y={19} w={36} h={3.5} tone={1} />
        <Block x={90} y={26} w={42} h={3.5} tone={1} />
        <Block x={90} y={33} w={30} h={3.5} tone={1} />
        <Block x={90} y={41} w={24} h={7} tone={2} />
        <Block x={42} y={55} w={96} h={10} tone="accent" r={5} />
      </>
    ),
    hole: { x: 90, y: 40, width: 48, height: 9 },
    part: { x: 90, y: 18, width: 48, height: 20 },
  },
  form: {
    body: (
      <>
        {[7, 23, 39].map((y) => (
          <g key={y}>
            <Block x={42} y={y} w={26} h={3} tone={2} />
            <Block x={42} y={y + 4.5} w={96} h={8} tone={1} />
          </g>
        ))}
        <Block x={42} y={57} w={42} h={10} tone="accent" r={5} />
      </>
    ),
    hole: { x: 42, y: 43, width: 96, height: 9 },
    part: { x: 42, y: 38, width: 96, height: 14 },
  },
  confirmation: {
    body: (
      <>
        <circle cx="90" cy="19" r="11" className="w-accent" />
        <path d="M85 19.500l3.500 3.500 7-7.500" className="w-check" />
        <Block x={62} y={36} w={56} h={5} tone={2} />
        <Block x={52} y={46} w={76} h={3.5} tone={1} />
        <Block x={60} y={55} w={60} h={9} tone={1} r={4.5} />
      </>
    ),
    hole: { x: 52, y: 44, width: 76, height: 8 },
    part: { x: 52, y: 44, width: 76, height: 8 },
  },
}
