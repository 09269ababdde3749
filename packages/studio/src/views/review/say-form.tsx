import { useId, useState, type ReactNode } from 'react'
import { words } from './words.ts'

/** A box to write in, with what can be done with it. Ctrl-Enter does the first thing. */
export function SayForm({
  label,
  placeholder,
  pending,
  problem,
  children,
  onSay,
}: {
  readonly label: string
  readonly placeholder?: string
  readonly pending: boolean
  readonly problem: Error | null
  /** The buttons; one of type `submit` says it. */
  readonly children: (text: string) => ReactNode
  /** Resolves when it is said: then the box is empty again. */
  readonly onSay: (text: string) => Promise<unknown>
}) {
  const id = useId()
  const [text, setText] = useState('')
  return (
    <form
      className="say-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (pending || text.trim() === '') return
        void onSay(text.trim()).then(
          () => setText(''),
          () => undefined,
        )
      }}
    >
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="input"
        rows={2}
        value={text}
        maxLength={20_000}
        placeholder={placeholder}
        onChange={({ currentTarget: { value } }) => setText(value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
            event.currentTarget.form?.requestSubmit()
        }}
      />
      {problem && (
        <p role="alert" className="edit-problem">
          {words.comments.failed(problem.message)}
        </p>
      )}
      <div className="edit-actions">{children(text.trim())}</div>
    </form>
  )
}
