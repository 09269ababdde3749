import type { Entity } from './entity.ts'
import type { IdNumbers } from './identity.ts'

/** One thing of a collection that somebody has written to. */
export interface Row {
  readonly value: Entity
  /** Written, so that it is all there is to know; else it is as the list has it, and details are looked up. */
  readonly written: boolean
  /** Made by this session. */
  readonly made?: true
}

/** A collection that somebody has written to: everything in it, in order; a single thing stands under `''`. */
export interface Written {
  readonly rows: Map<string, Row>
  /** Ids that were deleted: asked for, they are not made up again. */
  readonly gone: Set<string>
  /** How its ids are numbered; found when the first one is made. */
  numbers?: IdNumbers
  /** There is nothing but these rows: somebody said so. */
  closed?: boolean
}

/**
 * What one session has changed, over the base world that everybody shares and nobody changes. Collections that nobody has
 * written to are not here.
 */
export interface World {
  readonly touched: (key: string) => boolean
  readonly get: (key: string) => Written | undefined
  /** For writing; `base` tells what was there before the first write. */
  readonly open: (key: string, base: () => Written) => Written
  /** Whether this much more may be kept. Of a full world, the older half of what was made and deleted is forgotten. */
  readonly hasRoom: (bytes: number) => boolean
  /** Hears that something is being written. Returns how to stop. */
  readonly subscribe: (listener: () => void) => () => void
}

/** Worlds of all sessions. Those that nobody has used for longest go first. */
export interface Worlds {
  /** The world of a session; of everybody who names none for `''`. It costs nothing until somebody writes. */
  readonly of: (session: string) => World
  /** A world whose writes are forgotten. */
  readonly branch: (session: string) => World
  /** Whether nobody has written to it. */
  readonly isUntouched: (session: string) => boolean
  readonly reset: (session: string) => void
  /** Every session's world, and every snapshot. */
  readonly resetAll: () => void
  /** Keeps a copy of a session's world. Returns its id. */
  readonly snapshot: (session: string) => string
  /** Whether there was such a copy. */
  readonly restore: (session: string, id: string) => boolean
}

export interface WorldLimits {
  readonly sessions: number
  readonly entities: number
  readonly bytes: number
  readonly allBytes: number
  readonly snapshots: number
}

const LIMITS: WorldLimits = {
  sessions: 1000,
  entities: 50_000,
  bytes: 30_000_000,
  allBytes: 150_000_000,
  snapshots: 100,
}

interface Kept {
  readonly collections: Map<string, Written>
  bytes: number
}

export function worlds(limits: WorldLimits = LIMITS): Worlds {
  const sessions = new Map<string, Kept>()
  const snapshots = new Map<string, Kept>()
  const listeners = new Map<string, Set<() => void>>()
  let total = 0
  let made = 0
  let youngest: Kept | undefined

  return {
    of: (session) => ({
      touched(key) {
        const kept = sessions.get(session)
        if (kept === undefined) return false
        if (session !== '') used(session)
        return kept.collections.has(key)
      },
      get: (key) => sessions.get(session)?.collections.get(key),
      open(key, base) {
        for (const listener of listeners.get(session) ?? []) listener()
        return opened(used(session).collections, key, base)
      },
      hasRoom(bytes) {
        const kept = used(session)
        const isFull = (): boolean =>
          kept.bytes + bytes > limits.bytes || entitiesOf(kept) >= limits.entities
        if (isFull()) {
          total -= kept.bytes - spared(kept)
          if (isFull()) return false
        }
        kept.bytes += bytes
        total += bytes
        forget(session)
        return true
      },
      subscribe(listener) {
        const all = listeners.get(session) ?? new Set()
        listeners.set(session, all.add(listener))
        return () => {
          all.delete(listener)
          if (all.size === 0 && listeners.get(session) === all) listeners.delete(session)
        }
      },
    }),
    branch(session) {
      const own = new Map<string, Written>()
      const under = sessions.get(session)?.collections
      return {
        touched: (key) => own.has(key) || under?.has(key) === true,
        get: (key) => own.get(key) ?? under?.get(key),
        open: (key, base) => {
          const before = under?.get(key)
          return opened(own, key, before === undefined ? base : () => copied(before))
        },
        hasRoom: () => true,
        subscribe: () => () => {},
      }
    },
    isUntouched: (session) => (sessions.get(session)?.collections.size ?? 0) === 0,
    reset: drop,
    resetAll() {
      sessions.clear()
      snapshots.clear()
      total = 0
    },
    snapshot(session) {
      const kept = sessions.get(session)
      const id = `s${++made}`
      if (snapshots.size >= limits.snapshots) snapshots.delete(snapshots.keys().next().value!)
      snapshots.set(id, kept === undefined ? { collections: new Map(), bytes: 0 } : copyOf(kept))
      return id
    },
    restore(session, id) {
      const kept = snapshots.get(id)
      if (kept === undefined) return false
      drop(session)
      if (kept.collections.size > 0) {
        youngest = copyOf(kept)
        sessions.set(session, youngest)
        total += kept.bytes
        forget(session)
      }
      return true
    },
  }

  /** The session becomes the youngest, which stands last. */
  function used(session: string): Kept {
    let kept = sessions.get(session)
    if (kept !== undefined && youngest === kept) return kept
    if (kept === undefined) kept = { collections: new Map(), bytes: 0 }
    else sessions.delete(session)
    sessions.set(session, kept)
    youngest = kept
    return kept
  }

  function drop(session: string): void {
    total -= sessions.get(session)?.bytes ?? 0
    sessions.delete(session)
  }

  function forget(except: string): void {
    for (const session of sessions.keys()) {
      if (sessions.size <= limits.sessions && total <= limits.allBytes) return
      if (session !== except) drop(session)
    }
  }
}

function opened(collections: Map<string, Written>, key: string, base: () => Written): Written {
  let written = collections.get(key)
  if (written === undefined) collections.set(key, (written = base()))
  return written
}

function entitiesOf({ collections }: Kept): number {
  let count = 0
  for (const { rows, gone } of collections.values()) count += 1 + rows.size + gone.size
  return count
}

/** A test that posts for hours goes on: the older half of what it made goes. Returns the bytes that are left. */
function spared(kept: Kept): number {
  const before = entitiesOf(kept)
  for (const { rows, gone } of kept.collections.values()) {
    const made = [...rows].filter(([, row]) => row.made === true)
    for (const [id] of made.slice(0, Math.ceil(made.length / 2))) rows.delete(id)
    for (const id of [...gone].slice(0, Math.ceil(gone.size / 2))) gone.delete(id)
  }
  if (before > 0) kept.bytes = Math.floor((kept.bytes * entitiesOf(kept)) / before)
  return kept.bytes
}

function copied({ rows, gone, numbers, closed }: Written): Written {
  return {
    rows: new Map(rows),
    gone: new Set(gone),
    ...(numbers !== undefined && { numbers: { ...numbers } }),
    ...(closed === true && { closed }),
  }
}

function copyOf({ collections, bytes }: Kept): Kept {
  return {
    collections: new Map([...collections].map(([key, written]) => [key, copied(written)])),
    bytes,
  }
}
