import type { ReviewedChange } from '@throughline/core'
import { verdictOf } from './shown-changes.ts'
import { words } from './words.ts'

/** The effect of a change on people, in two words. */
export function EffectTag({ change }: { readonly change: ReviewedChange }) {
  const { words: says, tone } = effectOf(change)
  return <span className={`effect-tag ${tone}`}>{says}</span>
}

export type Tone = 'bad' | 'warn' | 'ok' | 'plain'

export function effectOf(change: ReviewedChange): { readonly words: string; readonly tone: Tone } {
  const verdict = verdictOf(change)
  const screens = new Set(
    change.impact.filter((one) => one.severity === change.effect).map((one) => one.step),
  ).size
  switch (verdict) {
    case 'accepted':
      return { words: words.effect.accepted, tone: 'plain' }
    case 'breaks':
      return { words: words.effect.breaks(screens), tone: 'bad' }
    case 'degrades':
      return { words: words.effect.degrades(screens), tone: 'warn' }
    case 'surprises':
      return { words: words.effect.surprises(screens), tone: 'warn' }
    case 'helps':
      return { words: words.effect.helps(screens), tone: 'ok' }
    case 'none':
      return change.level === 'breaking'
        ? { words: words.effect.breaking, tone: 'bad' }
        : change.level === 'warning'
          ? { words: words.effect.warning, tone: 'warn' }
          : { words: words.effect.safe, tone: 'ok' }
  }
}

/** Shape first, colour second: a cross in a square, a triangle, a tick in a disc, a ring. */
export function ToneGlyph({ tone }: { readonly tone: Tone }) {
  return (
    <svg className="glyph" viewBox="0 0 14 14" aria-hidden="true">
      {tone === 'bad' && (
        <>
          <rect
            x="1.700"
            y="1.700"
            width="10.600"
            height="10.600"
            rx="2.600"
            className="stroke-bad"
          />
          <path d="M4.900 4.900l4.200 4.200M9.100 4.900 4.900 9.100" className="stroke-bad" />
        </>
      )}
      {tone === 'warn' && (
        <>
          <path
            d="M6.100 2.300a1.050 1.050 0 0 1 1.800 0l4.600 8a1.050 1.050 0 0 1-.9 1.550H2.400a1.050 1.050 0 0 1-.9-1.550z"
            className="fill-warn"
          />
          <path d="M7 5.300v2.900M7 9.900v.1" className="mark" />
        </>
      )}
      {tone === 'ok' && (
        <>
          <circle cx="7" cy="7" r="6" className="fill-ok" />
          <path d="M4.300 7.200 6.200 9.100 9.800 5.200" className="tick" />
        </>
      )}
      {tone === 'plain' && <circle cx="7" cy="7" r="5.200" className="stroke-quiet" />}
    </svg>
  )
}
