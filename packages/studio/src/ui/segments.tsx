import { useId, type ReactNode } from 'react'

/** A few things of which one is shown: radio buttons, drawn as one control. */
export function Segments<Value extends string>({
  label,
  values,
  value,
  onChange,
}: {
  readonly label: string
  readonly values: readonly (readonly [Value, ReactNode])[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset className="lens segments">
      <legend className="sr">{label}</legend>
      {values.map(([one, words]) => (
        <label key={one}>
          <input
            type="radio"
            name={name}
            value={one}
            checked={one === value}
            onChange={() => onChange(one)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}
