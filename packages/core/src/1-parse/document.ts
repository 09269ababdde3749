import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import type { Source } from '../text/origin.ts'
import { isObject, type Dialect, type Document } from '../text/site.ts'
import { isReadable, type Files, type SourceFile, type Unreadable } from '../text/source.ts'
import { closest } from '../text/suggestion.ts'
import { parsedText } from './parsed-text.ts'
import { identified } from './identified.ts'
import { workspacePath } from './workspace-path.ts'

export interface ParsedDocument {
  /** Absent where nothing at all can be made of the file. A broken file still gives what could be read of it. */
  readonly document?: Document
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Opens a JSON or YAML file: fast for values, positions on demand. Remembered per file and `Files`; never throws.
 * `dialect` is that of the contract which refers to the file; a file that says its own version ignores it.
 */
export function documentOf(files: Files, path: string, dialect?: Dialect): ParsedDocument {
  const file = files.read(path)
  if (!isReadable(file)) return { diagnostics: [unreadable(file)] }
  const parsed = parsedText(file)
  if (parsed.unusable) return { diagnostics: parsed.diagnostics }
  return {
    document: documentIn(files, file, dialect),
    get diagnostics() {
      return parsed.diagnostics
    },
  }
}

/** Why a file could not be read, to stand after its name: `does not exist. ...`. */
function unreadableReason({ unreadable, size }: Unreadable): string {
  switch (unreadable) {
    case 'missing':
      return 'does not exist. Check its name and folder; capitals count.'
    case 'too-large':
      return `is too large${size === undefined ? '' : ` (${Math.round(size / 1e6)} MB)`}. Split it into several files.`
    case 'binary':
      return 'is no text in UTF-8. Save it as UTF-8, or take it out of the workspace.'
    case 'outside':
      return 'lies outside the workspace, and files there are never read. Copy it in, or open a folder that holds both.'
    case 'not-a-file':
      return 'is no file. Name a file in it.'
    case 'forbidden':
      return 'may not be read by this user. Change its permissions.'
  }
}

/** Like `unreadableReason`, with the file of nearly the same name that is there. */
export function missingReason(file: Unreadable, files: Files): string {
  const paths = new Map(files.paths.map((path) => [path.slice(path.lastIndexOf('/') + 1), path]))
  const close = closest(file.path.slice(file.path.lastIndexOf('/') + 1), paths.keys(), 1)[0]
  return file.unreadable === 'missing' && close !== undefined
    ? `does not exist. Did you mean ${quoted(paths.get(close)!)}?`
    : unreadableReason(file)
}

/** What a document's references led to: another document, or why not. */
export type Opened =
  | { readonly document: Document; readonly path: string }
  | { readonly reason: string; readonly path?: string }

/** Like `Document.open`, with the reason where it can't. */
export function opened(document: Document, reference: string): Opened {
  const opener = openers.get(document)
  if (opener !== undefined) return opener(reference)
  const other = document.open(reference)
  return other === undefined
    ? { reason: 'cannot be followed from here.' }
    : { document: other, path: other.file.path }
}

const openers = new WeakMap<Document, (reference: string) => Opened>()
const remembered = new WeakMap<Files, WeakMap<SourceFile, Map<Dialect | undefined, Document>>>()

function documentIn(files: Files, file: SourceFile, dialect: Dialect | undefined): Document {
  let ofFiles = remembered.get(files)
  if (ofFiles === undefined) remembered.set(files, (ofFiles = new WeakMap()))
  let ofFile = ofFiles.get(file)
  if (ofFile === undefined) ofFiles.set(file, (ofFile = new Map()))
  const parsed = parsedText(file)
  const own = ownDialect(parsed.value) ?? dialect ?? 'json-schema-2020-12'
  let document = ofFile.get(own)
  if (document === undefined) {
    document = create(files, file, parsed.value, parsed.source, own)
    ofFile.set(own, document)
  }
  return document
}

function create(
  files: Files,
  file: SourceFile,
  value: unknown,
  source: Source,
  dialect: Dialect,
): Document {
  const document: Document = {
    file,
    value,
    dialect,
    base:
      isObject(value) && typeof value['$self'] === 'string' && isOpenApi(value)
        ? value['$self']
        : file.path,
    locate: (places) => source.locate(places),
    open: (reference) => {
      const result = opened(document, reference)
      return 'document' in result ? result.document : undefined
    },
  }
  openers.set(document, (reference) => open(files, document, reference))
  return document
}

function open(files: Files, document: Document, reference: string): Opened {
  const hash = reference.indexOf('#')
  const uri = hash === -1 ? reference : reference.slice(0, hash)
  if (uri === '') return { document, path: document.file.path }
  const absolute = absoluteUri(uri, document.base)
  if (absolute !== undefined) {
    if (absolute === absoluteUri(document.base, '')) return { document, path: document.file.path }
    const path = identified(files, absolute)
    if (path !== undefined) return openPath(files, document, path)
    if (/^[a-z][a-z0-9+.-]*:/i.test(uri)) {
      return {
        reason:
          'names an address, and nothing is ever fetched. Save what stands there as a file in the workspace, and refer to that.',
      }
    }
  }
  const path = workspacePath(uri, document.file.path)
  if (path === undefined)
    return {
      reason: `leads to a file that ${unreadableReason({ path: uri, unreadable: 'outside' })}`,
    }
  return openPath(files, document, path)
}

function openPath(files: Files, from: Document, path: string): Opened {
  if (path === from.file.path) return { document: from, path }
  const file = files.read(path)
  if (!isReadable(file))
    return { reason: `leads to ${quoted(path)}, which ${unreadableReason(file)}`, path }
  if (parsedText(file).unusable)
    return { reason: `leads to ${quoted(path)}, which cannot be read. Mend that file first.`, path }
  return { document: documentIn(files, file, from.dialect), path }
}

/** An absolute URI without its fragment; `undefined` for one that is only relative to the workspace. */
function absoluteUri(uri: string, base: string): string | undefined {
  const isAbsolute = /^[a-z][a-z0-9+.-]+:/i
  if (!isAbsolute.test(uri) && !isAbsolute.test(base)) return undefined
  try {
    const url = new URL(uri, isAbsolute.test(base) ? base : undefined)
    url.hash = ''
    return url.href.replace(/#$/, '')
  } catch {
    return undefined
  }
}

function isOpenApi(value: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(value, 'openapi')
}

function ownDialect(value: unknown): Dialect | undefined {
  if (!isObject(value)) return undefined
  if (Object.hasOwn(value, 'swagger')) return 'swagger-2.0'
  if (Object.hasOwn(value, 'openapi'))
    return /^3\.0(?:\.|$)/.test(String(value['openapi'])) || value['openapi'] === 3
      ? 'openapi-3.0'
      : 'json-schema-2020-12'
  return typeof value['$schema'] === 'string' ? 'json-schema-2020-12' : undefined
}

function unreadable(file: Unreadable): Diagnostic {
  const start = { line: 1, column: 1 }
  const source: Source = {
    file: { path: file.path, text: '' },
    locate: (places) => places.map(() => ({ start, end: start })),
  }
  return diagnostic(
    'TL1003',
    { source, place: { kind: 'value', path: [] } },
    { file: quoted(file.path), reason: unreadableReason(file) },
  )
}
