import type { Edit, EditAnswer, EditProblem } from '@throughline/core'
import {
  createContext,
  use,
  useEffect,
  useId,
  useRef,
  useState,
  type ComponentProps,
  type ReactNode,
} from 'react'
import { Prose } from '../../ui/prose.tsx'
import { useEdit } from './edit-context.ts'
import { words } from './words.ts'

const FormContext = createContext<{ readonly problem: EditProblem | undefined }>({
  problem: undefined,
})

/** What is typed, trimmed. */
export interface Typed {
  readonly text: (name: string) => string
  /** Of each ticked box of a name, its value. */
  readonly ticked: (name: string) => readonly string[]
}

/**
 * A form that becomes edits of one file. It remembers which version of the files it was opened on, so that what somebody
 * else saved meanwhile is shown and never overwritten. Escape closes it as long as nothing is typed.
 */
export function EditForm({
  label,
  file,
  edits,
  submit = words.save,
  enter = true,
  onSaved,
  onClose,
  children,
}: {
  readonly label: string
  /** The file that is edited; none for a new one. */
  readonly file: string | undefined
  /** What to send; nothing where nothing is different. */
  readonly edits: (typed: Typed) => readonly Edit[]
  readonly submit?: string
  /** Whether it takes the focus when it opens. */
  readonly enter?: boolean
  readonly onSaved?: (answer: EditAnswer) => void
  /** Without it the form stays. */
  readonly onClose?: () => void
  readonly children: ReactNode
}) {
  const { bases, send } = useEdit()
  const [opened, setOpened] = useState(bases)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<EditProblem>()
  const form = useRef<HTMLFormElement>(null)
  const typed = useRef(false)

  useEffect(() => {
    if (enter) form.current?.querySelector<HTMLElement>('input, textarea, select')?.focus()
  }, [enter])
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [problem])

  async function save(data: FormData): Promise<void> {
    const wanted = edits({
      text: (name) => {
        const value = data.get(name)
        return typeof value === 'string' ? value.trim().replaceAll('\r\n', '\n') : ''
      },
      ticked: (name) => data.getAll(name).filter((value) => typeof value === 'string'),
    })
    if (wanted.length === 0) {
      onClose?.()
      return
    }
    setPending(true)
    setProblem(undefined)
    const outcome = await send(wanted, file, opened).finally(() => setPending(false))
    if (outcome.kind === 'refused') setProblem(outcome.problem)
    if (outcome.kind === 'theirs') {
      form.current?.reset()
      typed.current = false
      setOpened(outcome.bases)
      onClose?.()
    }
    if (outcome.kind === 'done') {
      onClose?.()
      onSaved?.(outcome.answer)
    }
  }

  return (
    <FormContext value={{ problem }}>
      {/* Keys typed in a field reach the form: Escape leaves it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        ref={form}
        className="edit-form"
        aria-label={label}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          // What nothing can be sent without is marked `required`; the rest is the server's to judge.
          if (!pending && event.currentTarget.reportValidity())
            void save(new FormData(event.currentTarget))
        }}
        onInput={() => {
          typed.current = true
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !onClose) return
          event.preventDefault()
          event.stopPropagation()
          if (!typed.current) onClose()
        }}
      >
        {children}
        {problem && (
          <p role="alert" className="edit-problem">
            <Prose text={words.notSaved(problem)} />
          </p>
        )}
        <div className="edit-actions">
          <button type="submit" className="button primary" aria-disabled={pending || undefined}>
            {pending ? words.saving : submit}
          </button>
          {onClose && (
            <button type="button" className="button" onClick={onClose}>
              {words.cancel}
            </button>
          )}
        </div>
      </form>
    </FormContext>
  )
}

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  /** Where the server finds fault with it, after `/edits/0`. */
  readonly at?: readonly string[]
}

/** A label, its control, its hint, and what the server says is wrong with it. */
function Field({
  name,
  label,
  hint,
  at = [`/set/${name}`, `/${name}`],
  children,
}: FieldProps & {
  readonly children: (control: {
    id: string
    name: string
    'aria-describedby': string | undefined
    'aria-invalid': true | undefined
  }) => ReactNode
}) {
  const id = useId()
  const { problem } = use(FormContext)
  const fault = problem?.errors?.find(({ pointer }) =>
    at.includes(pointer.replace(/^\/edits\/\d+/, '')),
  )
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ')
  return (
    <div className="edit-field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        name,
        'aria-describedby': described || undefined,
        'aria-invalid': fault ? true : undefined,
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="edit-hint">
          {hint}
        </p>
      )}
      {fault && (
        <p id={`${id}-fault`} className="edit-fault">
          <Prose text={sentence(fault.detail)} />
        </p>
      )}
    </div>
  )
}

export function TextField({
  value,
  mono = false,
  name,
  label,
  hint,
  at,
  ...rest
}: FieldProps & { readonly value?: string | undefined; readonly mono?: boolean } & Omit<
    ComponentProps<'input'>,
    'value' | 'defaultValue' | 'id' | 'name'
  >) {
  return (
    <Field name={name} label={label} hint={hint} {...(at && { at })}>
      {(control) => (
        <input
          type="text"
          autoComplete="off"
          spellCheck={!mono}
          className={mono ? 'input mono' : 'input'}
          {...rest}
          {...control}
          defaultValue={value ?? ''}
        />
      )}
    </Field>
  )
}

export function LongField({
  value,
  rows = 3,
  name,
  label,
  hint,
  at,
}: FieldProps & { readonly value?: string | undefined; readonly rows?: number }) {
  return (
    <Field name={name} label={label} hint={hint} {...(at && { at })}>
      {(control) => (
        <textarea
          className="input"
          rows={rows}
          {...control}
          defaultValue={value ?? ''}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
              event.currentTarget.form?.requestSubmit()
          }}
        />
      )}
    </Field>
  )
}

export function SelectField({
  value,
  options,
  onChange,
  name,
  label,
  hint,
  at,
}: FieldProps & {
  readonly value?: string | undefined
  readonly options: readonly (readonly [value: string, words: string])[]
  readonly onChange?: (value: string) => void
}) {
  return (
    <Field name={name} label={label} hint={hint} {...(at && { at })}>
      {(control) => (
        <select
          className="input"
          {...control}
          defaultValue={value}
          onChange={(event) => onChange?.(event.currentTarget.value)}
        >
          {options.map(([one, text]) => (
            <option key={one} value={one}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Boxes to tick: several of what there is. */
export function TickField({
  name,
  legend,
  hint,
  options,
  ticked,
  mono = false,
}: {
  readonly name: string
  readonly legend: string
  readonly hint?: string | undefined
  readonly options: readonly (readonly [value: string, words: string, note?: string])[]
  readonly ticked: readonly string[]
  readonly mono?: boolean
}) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {hint !== undefined && <p className="edit-hint">{hint}</p>}
      {options.length > 0 && (
        <div className="field-list">
          {options.map(([value, text, note]) => (
            <label key={value}>
              <input
                type="checkbox"
                name={name}
                value={value}
                defaultChecked={ticked.includes(value)}
              />
              {mono ? <code>{text}</code> : <span>{text}</span>}
              {note !== undefined && <small>{note}</small>}
            </label>
          ))}
        </div>
      )}
    </fieldset>
  )
}

/** A list that is different from what it was; `null` where nothing of it is left. */
export function changedList(
  before: readonly string[] = [],
  now: readonly string[],
): readonly string[] | null | undefined {
  // What stays keeps its place, what is new comes after it.
  const kept = before.filter((one) => now.includes(one))
  const next = [...kept, ...now.filter((one) => !before.includes(one))]
  if (next.length === before.length && kept.length === before.length) return undefined
  return next.length === 0 ? null : next
}

/** What stands on the lines of a text, empty ones left out. */
export function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The new value where it is different; `null` where it was taken away. */
export function changed(before: string | undefined, now: string): string | null | undefined {
  if (now === (before ?? '').trim()) return undefined
  return now === '' ? null : now
}

/** An object of what is there. */
export function only<Values extends Record<string, unknown>>(
  values: Values,
): { [Name in keyof Values]?: Exclude<Values[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Values]?: Exclude<Values[Name], undefined>
  }
}

function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(first) ? first : `${first}.`
}
