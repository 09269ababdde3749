import { statSync, watch, type FSWatcher } from 'node:fs'
import type { Workspace } from './workspace.ts'

export interface WatchOptions {
  /** Called with the paths that are different now; the workspace reads the new state already. */
  readonly onChange: (changed: readonly string[]) => void
  /** Called once when the system has no more watches to give and files are looked at every second instead. */
  readonly onPolling?: (reason: string) => void
}

/** How long the disk must be quiet before a change counts, and how long one waits for that at most. Milliseconds. */
const quiet = 30
const longest = 80

/**
 * Follows every folder that the workspace listed or read something in. Each folder is watched by itself, so that
 * `node_modules` costs nothing, and editors that save by renaming, new folders and deleted files are seen as well.
 */
export function watchWorkspace(
  workspace: Workspace,
  { onChange, onPolling }: WatchOptions,
): { close(): void } {
  const watched = new Map<string, { readonly watcher: FSWatcher; readonly inode: number }>()
  const touched = new Set<string>()
  let structural = false
  let since = 0
  let timer: NodeJS.Timeout | undefined
  let polling: NodeJS.Timeout | undefined
  let closed = false

  /** Watches what is not watched yet. What happened in a folder just before it was watched is looked for afterwards. */
  function follow(): void {
    let added = false
    for (const folder of workspace.folders()) {
      if (closed || polling !== undefined) return
      if (watched.has(folder)) continue
      const inode = inodeOf(workspace.absolute(folder))
      if (inode === undefined) continue
      try {
        const watcher = watch(workspace.absolute(folder), (event, name) =>
          touch(folder, event, name),
        )
        watcher.on('error', () => drop(folder, watcher))
        watched.set(folder, { watcher, inode })
        added = true
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException
        if (code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE') poll(code)
      }
    }
    if (added) touch('', 'rename', null)
  }

  function touch(folder: string, event: string, name: string | null): void {
    if (closed || polling !== undefined) return
    if (name === null || event === 'rename') structural = true
    if (name !== null) touched.add(folder === '' ? name : `${folder}/${name}`)
    const now = Date.now()
    if (timer === undefined) since = now
    else clearTimeout(timer)
    timer = setTimeout(settle, Math.max(0, Math.min(quiet, since + longest - now)))
  }

  function drop(folder: string, watcher: FSWatcher): void {
    watcher.close()
    if (watched.get(folder)?.watcher === watcher) watched.delete(folder)
    touch(folder, 'rename', null)
  }

  function settle(): void {
    timer = undefined
    // A renamed or deleted folder takes everything in it along: then all is looked at again (cheap: by size and time).
    const changed = workspace.refresh(structural ? undefined : [...touched])
    touched.clear()
    if (structural) dropReplaced()
    structural = false
    if (changed.length > 0) onChange(changed)
    follow()
  }

  /** A folder that was replaced by another of the same name is still watched in its old place. */
  function dropReplaced(): void {
    for (const [folder, { watcher, inode }] of watched) {
      if (inodeOf(workspace.absolute(folder)) === inode) continue
      watcher.close()
      watched.delete(folder)
    }
  }

  function poll(reason: string): void {
    for (const { watcher } of watched.values()) watcher.close()
    watched.clear()
    onPolling?.(reason)
    polling = setInterval(() => {
      const changed = workspace.refresh()
      if (changed.length > 0) onChange(changed)
    }, 1_000)
  }

  follow()
  return {
    close() {
      closed = true
      clearTimeout(timer)
      clearInterval(polling)
      for (const { watcher } of watched.values()) watcher.close()
      watched.clear()
    },
  }
}

function inodeOf(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.ino
}
