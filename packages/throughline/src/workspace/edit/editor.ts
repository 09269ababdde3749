import { createHash } from 'node:crypto'
import {
  filesOfWorkspace,
  isReadable,
  located,
  parsedText,
  type ChangedFile,
  type DoneEdit,
  type EditConflict,
  type EditHistory,
  type EditRequest,
  type FileContent,
  type FileEntry,
  type FileKind,
  type Files,
  type Graph,
  type LocatedDiagnostic,
  type SourceFile,
} from '@throughline/core'
import type { Workspace } from '../workspace.ts'
import { applied, type Applied, type Refused } from './applied.ts'
import { realDisk, type Disk } from './disk.ts'
import { encodedText } from './encoded.ts'
import { lineChanges, overlap } from './line-changes.ts'
import { isPicture, mostPictureBytes, pictureEnding, picturePath } from './picture-file.ts'
import type { Fault } from './reading.ts'
import { writeAll, type FileWrite } from './write-all.ts'

export interface EditorOptions {
  readonly workspace: Workspace
  readonly graph: () => Graph
  /** Looks at the disk again and links anew what is different; called before each edit and after it. */
  readonly follow: () => void
  readonly readOnly?: boolean
  readonly disk?: Disk
}

/** Edits the files of a workspace and remembers how to take each edit back, as long as it lives. */
export interface Editor {
  readonly history: EditHistory
  files(): readonly FileEntry[]
  file(path: string): FileContent | undefined
  /** The paths of all pictures that a step can show. */
  pictures(): readonly string[]
  /** All edits of a request, or none. Nothing is written where a file is not what the edits were made against. */
  edit(request: EditRequest): Outcome
  /** Writes a picture into the workspace and puts it on a step: one thing to undo. */
  addPicture(picture: NewPicture): Outcome
  /** Takes the last edit back, exactly; with `id` only if it is that one. */
  undo(id?: number): Outcome
  redo(id?: number): Outcome
}

interface NewPicture {
  /** `checkout/basket` */
  readonly step: string
  /** What the file was called. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly base: EditRequest['base']
}

export type Outcome =
  | { readonly kind: 'done'; readonly title: string; readonly files: readonly ChangedFile[] }
  | {
      readonly kind: 'refused'
      readonly status: 400 | 403 | 409 | 422 | 500
      readonly title: string
      readonly detail: string
      readonly errors?: readonly Fault[]
      /** What is wrong with the file that was to be edited. */
      readonly diagnostics?: readonly LocatedDiagnostic[]
      readonly conflict?: Conflict
    }

interface Conflict {
  readonly conflicts: readonly EditConflict[]
  /** The edits can be done to the files as they are now, and touch other lines. */
  readonly rebased: boolean
  /** What they would do then. */
  readonly preview?: readonly { readonly path: string; readonly changes: ChangedFile['changes'] }[]
  /** What to send as `base` to do so. */
  readonly base?: Readonly<Record<string, string>>
}

interface Unit {
  readonly id: number
  readonly title: string
  readonly writes: readonly (FileWrite & { readonly name: string })[]
}

/** How many edits can be taken back, and how many characters of old texts are kept to explain conflicts. */
const mostUnits = 200
const mostKept = 32_000_000

export function editorOf(options: EditorOptions): Editor {
  const { workspace, graph, follow, readOnly = false, disk = realDisk } = options
  const undone: Unit[] = []
  const done: Unit[] = []
  const texts = rememberedTexts()
  let lastId = 0

  /** The hash of a file as it lies on the disk, whose text is remembered under it. */
  const hashOf = (path: string): string | null => {
    const bytes = workspace.bytes(path)
    if (bytes === undefined) return null
    const hash = createHash('sha256').update(bytes).digest('hex')
    if (!texts.has(hash)) texts.set(hash, encodedText(Buffer.from(bytes))?.text ?? '')
    return hash
  }

  const apply = (files: Files, { edits }: EditRequest): Applied | Refused =>
    applied(files, graph().apis, edits)

  function addPicture({ step, name, bytes, base }: NewPicture): Outcome {
    if (readOnly) return readOnlyMode
    follow()
    const ending = pictureEnding(bytes)
    if (ending === undefined || bytes.byteLength > mostPictureBytes)
      return {
        kind: 'refused',
        status: 422,
        title: ending === undefined ? 'That is no picture' : 'The picture is too big',
        detail:
          ending === undefined
            ? 'A picture is a PNG, JPEG, WebP, AVIF, GIF or SVG file.'
            : `A picture may have ${mostPictureBytes / 1_000_000} MB. Export it smaller.`,
      }
    const shown = graph().declarations.journeys.flatMap(({ steps }) =>
      steps.flatMap(({ image }) =>
        image === undefined || /^\w+:|\.\./.test(image) ? [] : [image],
      ),
    )
    const path = picturePath(
      name,
      ending,
      shown,
      (one) => disk.read(workspace.absolute(one)) !== undefined,
    )
    return edit(
      { edits: [{ kind: 'change-step', step, set: { image: path } }], base },
      { name: path, bytes: Buffer.from(bytes) },
    )
  }

  function edit(
    request: EditRequest,
    picture?: { readonly name: string; readonly bytes: Buffer },
  ): Outcome {
    if (readOnly) return readOnlyMode
    follow()
    const now = apply(workspace, request)
    const ours = new Set([...known()].map(([path]) => path))
    const stale = Object.entries(request.base).filter(
      ([path, hash]) => (ours.has(path) ? hashOf(path) : null) !== hash,
    )
    const touched = 'texts' in now ? stale.filter(([path]) => now.texts.has(path)) : stale
    if (touched.length > 0) return conflicting(request, now, touched)
    if ('refusal' in now) return refusedBy(now)
    const without = [...now.subjects].filter(
      (path) => !Object.hasOwn(request.base, path) && isReadable(workspace.read(path)),
    )
    if (without.length > 0)
      return {
        kind: 'refused',
        status: 400,
        title: 'The edit does not say which version it was made against',
        detail: `Send the hash of ${without.join(', ')} in \`base\`.`,
        errors: without.map((path) => ({
          pointer: `/base/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          detail: 'is missing',
        })),
      }
    const planned = plan(now, picture)
    if ('kind' in planned) return planned
    const failed = written(planned)
    if (failed !== undefined) return failed
    if (planned.length > 0) {
      done.push({ id: ++lastId, title: now.title, writes: planned })
      if (done.length > mostUnits) done.shift()
      undone.length = 0
    }
    return { kind: 'done', title: now.title, files: changedFiles(planned) }
  }

  /** What to write for an edit, or why it may not be written. */
  function plan(
    { texts: changed }: Applied,
    picture: { readonly name: string; readonly bytes: Buffer } | undefined,
  ): Unit['writes'] | Extract<Outcome, { kind: 'refused' }> {
    const writes: (FileWrite & { readonly name: string })[] = []
    if (picture !== undefined) {
      const { name, bytes } = picture
      const place = disk.place(workspace.absolute(name), workspace.root)
      if ('reason' in place) return notWritable(name, place.reason)
      writes.push({ name, path: place.path, before: undefined, after: bytes })
    }
    for (const [name, text] of changed) {
      const place = disk.place(workspace.absolute(name), workspace.root)
      if ('reason' in place) return notWritable(name, place.reason)
      const before = disk.read(place.path)
      const encoded = before === undefined ? undefined : encodedText(before)
      const known = workspace.read(name)
      if (before !== undefined && (!isReadable(known) || encoded?.text !== known.text))
        return {
          kind: 'refused',
          status: 409,
          title: `${name} is being changed`,
          detail: 'Try again in a moment.',
        }
      const after = text === null ? undefined : (encoded?.encode(text) ?? Buffer.from(text))
      if (before === undefined ? after === undefined : after?.equals(before) === true) continue
      writes.push({ name, path: place.path, before, after })
    }
    return writes
  }

  function written(
    writes: readonly FileWrite[],
  ): Extract<Outcome, { kind: 'refused' }> | undefined {
    try {
      writeAll(disk, writes)
      return undefined
    } catch (error) {
      return notWritten(error)
    } finally {
      follow()
    }
  }

  function changedFiles(writes: Unit['writes'], isBack = false): readonly ChangedFile[] {
    return writes.map(({ name, before, after }) => ({
      path: name,
      hash: hashOf(name),
      changes: isPicture(name)
        ? []
        : isBack
          ? lineChanges(textOf(after), textOf(before))
          : lineChanges(textOf(before), textOf(after)),
    }))
  }

  function conflicting(
    request: EditRequest,
    now: Applied | Refused,
    stale: readonly (readonly [string, string])[],
  ): Outcome {
    const old = new Map(
      stale.flatMap(([path, hash]) => (texts.has(hash) ? [[path, texts.get(hash)!] as const] : [])),
    )
    const isKnown = old.size === stale.length
    const mine = isKnown ? apply(withTexts(workspace, old), request) : undefined
    const conflicts = stale.map(([path]): EditConflict => {
      const before = old.get(path)
      const mineText = mine !== undefined && 'texts' in mine ? mine.texts.get(path) : undefined
      const here = workspace.read(path)
      return {
        path,
        hash: hashOf(path),
        onDisk:
          before === undefined ? null : lineChanges(before, isReadable(here) ? here.text : ''),
        yours:
          before === undefined || mineText === undefined
            ? null
            : lineChanges(before, mineText ?? ''),
      }
    })
    const isClean = conflicts.every(
      ({ hash, onDisk, yours }) =>
        hash !== null && onDisk !== null && yours !== null && !overlap(onDisk, yours),
    )
    const names = stale.map(([path]) => path).join(', ')
    const conflict: Conflict =
      isClean && 'texts' in now
        ? {
            conflicts,
            rebased: true,
            preview: [...now.texts].map(([path, text]) => {
              const here = workspace.read(path)
              return { path, changes: lineChanges(isReadable(here) ? here.text : '', text ?? '') }
            }),
            base: {
              ...request.base,
              ...Object.fromEntries(conflicts.map(({ path, hash }) => [path, hash!])),
            },
          }
        : { conflicts, rebased: false }
    return {
      kind: 'refused',
      status: 409,
      title: `${names} ${stale.length === 1 ? 'has' : 'have'} changed meanwhile`,
      detail: conflict.rebased
        ? 'Your change touches other lines. Look at both, and do it again.'
        : 'Nothing was written. Look at what is there now, and make your change again.',
      conflict,
    }
  }

  function step(from: Unit[], to: Unit[], id: number | undefined, isBack: boolean): Outcome {
    if (readOnly) return readOnlyMode
    const unit = from.at(-1)
    if (unit === undefined || (id !== undefined && unit.id !== id)) {
      const other =
        unit === undefined
          ? 'Nothing has been edited since the server started.'
          : `The last one is: ${unit.title}.`
      return {
        kind: 'refused',
        status: 409,
        title: isBack ? 'There is nothing to undo' : 'There is nothing to redo',
        detail: id === undefined ? other : `It is no longer the last edit. ${other}`,
      }
    }
    follow()
    const conflicts: EditConflict[] = []
    const writes: FileWrite[] = []
    for (const { name, before, after } of unit.writes) {
      const [expected, wanted] = isBack ? [after, before] : [before, after]
      const place = disk.place(workspace.absolute(name), workspace.root)
      if ('reason' in place) return notWritable(name, place.reason)
      const here = disk.read(place.path)
      const isSame = here === undefined ? expected === undefined : expected?.equals(here) === true
      if (!isSame)
        conflicts.push({
          path: name,
          hash: hashOf(name),
          onDisk: lineChanges(textOf(expected), textOf(here)),
          yours: lineChanges(textOf(expected), textOf(wanted)),
        })
      writes.push({
        path: place.path,
        before: expected,
        after: wanted,
      })
    }
    if (conflicts.length > 0) {
      const names = conflicts.map(({ path }) => path).join(', ')
      return {
        kind: 'refused',
        status: 409,
        title: `${names} ${conflicts.length === 1 ? 'has' : 'have'} changed meanwhile`,
        detail: `${isBack ? 'Undoing' : 'Doing it again'} would overwrite that. Nothing was written.`,
        conflict: { conflicts, rebased: false },
      }
    }
    const failed = written(writes)
    if (failed !== undefined) return failed
    from.pop()
    to.push(unit)
    return { kind: 'done', title: unit.title, files: changedFiles(unit.writes, isBack) }
  }

  function entryOf(path: string, kind: FileKind, name: string | undefined): FileEntry | undefined {
    const hash = hashOf(path)
    if (hash === null) return undefined
    const reason = reasonOf(path, kind)
    return {
      path,
      kind,
      ...(name !== undefined && { name }),
      hash,
      editable: reason === undefined,
      ...(reason !== undefined && { reason }),
    }
  }

  /** Why a file can't be edited here. */
  function reasonOf(path: string, kind: FileKind): string | undefined {
    if (readOnly) return readOnlyMode.detail
    if (kind === 'contract')
      return 'Contracts belong to those who build the API: propose what you need.'
    if (kind === 'scenario' || kind === 'policy' || kind === 'waiver')
      return 'This kind of file is changed in an editor.'
    const place = disk.place(workspace.absolute(path), workspace.root)
    if ('reason' in place) return place.reason
    const file = workspace.read(path)
    if (!isReadable(file)) return 'It is no text that can be read.'
    const [first] = located(parsedText(file).diagnostics)
    return first === undefined
      ? undefined
      : `It can't be read: ${first.message} (line ${first.range.start.line})`
  }

  function* known(): Generator<readonly [path: string, kind: FileKind, name: string | undefined]> {
    const { declarations } = graph()
    const names = new Map(
      [...declarations.journeys, ...declarations.personas, ...declarations.scenarios].map(
        ({ id, site }) => [site.document.file.path, id],
      ),
    )
    const all = filesOfWorkspace(workspace.paths)
    if (all.workspace !== undefined) yield [all.workspace, 'workspace', undefined]
    const kinds = {
      journey: all.journeys,
      persona: all.personas,
      scenario: all.scenarios,
      policy: all.policies,
      waiver: all.waivers,
    }
    for (const [kind, paths] of Object.entries(kinds)) {
      for (const path of paths) {
        yield [path, kind as FileKind, names.get(path)]
      }
    }
    for (const { contract } of declarations.workspace.apis) yield [contract, 'contract', undefined]
  }

  const shown = ({ id, title, writes }: Unit): DoneEdit => ({
    id,
    title,
    files: writes.map(({ name }) => name),
  })
  return {
    get history() {
      return { readOnly, undo: done.map(shown).toReversed(), redo: undone.map(shown).toReversed() }
    },
    files() {
      follow()
      return [...known()].flatMap((one) => {
        const entry = entryOf(one[0], one[1], one[2])
        return entry === undefined ? [] : [entry]
      })
    },
    file(path) {
      follow()
      for (const [name, kind, id] of known()) {
        if (name !== path) continue
        const entry = entryOf(name, kind, id)
        const file = workspace.read(path)
        return entry === undefined || !isReadable(file) ? undefined : { ...entry, text: file.text }
      }
      return undefined
    },
    pictures() {
      follow()
      return workspace.pictures
    },
    edit: (request) => edit(request),
    addPicture,
    undo: (id) => step(done, undone, id, true),
    redo: (id) => step(undone, done, id, false),
  }
}

const readOnlyMode = {
  kind: 'refused',
  status: 403,
  title: 'The workspace is only shown',
  detail: 'The server was started with --read-only: files are changed in an editor.',
} as const

function refusedBy({ refusal, index }: Refused): Outcome {
  return {
    kind: 'refused',
    status: refusal.status,
    title: refusal.message,
    detail: refusal.detail,
    errors: [{ pointer: `/edits/${index}${refusal.pointer}`, detail: refusal.message }],
    ...(refusal.diagnostics.length > 0 && { diagnostics: refusal.diagnostics }),
  }
}

function notWritable(name: string, reason: string): Extract<Outcome, { kind: 'refused' }> {
  return { kind: 'refused', status: 403, title: `${name} can't be written`, detail: reason }
}

function notWritten(error: unknown): Extract<Outcome, { kind: 'refused' }> {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === 'EEXIST')
    return {
      kind: 'refused',
      status: 409,
      title: 'There is a file of that name now',
      detail: 'Nothing was written. Try again.',
    }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return {
      kind: 'refused',
      status: 403,
      title: 'The files may not be written',
      detail: 'Nothing was written. Look at the permissions of the folder.',
    }
  const reason = code === 'ENOSPC' ? 'The disk is full.' : message
  return {
    kind: 'refused',
    status: 500,
    title: 'The files could not be written',
    detail: `Everything is as it was. ${reason}`,
  }
}

function textOf(bytes: Buffer | undefined): string {
  return bytes === undefined ? '' : (encodedText(bytes)?.text ?? '')
}

function withTexts(files: Files, texts: ReadonlyMap<string, string>): Files {
  const mine = new Map<string, SourceFile>([...texts].map(([path, text]) => [path, { path, text }]))
  return {
    get paths() {
      return [...new Set([...files.paths, ...mine.keys()])].toSorted()
    },
    ...(files.place !== undefined && { place: files.place }),
    read: (path) => mine.get(path) ?? files.read(path),
  }
}

/** Texts by their hash, the oldest forgotten first. */
function rememberedTexts(): Map<string, string> {
  const texts = new Map<string, string>()
  let size = 0
  const set = texts.set.bind(texts)
  texts.set = (hash, text) => {
    size += text.length
    for (const [oldest, old] of texts) {
      if (size <= mostKept) break
      size -= old.length
      texts.delete(oldest)
    }
    return set(hash, text)
  }
  return texts
}
