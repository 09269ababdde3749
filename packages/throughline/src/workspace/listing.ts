import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What a folder holds that could be part of a workspace. */
export interface Listing {
  /** Relative to the root, with `/`, sorted. */
  readonly files: readonly string[]
  /** Every folder that was looked into; `''` is the root. */
  readonly folders: readonly string[]
  /** Set when the folder holds more than anybody writes by hand, and the rest was left out. */
  readonly truncated: boolean
}

const extensions = /\.(ya?ml|json|graphqls?|gql)$/i
const ignored = new Set(['node_modules', 'dist', 'bower_components', '__pycache__'])

/** More files or folders than these are a folder that nobody meant: somebody's home, a data set. */
const mostFiles = 20_000
const mostFolders = 5_000
const deepest = 24

/**
 * Lists YAML, JSON and GraphQL files below `root`, nearest folders first. Leaves out dot-folders and dot-files,
 * `node_modules` and `dist`, and does not follow links to folders (they may lead round in circles).
 */
export function listingOf(root: string): Listing {
  const files: string[] = []
  const folders: string[] = []
  let truncated = false
  let layer = ['']
  for (let depth = 0; layer.length > 0; depth++) {
    const next: string[] = []
    for (const folder of layer) {
      if (folders.length >= mostFolders || files.length >= mostFiles || depth > deepest) {
        truncated = true
        break
      }
      folders.push(folder)
      for (const entry of entriesOf(join(root, folder))) {
        if (entry.name.startsWith('.')) continue
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (entry.isDirectory()) {
          if (!ignored.has(entry.name)) next.push(path)
        } else if (extensions.test(entry.name) && (entry.isFile() || entry.isSymbolicLink())) {
          files.push(path)
        }
      }
    }
    layer = next
  }
  return { files: files.sort(), folders, truncated }
}

/** Whether a path (relative, with `/`) lies where a listing would look for it. */
export function isListed(path: string): boolean {
  return (
    extensions.test(path) &&
    path.split('/').every((part) => !part.startsWith('.') && !ignored.has(part))
  )
}

function entriesOf(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder)
  } catch {
    return [] // gone meanwhile, or not ours to read
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true })
}
