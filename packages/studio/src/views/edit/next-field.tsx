import { useQuery } from '@tanstack/react-query'
import type { Blueprint, StepColumn } from '@throughline/core'
import { useId, useState } from 'react'
import { localName } from '../../address.ts'
import { workspaceQuery } from '../../api.ts'
import { changedList, type Typed } from './form.tsx'
import { words } from './words.ts'

const said = words.next

/** Where a step leads: on through the file, nowhere, or to steps that people choose, of any journey. */
export function NextField({
  blueprint: { journey, steps },
  step,
}: {
  readonly blueprint: Blueprint
  readonly step: StepColumn
}) {
  const { data: overview } = useQuery(workspaceQuery)
  const id = useId()
  const [way, setWay] = useState(wayOf(step))
  const others = steps.filter(({ name }) => name !== step.name)
  const following = steps[steps.indexOf(step) + 1]
  const elsewhere = (overview?.journeys ?? [])
    .filter(({ name }) => name !== journey.name)
    .flatMap((other) => other.steps.map((one) => ({ ...one, journey: other.title })))
  const far = step.next.filter((name) => !name.startsWith(`${journey.name}/`))
  return (
    <fieldset>
      <legend>{said.legend}</legend>
      <div className="field-list">
        {(['file', 'chosen', 'end'] as const).map((value) => (
          <label key={value}>
            <input
              type="radio"
              name="way"
              value={value}
              checked={way === value}
              onChange={() => setWay(value)}
            />
            <span>{said[value]}</span>
            {value === 'file' && <small>{following?.title ?? said.none}</small>}
          </label>
        ))}
      </div>
      {way === 'chosen' && (
        <div className="field-list" role="group" aria-label={said.chosen}>
          {others.map((one) => (
            <label key={one.name}>
              <input
                type="checkbox"
                name="next"
                value={localName(one.name)}
                defaultChecked={step.next.includes(one.name)}
              />
              <span>{one.title}</span>
              <small>{one.number}</small>
            </label>
          ))}
          {far.map((name) => (
            <label key={name}>
              <input type="checkbox" name="next" value={name} defaultChecked />
              <span>{elsewhere.find((one) => one.name === name)?.title ?? name}</span>
              <small>{elsewhere.find((one) => one.name === name)?.journey}</small>
            </label>
          ))}
        </div>
      )}
      {way === 'chosen' && elsewhere.length > far.length && (
        <div className="edit-field">
          <label htmlFor={id}>{said.elsewhere}</label>
          <select id={id} name="next" className="input" defaultValue="">
            <option value="">{said.none}</option>
            {elsewhere
              .filter(({ name }) => !far.includes(name))
              .map(({ name, title, journey: other }) => (
                <option key={name} value={name}>
                  {`${other}: ${title}`}
                </option>
              ))}
          </select>
        </div>
      )}
    </fieldset>
  )
}

function wayOf({ saysNext, next }: StepColumn): 'file' | 'end' | 'chosen' {
  return saysNext !== true ? 'file' : next.length === 0 ? 'end' : 'chosen'
}

/** What is different in where a step leads: ids, `[]` for the end, `null` for the file's own order. */
export function changedNext(
  journey: string,
  step: StepColumn,
  { text, ticked }: Typed,
): readonly string[] | null | undefined {
  const way = text('way')
  const before = wayOf(step)
  if (way !== 'chosen') return way === before ? undefined : way === 'file' ? null : []
  const now = ticked('next').filter((one) => one !== '')
  const short = step.next.map((name) => (name.startsWith(`${journey}/`) ? localName(name) : name))
  if (before !== 'chosen') return now
  const changed = changedList(short, now)
  return changed === null ? [] : changed
}
