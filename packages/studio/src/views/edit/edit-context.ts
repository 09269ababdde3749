import type { Edit, EditAnswer, EditProblem, FileEntry } from '@throughline/core'
import { createContext, use } from 'react'

export type Outcome =
  | { readonly kind: 'done'; readonly answer: EditAnswer }
  | { readonly kind: 'refused'; readonly problem: EditProblem }
  /** The reader saw what is on disk, and took that. */
  | { readonly kind: 'theirs'; readonly bases: Readonly<Record<string, string>> }
  /** The reader saw what is on disk, and goes back to what is typed. */
  | { readonly kind: 'kept' }

export interface Editing {
  readonly files: readonly FileEntry[]
  readonly readOnly: boolean
  /** The versions that an edit made now is made against, by path. */
  readonly bases: Readonly<Record<string, string>>
  /** Sends edits of a file; a conflict is shown first, and nothing is overwritten. */
  readonly send: (
    edits: readonly Edit[],
    file: string | undefined,
    bases: Readonly<Record<string, string>>,
  ) => Promise<Outcome>
  /** Like `send` against what is known now; what goes wrong is told in the toast. */
  readonly make: (edits: readonly Edit[], file: string | undefined) => Promise<Outcome>
  /** Writes a picture into the workspace and puts it on a step of the file; what goes wrong is told in the toast. */
  readonly put: (step: string, picture: File, file: string) => Promise<Outcome>
  readonly undo: (id?: number) => Promise<boolean>
  readonly redo: (id?: number) => Promise<boolean>
}

export const EditContext = createContext<Editing>({
  files: [],
  readOnly: true,
  bases: {},
  send: () => Promise.resolve({ kind: 'kept' }),
  make: () => Promise.resolve({ kind: 'kept' }),
  put: () => Promise.resolve({ kind: 'kept' }),
  undo: () => Promise.resolve(false),
  redo: () => Promise.resolve(false),
})

export function useEdit(): Editing {
  return use(EditContext)
}

/** Whether a file can be edited here, and why not. `undefined` while nobody knows. */
export function useEditable(path: string): FileEntry | undefined {
  return useEdit().files.find((file) => file.path === path)
}
