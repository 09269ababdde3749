import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What a folder holds that could be part of a workspace. */
export interface Listing {
  /** Relative to the root, with `/`, sorted. */
  readonly files: readonly string[]
  /** Pictures that a step can show, relative to the root, sorted. */
  readonly pictures: readonly string[]
  /** Every folder that was looked into; `''` is the root. */
  readonly folders: readonly string[]
  /** Set when the folder holds more than anybody writes by hand, and the rest was left out. */
  readonly truncated: boolean
}

const data = /\.(ya?ml|json|graphqls?|gql)$/i
/** Queries may stand in the code of a UI (`documents` of an API). */
const code = /(?<!\.d|\.min)\.([cm]?[jt]sx?|vue|svelte|astro)$/i
const picture = /\.(png|jpe?g|gif|webp|avif|svg)$/i
const ignored = new Set(['node_modules', 'dist', 'bower_components', '__pycache__'])

/** More data files, files of code or folders than these are a folder that nobody meant: somebody's home, a data set. */
const mostFiles = 20_000
const mostFolders = 5_000
const mostPictures = 2_000
const deepest = 24

/**
 * Lists YAML, JSON and GraphQL files below `root`, and the code that queries may stand in; nearest folders first. Leaves out dot-folders and dot-files,
 * `node_modules` and `dist`, and does not follow links to folders (they may lead round in circles).
 */
export function listingOf(root: string): Listing {
  const files: string[] = []
  const sources: string[] = []
  const pictures: string[] = []
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
        } else if (entry.isFile() || entry.isSymbolicLink()) {
          if (data.test(entry.name)) files.push(path)
          else if (code.test(entry.name) && sources.length < mostFiles) sources.push(path)
          else if (picture.test(entry.name) && pictures.length < mostPictures) pictures.push(path)
        }
      }
    }
    layer = next
  }
  return {
    files: [...files, ...sources].toSorted(),
    pictures: pictures.toSorted(),
    folders,
    truncated,
  }
}

/** What `listingOf` would take of these files (relative to the root, with `/`): for a tree that is not on the disk. */
export function listed(paths: readonly string[]): readonly string[] {
  const kept = paths.filter((path) => {
    const parts = path.split('/')
    return (
      !parts.some((part) => part.startsWith('.')) &&
      !parts.slice(0, -1).some((part) => ignored.has(part))
    )
  })
  const files = kept.filter((path) => data.test(path)).slice(0, mostFiles)
  const sources = kept.filter((path) => !data.test(path) && code.test(path)).slice(0, mostFiles)
  return [...files, ...sources].toSorted()
}

/** Whether a file could be a contract or another data file, by its name. */
export function isDataFile(path: string): boolean {
  return data.test(path)
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
