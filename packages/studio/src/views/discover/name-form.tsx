import { useEffect, useId, useRef } from 'react'
import { words } from './words.ts'

/** One name, with what it could be beside the field. */
export function NameForm({
  label,
  submit,
  value = '',
  names = [],
  onSave,
  onClose,
}: {
  readonly label: string
  readonly submit: string
  readonly value?: string
  readonly names?: readonly string[]
  readonly onSave: (name: string) => void
  readonly onClose: () => void
}) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const save = (name: string): void => {
    const text = name.trim()
    if (text !== '' && text !== value) onSave(text)
    onClose()
  }
  return (
    // Keys typed in the field reach the form: Escape leaves it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="discover-name"
      onSubmit={(event) => {
        event.preventDefault()
        save(field.current?.value ?? '')
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <label htmlFor={id} className="caps">
        {label}
      </label>
      <input
        ref={field}
        id={id}
        type="text"
        className="input"
        autoComplete="off"
        maxLength={80}
        defaultValue={value}
      />
      <button type="submit" className="button primary small">
        {submit}
      </button>
      <button type="button" className="button small" onClick={onClose}>
        {words.cancel}
      </button>
      {names.some((one) => one !== value) && (
        <span className="discover-names">
          {names
            .filter((one) => one !== value)
            .map((one) => (
              <button key={one} type="button" className="button small" onClick={() => save(one)}>
                {one}
              </button>
            ))}
        </span>
      )}
    </form>
  )
}
