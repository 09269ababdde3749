import { closeSync, existsSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join, parse, relative, resolve, sep } from 'node:path'
import { CannotRun } from '../cannot-run.ts'
import { isDataFile, listingOf } from './listing.ts'
import { isInside } from './read-source.ts'
import type { Target } from './workspace.ts'

/** What marks a folder as a workspace. */
export const manifests = ['throughline.yaml', 'throughline.yml', 'throughline.json'] as const
const workspaceFile =
  /(^|\/)(throughline|policy|[^/]*\.(journey|scenario|waiver))\.(ya?ml|json)$|(^|\/)personas\/[^/]+\.(ya?ml|json)$/i

/**
 * Which folder and files are meant: no targets (the nearest `throughline.yaml` at or above `cwd`, within the git
 * repository), one folder that has a `throughline.yaml`, contract files, or files of a workspace (the workspace around
 * them, and only they are asked about). Throws `CannotRun` (TL9001) with what to do instead.
 */
export function findTarget(targets: readonly string[], cwd: string): Target {
  if (targets.length === 0) return workspaceAround(cwd, cwd)
  const found = targets.map((target) => ({ target, path: existing(target, cwd) }))
  const folders = found.filter(({ path }) => statSync(path).isDirectory())
  if (folders.length > 1 || (folders.length === 1 && found.length > 1)) {
    throw new CannotRun(
      'TL9001',
      'Name one folder, or contract files, but not several folders or both.',
    )
  }
  const folder = folders[0]
  if (folder !== undefined) return workspaceIn(folder.path, folder.target, cwd)
  const paths = found.map(({ path }) => path)
  const first = paths[0]!
  if (paths.length === 1 && isManifest(first)) return targetOf(dirname(first))
  if (paths.every((path) => isManifest(path) || workspaceFile.test(path.split(sep).join('/'))))
    return focused(paths, cwd)
  return contractsTarget(paths, cwd)
}

/** The nearest folder at or above that has `.git`, or `undefined`. Stops below the home folder's parent. */
export function repositoryAround(folder: string): string | undefined {
  for (const here of upwards(folder)) if (existsSync(join(here, '.git'))) return here
  return undefined
}

function workspaceAround(start: string, cwd: string): Target {
  const from = realpathSync.native(start)
  const end = repositoryAround(from)
  for (const here of upwards(from)) {
    if (hasManifest(here)) return targetOf(here)
    if (here === end) break
  }
  throw new CannotRun(
    'TL9001',
    `There is no throughline.yaml in ${start === cwd ? 'this folder' : start} or above.${advice(from, cwd)}`,
  )
}

function workspaceIn(folder: string, asWritten: string, cwd: string): Target {
  if (hasManifest(folder)) return targetOf(folder)
  throw new CannotRun(
    'TL9001',
    `There is no throughline.yaml in ${asWritten}.${advice(realpathSync.native(folder), cwd)}`,
  )
}

function targetOf(folder: string): Target {
  const root = realpathSync.native(folder)
  return { root, boundary: repositoryAround(root) ?? root }
}

function focused(paths: readonly string[], cwd: string): Target {
  const target = workspaceAround(dirname(paths[0]!), cwd)
  const focus = paths.map((path) => slashed(relative(target.root, realpathSync.native(path))))
  const outside = focus.findIndex((path) => path.startsWith('../'))
  if (outside !== -1)
    throw new CannotRun(
      'TL9001',
      `${paths[outside]!} belongs to another workspace. Check one workspace at a time.`,
    )
  return { ...target, focus }
}

function contractsTarget(paths: readonly string[], cwd: string): Target {
  const folders = paths.map((path) => realpathSync.native(dirname(path)))
  let shared = folders[0]!
  while (!folders.every((folder) => isInside(folder, shared))) shared = dirname(shared)
  return {
    root: shared,
    boundary: repositoryAround(shared) ?? projectAround(shared, cwd),
    contracts: [
      ...new Set(
        paths.map((path, index) =>
          slashed(relative(shared, join(folders[index]!, basename(path)))),
        ),
      ),
    ],
  }
}

/** Where there is no repository (in a container, say): the folder that somebody stands in, if the contracts are below. */
function projectAround(folder: string, cwd: string): string {
  const here = realpathSync.native(cwd)
  return here !== parse(here).root && here !== homedir() && isInside(folder, here) ? here : folder
}

function existing(target: string, cwd: string): string {
  if (/^https?:\/\//i.test(target)) {
    throw new CannotRun(
      'TL9001',
      `${target} is an address; contracts are read from files. Download it first: curl -o openapi.json ${target}`,
    )
  }
  const path = resolve(cwd, target)
  if (existsSync(path)) return path
  throw new CannotRun('TL9001', `There is no file or folder ${target}.`)
}

function isManifest(path: string): boolean {
  return (manifests as readonly string[]).includes(basename(path))
}

function hasManifest(folder: string): boolean {
  return manifests.some((name) => existsSync(join(folder, name)))
}

function* upwards(folder: string): Generator<string> {
  const { root } = parse(folder)
  for (let here = folder; ; here = dirname(here)) {
    yield here
    if (here === root || here === homedir()) return
  }
}

/** What somebody who has contracts but no workspace can type now. */
function advice(folder: string, cwd: string): string {
  const contracts = contractsIn(folder).map(
    (path) => slashed(relative(cwd, join(folder, path))) || path,
  )
  const [first] = contracts
  if (first === undefined)
    return ' Name a contract (`throughline check openapi.yaml`), or write a workspace with `throughline init openapi.yaml`.'
  const more =
    contracts.length > 1
      ? ` (also found: ${contracts.slice(1, 4).join(', ')}${contracts.length > 4 ? ', ...' : ''})`
      : ''
  return ` Check a contract by itself with \`throughline check ${first}\`, or write a workspace with \`throughline init ${first}\`${more}.`
}

/** Files that look like contracts by their first bytes, nearest folders first. */
export function contractsIn(folder: string, most = 10): readonly string[] {
  const { files } = listingOf(folder)
  const byDepth = files
    .filter(isDataFile)
    .slice(0, 2_000)
    .toSorted((a, b) => a.split('/').length - b.split('/').length)
  const found: string[] = []
  for (const path of byDepth) {
    if (found.length >= most) break
    if (looksLikeContract(path, join(folder, path))) found.push(path)
  }
  return found
}

function looksLikeContract(path: string, absolute: string): boolean {
  if (/\.(graphqls?|gql)$/i.test(path))
    return /^\s*(schema|type|interface|enum|union|input|scalar|directive|extend|""")/m.test(
      headOf(absolute),
    )
  return /^\s*["']?(openapi|swagger)["']?\s*:\s*["']?[23]|^\{\s*"(openapi|swagger)"/m.test(
    headOf(absolute),
  )
}

function headOf(path: string): string {
  let handle: number | undefined
  try {
    if (!statSync(path).isFile()) return ''
    handle = openSync(path, 'r')
    const bytes = Buffer.alloc(2_048)
    return bytes.toString('latin1', 0, readSync(handle, bytes, 0, bytes.length, 0))
  } catch {
    return ''
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

function slashed(path: string): string {
  return path.split(sep).join('/')
}
