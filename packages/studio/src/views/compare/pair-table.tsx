import { Link } from '@tanstack/react-router'
import type { CallRow, JourneyHead, NeedRow, StateChip, StepColumn } from '@throughline/core'
import type { ReactNode } from 'react'
import { localName, type Lens } from '../../address.ts'
import { useHere } from '../../shell/use-here.ts'
import { ConditionGlyph, LineDash, NeedGlyph } from '../../ui/glyph.tsx'
import { Method } from '../../ui/method.tsx'
import { Wireframe } from '../../ui/wireframe.tsx'
import { strings } from '../../strings.ts'
import type { Pair, Shared } from './compared.ts'
import { words } from './words.ts'

/** Two steps side by side: what only the left one has, what both have, what only the right one has. */
export function PairTable({
  pair,
  left,
  right,
  lens,
}: {
  readonly pair: Pair
  readonly left: JourneyHead
  readonly right: JourneyHead
  readonly lens: Lens
}) {
  const title = [pair.left?.title, pair.right?.title].filter(Boolean)
  const titles = { left: left.title, both: words.both, right: right.title }
  return (
    <table className="pair" aria-label={words.table(title[0] ?? '', title[1] ?? words.none)}>
      <thead>
        <tr>
          <td>
            {pair.because !== undefined && (
              <span className="tag">{words.because[pair.because]}</span>
            )}
          </td>
          <th scope="col" className="pair-step">
            {pair.left && <StepLink step={pair.left} journey={left} />}
          </th>
          <th scope="col" className="pair-both">
            {words.both}
          </th>
          <th scope="col" className="pair-step">
            {pair.right && <StepLink step={pair.right} journey={right} />}
          </th>
        </tr>
      </thead>
      <tbody>
        <SharedRow
          titles={titles}
          name={words.fields}
          shared={pair.fields}
          keyOf={(need) => need.id}
        >
          {(need) => <Need need={need} lens={lens} />}
        </SharedRow>
        <SharedRow
          titles={titles}
          name={words.operations}
          shared={pair.operations}
          keyOf={(call) => call.id}
        >
          {(call) => <Call call={call} lens={lens} />}
        </SharedRow>
        <ValueRow
          titles={titles}
          name={words.budget}
          left={budgetOf(pair.left)}
          right={budgetOf(pair.right)}
        />
        <States titles={titles} pair={pair} />
        <ValueRow
          titles={titles}
          name={words.feeling}
          left={feelingOf(pair.left)}
          right={feelingOf(pair.right)}
        />
      </tbody>
    </table>
  )
}

/** A step that only one of the journeys has: what it is, and folded what it needs. */
export function LoneStep({
  pair: { left, right, fields, operations, states },
  left: ours,
  right: theirs,
  lens,
}: {
  readonly pair: Pair
  readonly left: JourneyHead
  readonly right: JourneyHead
  readonly lens: Lens
}) {
  const step = left ?? right
  if (step === undefined) return null
  const side = left ? 'left' : 'right'
  const other = left ? theirs : ours
  return (
    <section className={`lone on-${side}`} aria-label={step.title}>
      <div className="pair-step">
        <StepLink step={step} journey={left ? ours : theirs} />
        <details>
          <summary className="num">
            {words.lone(fields[side].length, operations[side].length, states.length)}
          </summary>
          <ul>
            {fields[side].map((need) => (
              <li key={need.id}>
                <Need need={need} lens={lens} />
              </li>
            ))}
            {operations[side].map((call) => (
              <li key={call.id}>
                <Call call={call} lens={lens} />
              </li>
            ))}
            {states.map((one) => (
              <li key={one.condition}>
                <State condition={one.condition} label={one.label} chip={one[side]} />
              </li>
            ))}
          </ul>
        </details>
      </div>
      <p className="quiet">{words.noStep(other.title)}</p>
    </section>
  )
}

function StepLink({ step, journey }: { readonly step: StepColumn; readonly journey: JourneyHead }) {
  const { search } = useHere()
  return (
    <Link
      to="/journeys/$name"
      params={{ name: journey.name }}
      search={{ ...(search.as && { as: search.as }), step: localName(step.name) }}
    >
      <span className="pair-picture">
        <Wireframe kind={step.wireframe} />
      </span>
      <span>
        <span className="pair-journey">
          <LineDash line={journey.line} />
          {journey.title}
        </span>
        <b>
          {step.number}. {step.title}
        </b>
        {step.screen !== undefined && <code>{step.screen}</code>}
      </span>
    </Link>
  )
}

interface Titles {
  readonly left: string
  readonly both: string
  readonly right: string
}

function SharedRow<Thing>({
  titles,
  name,
  shared,
  keyOf,
  children,
}: {
  readonly titles: Titles
  readonly name: string
  readonly shared: Shared<Thing>
  readonly keyOf: (thing: Thing) => string
  readonly children: (thing: Thing) => ReactNode
}) {
  if (shared.left.length + shared.both.length + shared.right.length === 0) return null
  return (
    <tr>
      <th scope="row">{name}</th>
      {(['left', 'both', 'right'] as const).map((side) => (
        <td key={side} className={`pair-${side}`} data-in={titles[side]}>
          {shared[side].length > 0 && (
            <ul>
              {shared[side].map((one) => (
                <li key={keyOf(one)}>{children(one)}</li>
              ))}
            </ul>
          )}
        </td>
      ))}
    </tr>
  )
}

function Need({ need, lens }: { readonly need: NeedRow; readonly lens: Lens }) {
  const { search } = useHere()
  return (
    <Link
      to="/needs"
      search={{ ...(search.as && { as: search.as }), operation: need.operation, field: need.path }}
      className="pair-item"
    >
      <NeedGlyph status={need.status} />
      {lens === 'ux' ? <span>{need.label}</span> : <code>{need.path}</code>}
      {lens === 'backend' && need.type !== undefined && <span className="quiet">{need.type}</span>}
    </Link>
  )
}

function Call({ call, lens }: { readonly call: CallRow; readonly lens: Lens }) {
  const { search } = useHere()
  return (
    <Link
      to="/reference/$operation"
      params={{ operation: call.operation }}
      search={search.as === undefined ? {} : { as: search.as }}
      className="pair-item"
    >
      <Method method={call.method} />
      {lens === 'ux' && call.title !== undefined ? (
        <span>{call.title}</span>
      ) : (
        <code>{call.path}</code>
      )}
    </Link>
  )
}

/** A value of each step; the same one stands in the middle. */
function ValueRow({
  titles,
  name,
  left,
  right,
}: {
  readonly titles: Titles
  readonly name: string
  readonly left: string | undefined
  readonly right: string | undefined
}) {
  if (left === undefined && right === undefined) return null
  const same = left === right
  return (
    <tr className="num">
      <th scope="row">{name}</th>
      <td className="pair-left" data-in={titles.left}>
        {same ? undefined : left}
      </td>
      <td className="pair-both" data-in={titles.both}>
        {same && left}
      </td>
      <td className="pair-right" data-in={titles.right}>
        {same ? undefined : right}
      </td>
    </tr>
  )
}

function States({
  titles,
  pair: { left, right, states },
}: {
  readonly titles: Titles
  readonly pair: Pair
}) {
  if (states.length === 0) return null
  const equal = states.filter(
    (one) =>
      one.left &&
      one.right &&
      one.left.status === one.right.status &&
      one.left.show === one.right.show,
  )
  const different = states.filter((one) => !equal.includes(one))
  const cells = { left: left ? different : [], both: equal, right: right ? different : [] }
  return (
    <tr>
      <th scope="row">{words.states}</th>
      {(['left', 'both', 'right'] as const).map((side) => (
        <td key={side} className={`pair-${side}`} data-in={titles[side]}>
          {cells[side].length > 0 && (
            <ul>
              {cells[side].map((one) => (
                <li key={one.condition}>
                  <State
                    condition={one.condition}
                    label={one.label}
                    chip={one[side === 'both' ? 'left' : side]}
                  />
                </li>
              ))}
            </ul>
          )}
        </td>
      ))}
    </tr>
  )
}

function State({
  condition,
  label,
  chip,
}: {
  readonly condition: string
  readonly label: string
  readonly chip: StateChip | undefined
}) {
  return (
    <span className={`pair-state ${chip?.status ?? 'cannot-happen'}`}>
      <ConditionGlyph condition={condition} />
      <span>
        <b>{label}</b>{' '}
        {chip === undefined ? words.cannot : (chip.show ?? strings.state[chip.status])}
      </span>
    </span>
  )
}

function budgetOf(step: StepColumn | undefined): string | undefined {
  if (step === undefined) return undefined
  const { promised, calls } = step.budget
  return [
    promised === undefined ? words.noPromise : words.promise(promised),
    ...(calls === undefined ? [] : [words.takes(calls)]),
  ].join(', ')
}

function feelingOf(step: StepColumn | undefined): string | undefined {
  if (step === undefined) return undefined
  if (step.feeling === undefined) return words.unknownFeeling
  const { score, quote } = step.feeling
  return `${score > 0 ? '+' : ''}${score}${quote === undefined ? '' : ` “${quote}”`}`
}
