import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parse } from 'yaml'
import { CannotRun } from '../cannot-run.ts'
import { isTooDeep } from '../targets/mock/import/parts.ts'
import { collectionFile } from './verify/collection-files.ts'

const LARGEST = 200_000_000
const DEEPEST = 500
const MOST_FILES = 5_000

/**
 * What a file or a folder holds, as plain data: JSON or YAML, the folder of an OpenCollection or of Postman's YAML files as one document,
 * and `.bru` files as a map from path to text. Throws `CannotRun` (TL9001, TL9003) where it can't be read.
 */
export function importSource(path: string, shown: string): unknown {
  if (!existsSync(path)) throw new CannotRun('TL9001', `There is no file ${shown}.`)
  const value = statSync(path).isDirectory() ? folder(path, shown) : file(path, shown)
  if (isTooDeep(value, DEEPEST))
    throw new CannotRun('TL9003', `${shown} nests more than ${DEEPEST} deep.`)
  return value
}

function file(path: string, shown: string): unknown {
  const name = basename(path)
  if (/^opencollection\.ya?ml$/.test(name)) {
    const value = data(path, shown)
    const items: unknown = own(value, 'items')
    return Array.isArray(items) ? value : openFolder(dirname(path), shown)
  }
  if (name === 'bruno.json') return brunoFolder(dirname(path))
  if (name.endsWith('.bru')) return new Map([[name, textOf(path, shown)]])
  return data(path, shown)
}

function folder(path: string, shown: string): unknown {
  const names = readdirSync(path)
  if (names.some((one) => /^opencollection\.ya?ml$/.test(one))) return openFolder(path, shown)
  const files = brunoFolder(path)
  if ([...files.keys()].some((one) => one.endsWith('.bru'))) return files
  return collectionFile(path, '/')
}

function brunoFolder(path: string): ReadonlyMap<string, string> {
  return filesBelow(path, /\.bru$|^bruno\.json$/)
}

/** An OpenCollection that lies in a folder, as the one document that it would be when bundled. */
function openFolder(path: string, shown: string): object {
  const files = filesBelow(path, /\.ya?ml$/)
  const parsed = new Map(
    [...files].map(([name, text]) => [name, parsedYaml(text, join(shown, name))]),
  )
  const root = parsed.get('opencollection.yml') ?? parsed.get('opencollection.yaml')
  const environments = [...parsed].flatMap(([name, value]) =>
    /^environments\/[^/]+$/.test(name)
      ? [{ name: basename(name).replace(/\.ya?ml$/, ''), ...(value as object | null) }]
      : [],
  )
  const inside = (below: string, depth: number): readonly object[] => {
    if (depth > 40) return []
    const found: object[] = []
    const folders = new Set<string>()
    for (const [name, value] of parsed) {
      if (!name.startsWith(below)) continue
      const rest = name.slice(below.length)
      const [first = '', ...deeper] = rest.split('/')
      if (below === '' && (first === 'environments' || /^opencollection\.ya?ml$/.test(first)))
        continue
      if (deeper.length > 0) folders.add(first)
      else if (!/^folder\.ya?ml$/.test(first) && value !== null && typeof value === 'object')
        found.push(value)
    }
    for (const name of folders) {
      const about =
        parsed.get(`${below}${name}/folder.yml`) ?? parsed.get(`${below}${name}/folder.yaml`)
      found.push({
        info: { name },
        ...(about !== null && typeof about === 'object' ? about : {}),
        items: inside(`${below}${name}/`, depth + 1),
      })
    }
    return found
  }
  const bundled: unknown = own(own(root, 'config'), 'environments')
  return {
    ...(root !== null && typeof root === 'object' ? root : {}),
    config: { environments: Array.isArray(bundled) ? [...bundled, ...environments] : environments },
    items: inside('', 0),
  }
}

/** The text of the files below a folder whose name fits; links are not followed. */
function filesBelow(root: string, fits: RegExp): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  let size = 0
  const walk = (at: string, depth: number): void => {
    if (depth > 40) return
    for (const name of readdirSync(join(root, at)).toSorted()) {
      if (name === 'node_modules' || name.startsWith('.')) continue
      const path = at === '' ? name : `${at}/${name}`
      const about = lstatSync(join(root, path))
      if (about.isDirectory()) walk(path, depth + 1)
      else if (about.isFile() && fits.test(name)) {
        size += about.size
        if (found.size >= MOST_FILES || size > LARGEST)
          throw new CannotRun(
            'TL9003',
            `${root} has more than ${MOST_FILES} files, or more than 200 MB. Name a folder further in.`,
          )
        found.set(path, readFileSync(join(root, path), 'utf8'))
      }
    }
  }
  walk('', 0)
  return found
}

function data(path: string, shown: string): unknown {
  const text = textOf(path, shown).replace(/^\uFEFF/, '')
  if (!/^\s*[[{]/.test(text)) return parsedYaml(text, shown)
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new CannotRun('TL9003', `${shown} is no JSON: ${firstLine(error)}`)
  }
}

function parsedYaml(text: string, shown: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100, logLevel: 'error' }) as unknown
  } catch (error) {
    throw new CannotRun(
      'TL9003',
      error instanceof RangeError
        ? `${shown} nests too deeply to be read.`
        : `${shown} is no YAML: ${firstLine(error)}`,
    )
  }
}

function textOf(path: string, shown: string): string {
  const { size } = statSync(path)
  if (size > LARGEST)
    throw new CannotRun(
      'TL9003',
      `${shown} has ${Math.round(size / 1e6)} MB; up to 200 can be taken in.`,
    )
  return readFileSync(path, 'utf8')
}

function firstLine(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0]!.slice(0, 200) : ''
}

function own(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}
