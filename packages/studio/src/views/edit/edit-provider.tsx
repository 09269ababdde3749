import './edit.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Edit, EditAnswer, EditProblem } from '@throughline/core'
import { lazyRouteComponent } from '@tanstack/react-router'
import {
  Suspense,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import type { Choice } from './conflict.tsx'
import {
  baseFor,
  basesOf,
  filesQuery,
  sendEdits,
  sendPicture,
  sendRedo,
  sendUndo,
  type Sent,
} from './edit-api.ts'
import { EditContext, type Editing, type Outcome } from './edit-context.ts'
import { Toast, type Said } from './toast.tsx'
import { words } from './words.ts'

const Conflict = lazyRouteComponent(() => import('./conflict.tsx'), 'Conflict')

interface Asked {
  readonly problem: EditProblem
  readonly kind: 'edit' | 'undo' | 'picture'
  readonly choose: (choice: Choice) => void
}

/** Sends edits for every page, says what was saved, takes it back, and shows a conflict before anything is lost. */
export function EditProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient()
  const { data } = useQuery(filesQuery)
  const [said, setSaid] = useState<Said>()
  const [asked, setAsked] = useState<Asked>()
  const bases = useMemo(() => (data === undefined ? {} : basesOf(data)), [data])

  function choice(problem: EditProblem, kind: Asked['kind']): Promise<Choice> {
    return new Promise((resolve) => {
      setAsked({
        problem,
        kind,
        choose: (chosen) => {
          setAsked(undefined)
          resolve(chosen)
        },
      })
    })
  }

  async function done(answer: EditAnswer, kind: 'saved' | 'undone' | 'redone'): Promise<Outcome> {
    await queries.invalidateQueries()
    setSaid({ kind, title: answer.title, files: answer.files.map(({ path }) => path), answer })
    return { kind: 'done', answer }
  }

  async function send(
    edits: readonly Edit[],
    file: string | undefined,
    against: Readonly<Record<string, string>>,
  ): Promise<Outcome> {
    const whole = data?.files.find(({ kind }) => kind === 'workspace')?.path
    let base = baseFor(
      against,
      [file, whole].filter((path) => path !== undefined),
    )
    for (;;) {
      const sent = await sendEdits({ edits, base })
      if (sent.kind === 'done') return done(sent.answer, 'saved')
      const { problem } = sent
      if (problem.conflicts === undefined) return sent
      const chosen = await choice(problem, 'edit')
      if (chosen === 'keep') return { kind: 'kept' }
      if (chosen === 'theirs') {
        await queries.invalidateQueries()
        const files = queries.getQueryData(filesQuery.queryKey)
        return { kind: 'theirs', bases: files === undefined ? {} : basesOf(files) }
      }
      base = problem.base ?? base
    }
  }

  /** Two clicks in a row are one deed after the other: the second is made against what the first one left. */
  const last = useRef<Promise<void>>(undefined)
  async function inTurn<Done>(
    act: (known: Readonly<Record<string, string>>) => Promise<Done>,
  ): Promise<Done> {
    const before = last.current
    const { promise: over, resolve: end } = Promise.withResolvers<void>()
    last.current = over
    await before
    const files = before === undefined ? undefined : queries.getQueryData(filesQuery.queryKey)
    try {
      return await act(files === undefined ? bases : basesOf(files))
    } finally {
      if (last.current === over) last.current = undefined
      end()
    }
  }

  function make(edits: readonly Edit[], file: string | undefined): Promise<Outcome> {
    return inTurn(async (known) => {
      const outcome = await send(edits, file, known)
      if (outcome.kind === 'refused') setSaid({ kind: 'refused', problem: outcome.problem })
      return outcome
    })
  }

  function put(step: string, picture: File, file: string): Promise<Outcome> {
    return inTurn(async (known) => {
      const sent = await sendPicture(step, picture, { file, hash: known[file] ?? '' })
      if (sent.kind === 'done') return done(sent.answer, 'saved')
      if (sent.problem.conflicts === undefined) setSaid({ kind: 'refused', problem: sent.problem })
      else if ((await choice(sent.problem, 'picture')) === 'theirs')
        await queries.invalidateQueries()
      return sent
    })
  }

  async function back(step: () => Promise<Sent>, kind: 'undone' | 'redone'): Promise<boolean> {
    const sent = await step()
    if (sent.kind === 'done') {
      await done(sent.answer, kind)
      return true
    }
    if (sent.problem.conflicts === undefined) setSaid({ kind: 'refused', problem: sent.problem })
    else await choice(sent.problem, 'undo')
    return false
  }
  const undo = (id?: number): Promise<boolean> => back(() => sendUndo(id), 'undone')
  const redo = (id?: number): Promise<boolean> => back(() => sendRedo(id), 'redone')
  useUndoKeys(
    data?.readOnly === false,
    () => void undo(),
    () => void redo(),
  )

  const editing: Editing = {
    files: data?.files ?? [],
    readOnly: data?.readOnly ?? true,
    bases,
    send,
    make,
    put,
    undo,
    redo,
  }
  return (
    <EditContext value={editing}>
      {children}
      <Toast
        said={said}
        onClose={() => setSaid(undefined)}
        onUndo={(id) => void undo(id)}
        onRedo={(id) => void redo(id)}
      />
      <Suspense>
        {asked && (
          <Conflict
            key={asked.problem.title}
            problem={asked.problem}
            kind={asked.kind}
            onChoose={asked.choose}
          />
        )}
      </Suspense>
      <p className="sr" role="status">
        {said === undefined ? '' : words.toast.says(said)}
      </p>
    </EditContext>
  )
}

/** Ctrl-Z and Ctrl-Shift-Z (Cmd on a Mac, and Ctrl-Y) anywhere but where text is typed. */
function useUndoKeys(on: boolean, undo: () => void, redo: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!on || event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    if (key === 'y' || event.shiftKey) redo()
    else undo()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => press(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio]), textarea, select'))
  )
}
