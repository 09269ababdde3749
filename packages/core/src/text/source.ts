/**
 * One file of the workspace, as read. `path` is workspace-relative and always uses `/`.
 * The same object stands for the same content: everything parsed from a file is remembered by this identity.
 */
export interface SourceFile {
  readonly path: string
  readonly text: string
  /** Where the reader of the disk keeps what was made of this very text, because reading it takes long. */
  readonly kept?: KeptReading
}

/** The value of a text as JSON, kept from one process to the next. */
export interface KeptReading {
  /** `undefined` where nothing is kept. */
  readonly get: () => string | undefined
  readonly set: (json: string) => void
}

/** A file that was asked for and could not be read, and why. */
export interface Unreadable {
  readonly path: string
  readonly unreadable: 'missing' | 'too-large' | 'binary' | 'outside' | 'not-a-file' | 'forbidden'
  /** Size in bytes, where known. */
  readonly size?: number
}

/**
 * The only way core sees a disk: whoever calls `compile` hands one in.
 * `read` is synchronous because references are followed lazily, when somebody asks.
 */
export interface Files {
  /** Every path of the workspace that could be a workspace, journey, persona, scenario, policy or document file. */
  readonly paths: readonly string[]
  /** The folder of the workspace in its repository (`examples/storefront`); absent or `''` at the top of it. */
  readonly place?: string
  read(path: string): SourceFile | Unreadable
}

export function isReadable(file: SourceFile | Unreadable): file is SourceFile {
  return 'text' in file
}
