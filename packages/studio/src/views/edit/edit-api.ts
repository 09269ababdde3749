import { queryOptions } from '@tanstack/react-query'
import type { EditAnswer, EditProblem, EditRequest, FileEntry } from '@throughline/core'
import { ApiProblem, studio } from '../../api.ts'

interface FileList {
  readonly readOnly: boolean
  readonly files: readonly FileEntry[]
}

/** The team's files: which can be edited here, and the version that an edit is made against. */
export const filesQuery = queryOptions({
  queryKey: ['files'],
  queryFn: ({ signal }) => studio.listFiles({ signal }),
})

/** People, teams and app-wide states, with what they hold for. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => studio.getSetup({ signal }),
})

/** The pictures of the workspace that a step can show. */
export const picturesQuery = queryOptions({
  queryKey: ['pictures'],
  queryFn: ({ signal }) => studio.listPictures({ signal }),
})

/** What was edited since the server started. */
export const historyQuery = queryOptions({
  queryKey: ['edits'],
  queryFn: ({ signal }) => studio.listEdits({ signal }),
})

export type Sent =
  | { readonly kind: 'done'; readonly answer: EditAnswer }
  | { readonly kind: 'refused'; readonly problem: EditProblem }

export function sendEdits(request: EditRequest): Promise<Sent> {
  return sent(studio.edit(request))
}

/** A picture for a step: written into the workspace, and named in the journey's file. */
export function sendPicture(
  step: string,
  picture: File,
  against: { readonly file: string; readonly hash: string },
): Promise<Sent> {
  return sent(studio.addPicture({ step, name: picture.name, ...against }, picture))
}

/** Takes the last edit back; with `id` only if it is that one. */
export function sendUndo(id?: number): Promise<Sent> {
  return sent(studio.undo(id === undefined ? {} : { id }))
}

export function sendRedo(id?: number): Promise<Sent> {
  return sent(studio.redo(id === undefined ? {} : { id }))
}

/** The version of every file that can be edited, for edits made now. */
export function basesOf({ files }: FileList): Readonly<Record<string, string>> {
  return Object.fromEntries(
    files.filter(({ editable }) => editable).map(({ path, hash }) => [path, hash]),
  )
}

/** As much of a base as a request may carry: the files named first, then others. */
export function baseFor(
  bases: Readonly<Record<string, string>>,
  first: readonly string[],
): Readonly<Record<string, string>> {
  const named = first.flatMap((path) => (Object.hasOwn(bases, path) ? [[path, bases[path]!]] : []))
  return Object.fromEntries([...named, ...Object.entries(bases)].slice(0, mostBases))
}

/** As many as the server takes, with one to spare for a file named twice. */
const mostBases = 99

async function sent(answering: Promise<EditAnswer>): Promise<Sent> {
  try {
    return { kind: 'done', answer: await answering }
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    return { kind: 'refused', problem: problemOf(error) }
  }
}

function problemOf({ status, message, said }: ApiProblem): EditProblem {
  if (typeof said === 'object' && said !== null && 'title' in said)
    // The server is this page's own, of the same version: its problems are of this shape.
    return said as EditProblem
  return { type: 'about:blank', status, title: message }
}
