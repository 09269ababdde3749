import { createHash } from 'node:crypto'
import { slug, type Overlay } from '@throughline/core'
import { stringify } from 'yaml'

/** What somebody adds to a thread; who and when come from whoever writes it. */
export type NewEntry =
  | {
      readonly kind: 'proposal'
      readonly title: string
      readonly why?: string
      readonly on: readonly string[]
      /** Each with its `extends` counted from the file of the proposal. */
      readonly overlays: readonly Overlay[]
      readonly edits: readonly unknown[]
      readonly supersedes: readonly string[]
    }
  | { readonly kind: 'comment'; readonly text: string; readonly on: readonly string[] }
  | {
      readonly kind: 'sign-off'
      readonly team: string
      readonly says: 'approve' | 'object'
      readonly revision: string
      readonly text?: string
    }
  | {
      readonly kind: 'decision'
      readonly decision: 'approved' | 'applied' | 'declined' | 'resolved' | 'reopened'
      readonly revision?: string
      readonly reason?: string
    }

export interface EntryFile {
  /** The name of the file in its thread's folder. */
  readonly name: string
  readonly text: string
}

/**
 * An entry as a file: its name holds the moment and a hash of all that it says, so that two people who write at once write two
 * files, on one machine or on two clones.
 */
export function entryFile(entry: NewEntry, by: string, at: Date): EntryFile {
  const text = stringify(
    { ...said(entry), by, at: at.toISOString() },
    { lineWidth: 0, version: '1.2', aliasDuplicateObjects: false },
  )
  const moment = at.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '')
  return { name: `${moment}-${hashOf(text)}.${entry.kind}.yaml`, text }
}

/** The folder of a new proposal: its title, and a hash so that two of the same title stay two. */
export function newThreadId(title: string, by: string, at: Date): string {
  return `${slug(title).slice(0, 60) || 'proposal'}-${hashOf(`${title}\n${by}\n${at.toISOString()}`).slice(0, 6)}`
}

/** The folder of the comments on something: always the same, so that people on two clones meet in it. */
export function threadIdOf(node: string): string {
  return `${slug(node).slice(0, 60) || 'thread'}-${hashOf(node).slice(0, 6)}`
}

function said(entry: NewEntry): Readonly<Record<string, unknown>> {
  switch (entry.kind) {
    case 'proposal': {
      const { title, why, on, overlays, edits, supersedes } = entry
      return {
        title,
        ...(why !== undefined && { why }),
        ...someOf('on', on),
        ...someOf('overlay', overlays),
        ...(edits.length > 0 && { edits }),
        ...(supersedes.length > 0 && { supersedes }),
      }
    }
    case 'comment':
      return { ...someOf('on', entry.on), text: entry.text }
    case 'sign-off':
    case 'decision': {
      const { kind: _, ...rest } = entry
      return rest
    }
  }
}

/** One without the brackets, none not at all. */
function someOf(key: string, values: readonly unknown[]): Readonly<Record<string, unknown>> {
  if (values.length === 0) return {}
  return { [key]: values.length === 1 ? values[0] : values }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
