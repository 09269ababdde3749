import { useQuery } from '@tanstack/react-query'
import type { ReferenceIndex, StepColumn } from '@throughline/core'
import { useId } from 'react'
import { operationsQuery } from '../reference/reference-api.ts'
import { words } from './words.ts'

const said = words.need

/** Every operation of the contracts to choose from, those that the step calls first. */
export function OperationChoice({
  label,
  step,
  value,
  withCalls,
  onChange,
}: {
  readonly label: string
  readonly step: StepColumn
  readonly value: string
  /** Whether what the step calls already can be chosen. */
  readonly withCalls: boolean
  readonly onChange: (operation: string) => void
}) {
  const { data: index } = useQuery(operationsQuery)
  const id = useId()
  const called = new Set(step.calls.map(({ operation }) => operation))
  return (
    <div className="edit-field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {value === '' && <option value="">{said.choose}</option>}
        {withCalls && step.calls.length > 0 && (
          <optgroup label={said.callOfStep}>
            {step.calls.map(({ operation, title }) => (
              <option key={operation} value={operation}>
                {title === undefined ? operation : `${title} (${operation})`}
              </option>
            ))}
          </optgroup>
        )}
        {index?.apis.flatMap((api) =>
          api.groups.map((group) => {
            const others = group.operations.filter((one) => !called.has(one.id) || one.id === value)
            if (others.length === 0) return null
            const name = `${api.title ?? api.name}: ${group.name}`
            return (
              <optgroup
                key={`${api.name} ${group.name}`}
                label={withCalls ? `${name} (${said.callAdded})` : name}
              >
                {others
                  .filter((one) => !withCalls || !called.has(one.id))
                  .map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.title === undefined ? one.id : `${one.title} (${one.id})`}
                    </option>
                  ))}
              </optgroup>
            )
          }),
        )}
      </select>
    </div>
  )
}

/** What the contract calls an operation: a GraphQL call is named after its document, its field is what is asked. */
export function contractIdOf(
  call: string,
  step: StepColumn,
  index: ReferenceIndex | undefined,
): string {
  const row = step.calls.find(({ operation }) => operation === call)
  if (row === undefined || index === undefined) return call
  const entries = index.apis
    .filter(({ name }) => call.startsWith(`${name}.`))
    .flatMap(({ groups }) => groups.flatMap(({ operations }) => operations))
  if (entries.some(({ id }) => id === call)) return call
  return entries.find(({ path }) => path === row.path)?.id ?? call
}
