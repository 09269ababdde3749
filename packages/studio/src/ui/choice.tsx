import { useId } from 'react'

/** One of a few, side by side, each with how many there are. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChoose,
}: {
  readonly label: string
  readonly value: Value
  readonly options: readonly {
    readonly value: Value
    readonly words: string
    readonly count?: number
  }[]
  readonly onChoose: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset className="lens choice">
      <legend className="sr">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChoose(option.value)}
          />
          <span>
            {option.words}
            {option.count !== undefined && <small className="num"> {option.count}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
