import { discoveredIn, type Discovered } from '@throughline/core'
import { discoveryEditIn, type Notebook } from './notebook.ts'

/** What is seen of an app, and what people say about it meanwhile. */
export interface Watched {
  readonly notebook: Notebook
  /** What comes of it so far; the same one until something is added. */
  readonly found: () => Discovered
  /** Does what somebody says about the result; `false` where it is no edit. */
  readonly edit: (edit: unknown) => boolean
  /** Takes the last screen back. */
  readonly undo: () => void
  /** Begins a walk of that name. */
  readonly walk: (title: string) => void
  /** Names the screen that was seen last; gives which one that is. */
  readonly nameLast: (title: string) => string | undefined
}

export function watchedIn(notebook: Notebook): Watched {
  let version = -1
  let found: Discovered | undefined
  const watched: Watched = {
    notebook,
    found() {
      if (found === undefined || version !== notebook.version()) {
        version = notebook.version()
        found = discoveredIn(notebook.observations())
      }
      return found
    },
    edit(value) {
      const edit = discoveryEditIn(value)
      if (edit === undefined) return false
      notebook.add([{ kind: 'edit', edit }])
      return true
    },
    undo: () => notebook.add([{ kind: 'undo' }]),
    walk: (title) => notebook.add([{ kind: 'journey', title }]),
    nameLast(title) {
      const journey = watched.found().journeys.at(-1)
      const last = notebook.observations().findLast((one) => one.kind === 'screen')
      if (journey === undefined || last === undefined) return undefined
      watched.edit({ kind: 'name-step', walk: journey.walk, screen: last.path, title })
      return last.path
    },
  }
  return watched
}
