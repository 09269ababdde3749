import type { NeedStatus } from '@throughline/core'
import { strings } from '../strings.ts'

/** The state of a need: shape first, colour second, so that it reads in greyscale. */
export function NeedGlyph({ status }: { readonly status: NeedStatus }) {
  return (
    <svg className="glyph" viewBox="0 0 14 14" role="img" aria-label={strings.need[status]}>
      {shapes[status]}
    </svg>
  )
}

const shapes = {
  covered: (
    <>
      <circle cx="7" cy="7" r="6" className="fill-ok" />
      <path d="M4.300 7.200 6.200 9.100 9.800 5.200" className="tick" />
    </>
  ),
  'planned-for': (
    <>
      <circle cx="7" cy="7" r="5.200" className="stroke-ok" />
      <path d="M7 3.300a3.700 3.700 0 0 0 0 7.400z" className="fill-ok" />
    </>
  ),
  optional: (
    <>
      <path d="M7 1.800a5.200 5.200 0 0 0 0 10.400" className="stroke-warn" />
      <path d="M7 1.800a5.200 5.200 0 0 1 0 10.400" className="stroke-warn dashed" />
      <path d="M7 3.300a3.700 3.700 0 0 0 0 7.400z" className="fill-warn" />
    </>
  ),
  missing: (
    <>
      <rect x="1.700" y="1.700" width="10.600" height="10.600" rx="2.600" className="stroke-bad" />
      <path d="M4.900 4.900l4.200 4.200M9.100 4.900 4.900 9.100" className="stroke-bad" />
    </>
  ),
} satisfies Record<NeedStatus, unknown>

/** How bad a problem is: cross in a square, triangle, ring. */
export function SeverityGlyph({ severity }: { readonly severity: 'error' | 'warning' | 'info' }) {
  return (
    <svg className="glyph" viewBox="0 0 14 14" role="img" aria-label={strings.severity[severity]}>
      {severity === 'error' && shapes.missing}
      {severity === 'warning' && (
        <>
          <path
            d="M6.100 2.300a1.050 1.050 0 0 1 1.800 0l4.600 8a1.050 1.050 0 0 1-.9 1.550H2.400a1.050 1.050 0 0 1-.9-1.550z"
            className="fill-warn"
          />
          <path d="M7 5.300v2.900M7 9.900v.1" className="mark" />
        </>
      )}
      {severity === 'info' && (
        <>
          <circle cx="7" cy="7" r="5.200" className="stroke-quiet" />
          <path d="M7 6.600v3M7 4.500v.1" className="stroke-quiet" />
        </>
      )}
    </svg>
  )
}

const conditionShapes: Readonly<Record<string, string>> = {
  loading: 'M2.500 7h1.500M6.300 7h1.500M10 7h1.500',
  empty: 'M7 2.200a4.800 4.800 0 1 0 .01 0M3.700 10.300l6.600-6.600',
  partial: 'M2.500 2.500h9v9h-9zM7 2.500v9',
  timeout: 'M7 2a5 5 0 1 0 .01 0M7 4.300V7l1.900 1.300',
  offline:
    'M2 5.200a7.500 7.500 0 0 1 10 0M4.200 7.700a4.200 4.200 0 0 1 5.600 0M7 10.400v.1M2.500 2l9 10',
  invalid: 'M2.500 11.500h2.200l6.300-6.300-2.200-2.200-6.300 6.300zM8 11.500h3.500',
  other: 'M7 2.600v5.200M7 10.800v.2',
}

/** What goes wrong: dots, a struck circle, a split square, a clock, no waves, a pencil, an exclamation mark. */
export function ConditionGlyph({ condition }: { readonly condition: string }) {
  const path = Object.hasOwn(conditionShapes, condition)
    ? conditionShapes[condition]
    : conditionShapes['other']
  return (
    <svg className="glyph outline" viewBox="0 0 14 14" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}

/** A journey is a line: the dash that stands before its name everywhere. */
export function LineDash({ line }: { readonly line: 1 | 2 | 3 | 4 }) {
  return <span className={`line-dash line-${line}`} aria-hidden="true" />
}

/** The product's mark: a line with one station. */
export function Mark() {
  return (
    <svg className="mark-line" viewBox="0 0 28 22" aria-hidden="true">
      <path d="M2 18.500c4.500 0 5.300-3.200 6.700-7S11 6.300 12 6" />
      <path d="M26 18.500c-4.500 0-5.300-3.200-6.700-7S17 6.300 16 6" />
      <circle cx="14" cy="5.600" r="3.300" />
    </svg>
  )
}
