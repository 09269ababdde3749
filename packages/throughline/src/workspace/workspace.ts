import { realpathSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import type { Files, SourceFile, Unreadable } from '@throughline/core'
import { listingOf, type Listing } from './listing.ts'
import { isInside, readBytes, readSource, type Reading } from './read-source.ts'
import { isPrivate, normalised } from './path.ts'
import { findTarget } from './target.ts'

/** The files of one workspace on this machine's disk: the only reader of the disk that `core` is given. */
export interface Workspace extends Files {
  /** Absolute. Every path of the workspace is relative to it. */
  readonly root: string
  /** References may lead this far up and no further: the root of the git repository around `root`, else of bare contracts the folder
   * that somebody stands in above them, else `root`. Absolute. */
  readonly boundary: string
  /** Set when there is no `throughline.yaml` but only contract files: what to hand to `compile`. */
  readonly contracts: readonly string[] | undefined
  /** Set when only these files were asked about; the rest of the workspace is still linked. */
  readonly focus: readonly string[] | undefined
  /** Set when the folder holds too many files, and some were left out. */
  readonly truncated: boolean
  /** Pictures below the root that a step can show. */
  readonly pictures: readonly string[]
  /** Every folder that something was listed or read in, relative to the root; what a watcher must watch. */
  readonly folders: () => readonly string[]
  /**
   * Looks at the disk again. Until then a file read once stays as it was, so that one compilation sees one state.
   * With `changed`, only these files are looked at, and no new ones are found. Returns the paths that really are different now.
   */
  readonly refresh: (changed?: Iterable<string>) => readonly string[]
  /** A file as it is, for a picture or a download; `undefined` where it can't be read. Not remembered. */
  readonly bytes: (path: string) => Uint8Array | undefined
  /** Where a path of the workspace is on the disk. */
  readonly absolute: (path: string) => string
}

/**
 * Opens what somebody named on the command line: nothing (the workspace around `cwd`), a folder, or contract files.
 * Throws `CannotRun` (TL9001) where there is none.
 */
export function openWorkspace(
  target: string | readonly string[] | undefined,
  cwd: string = process.cwd(),
): Workspace {
  const targets = target === undefined ? [] : typeof target === 'string' ? [target] : target
  return workspaceAt(findTarget(targets, cwd))
}

/** What `openWorkspace` opens, once it has been found. */
export interface Target {
  readonly root: string
  readonly boundary: string
  readonly contracts?: readonly string[]
  readonly focus?: readonly string[]
}

/** The files below a folder, whether it has a `throughline.yaml` or not. */
export function workspaceAt({ root, boundary, contracts, focus }: Target): Workspace {
  const readings = new Map<string, Reading>()
  let listing: Listing | undefined
  const named = new Set(contracts)

  const absolute = (path: string): string => resolve(root, ...path.split('/'))

  function look(path: string): Reading {
    const here = absolute(path)
    // A file that somebody named may be a link to anywhere; a file that a file names may not.
    const limit = named.has(path) ? dirname(realpathOf(here)) : boundary
    return readSource(path, here, limit, readings.get(path))
  }

  function list(): Listing {
    listing ??=
      contracts === undefined
        ? listingOf(root)
        : { files: contracts, pictures: [], folders: [], truncated: false }
    return listing
  }

  return {
    root,
    boundary,
    contracts,
    focus,
    absolute,
    place: contracts === undefined ? relative(boundary, root).split(sep).join('/') : '',
    get truncated() {
      return list().truncated
    },
    get paths() {
      return list().files
    },
    get pictures() {
      return list().pictures
    },
    read(asked): SourceFile | Unreadable {
      const path = normalised(root, asked)
      if (path === undefined || isPrivate(path) || !isInside(absolute(path), boundary)) {
        return { path: asked, unreadable: 'outside' }
      }
      const known = readings.get(path)
      if (known !== undefined) return known.file
      const reading = look(path)
      readings.set(path, reading)
      return reading.file
    },
    bytes(asked) {
      const path = normalised(root, asked)
      return path === undefined || isPrivate(path) ? undefined : readBytes(absolute(path), boundary)
    },
    folders() {
      const folders = new Set(list().folders)
      for (const path of readings.keys()) folders.add(parentOf(path))
      return [...folders]
    },
    refresh(changed) {
      const different: string[] = []
      for (const path of changed ?? readings.keys()) {
        const before = readings.get(path)
        if (before === undefined) continue
        const now = look(path)
        readings.set(path, now)
        if (now.file !== before.file) different.push(path)
      }
      if (changed === undefined && listing !== undefined && contracts === undefined) {
        const before = listing
        listing = undefined
        different.push(...differences(before.files, list().files))
      }
      return [...new Set(different)].toSorted()
    },
  }
}

function parentOf(path: string): string {
  const end = path.lastIndexOf('/')
  return end === -1 ? '' : path.slice(0, end)
}

function realpathOf(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

function differences(before: readonly string[], after: readonly string[]): readonly string[] {
  const [old, now] = [new Set(before), new Set(after)]
  return [...after.filter((path) => !old.has(path)), ...before.filter((path) => !now.has(path))]
}
