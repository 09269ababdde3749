import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { CannotRun } from '../../cannot-run.ts'
import { valuesOf } from '../../targets/verify/collections/postman.ts'
import type { Values } from '../../targets/verify/collections/collection.ts'

/**
 * A collection as the plain data of version 2.1: from a JSON file, or from a folder of `*.request.yaml` files as Postman keeps them in
 * git (collection format 3). Throws `CannotRun` where it can't be read.
 */
export function collectionFile(file: string, cwd: string): object {
  const path = resolve(cwd, file)
  const value =
    existsSync(path) && statSync(path).isDirectory()
      ? folderCollection(path, file)
      : data(path, file)
  if (value === null || typeof value !== 'object')
    throw new CannotRun('TL9003', `${file} is no Postman collection.`)
  return value
}

/** The variables of an environment or of globals, as Postman exports them, as its YAML files have them, or as a plain object. */
export function valuesFile(file: string, cwd: string): Values {
  const value = data(resolve(cwd, file), file)
  const list: unknown =
    value !== null && typeof value === 'object' && Object.hasOwn(value, 'values')
      ? Reflect.get(value, 'values')
      : value
  return valuesOf(list)
}

/** Throws `CannotRun` (TL9001, TL9003) where there is no such file, or none that can be taken in. */
export function fileText(path: string, shown: string): string {
  if (!existsSync(path) || statSync(path).isDirectory())
    throw new CannotRun('TL9001', `There is no file ${shown}.`)
  if (statSync(path).size > largest)
    throw new CannotRun('TL9003', `${shown} has more than ${largest / 1e6} MB.`)
  return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
}

/** JSON or YAML. */
export function data(path: string, shown: string): unknown {
  const text = fileText(path, shown)
  try {
    return /^\s*[[{]/.test(text)
      ? (JSON.parse(text) as unknown)
      : (parse(text, { maxAliasCount: 100 }) as unknown)
  } catch (error) {
    throw new CannotRun(
      'TL9003',
      `${shown} cannot be read: ${error instanceof Error ? error.message.split('\n')[0]! : ''}`,
    )
  }
}

const largest = 100_000_000

function folderCollection(path: string, shown: string): object {
  const root = definitionOf(path)
  const item = itemsIn(path, shown, 0)
  if (item.length === 0)
    throw new CannotRun('TL9003', `${shown} has no *.request.yaml: it is no collection folder.`)
  return {
    info: {
      name: textIn(root, 'name') || basename(path),
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    ...partsOf(root),
    item,
  }
}

function itemsIn(folder: string, shown: string, depth: number): readonly object[] {
  if (depth > 30) return []
  const found: { readonly order: number; readonly name: string; readonly item: object }[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !entry.name.startsWith('.') && !entry.name.endsWith('.resources')) {
      const definition = definitionOf(path)
      const name = textIn(definition, 'name') || entry.name
      const item = itemsIn(path, `${shown}/${entry.name}`, depth + 1)
      if (item.length > 0)
        found.push({
          order: orderOf(definition),
          name,
          item: { name, ...partsOf(definition), item },
        })
    } else if (entry.isFile() && /\.request\.ya?ml$/.test(entry.name)) {
      const request = data(path, `${shown}/${entry.name}`)
      const kind = textIn(request, '$kind')
      if (kind !== '' && kind !== 'http-request' && kind !== 'http') continue
      const name = textIn(request, 'name') || entry.name.replace(/\.request\.ya?ml$/, '')
      found.push({ order: orderOf(request), name, item: requestItem(request, name) })
    }
  }
  return found
    .toSorted(
      (one, other) =>
        (one.order === other.order ? 0 : one.order - other.order) ||
        one.name.localeCompare(other.name, 'en'),
    )
    .map(({ item }) => item)
}

function definitionOf(folder: string): unknown {
  for (const name of ['definition.yaml', 'definition.yml']) {
    const path = join(folder, '.resources', name)
    if (existsSync(path)) return data(path, path)
  }
  return undefined
}

/** Variables, credentials and scripts of a collection, a folder or a request. */
function partsOf(value: unknown): object {
  const auth = at(value, 'auth')
  const type = textIn(auth, 'type')
  const scripts = listIn(value, 'scripts').flatMap((one) => {
    const when = /beforeRequest$/i.test(textIn(one, 'type')) ? 'prerequest' : 'test'
    return [
      { listen: when, script: { type: 'text/javascript', exec: textIn(one, 'code').split('\n') } },
    ]
  })
  return {
    ...(at(value, 'variables') !== undefined && { variable: pairsOf(at(value, 'variables')) }),
    ...(type !== '' && { auth: { type, [type]: pairsOf(at(auth, 'credentials')) } }),
    ...(scripts.length > 0 && { event: scripts }),
  }
}

function requestItem(request: unknown, name: string): object {
  const { auth, ...parts } = partsOf(request) as { auth?: object }
  const url = textIn(request, 'url')
  const query = pairsOf(at(request, 'queryParams')).filter((one) => one.disabled !== true)
  const added =
    url.includes('?') || query.length === 0
      ? ''
      : `?${query.map((one) => `${textIn(one, 'key')}=${textIn(one, 'value')}`).join('&')}`
  return {
    name,
    ...parts,
    request: {
      method: textIn(request, 'method') || 'GET',
      url: { raw: `${url}${added}`, variable: pairsOf(at(request, 'pathVariables')) },
      header: pairsOf(at(request, 'headers')),
      ...(auth && { auth }),
      ...(at(request, 'body') !== undefined && { body: bodyOf(at(request, 'body')) }),
    },
  }
}

function bodyOf(body: unknown): object {
  const type = textIn(body, 'type')
  const content = at(body, 'content')
  switch (type) {
    case 'urlencoded':
      return { mode: 'urlencoded', urlencoded: pairsOf(content) }
    case 'formdata':
    case 'form-data':
      return { mode: 'formdata', formdata: pairsOf(content) }
    case 'graphql':
      return { mode: 'graphql', graphql: content }
    case 'file':
    case 'binary':
      return { mode: 'file', file: { src: textIn(content, 'src') || textIn(body, 'content') } }
  }
  const raw =
    typeof content === 'string' ? content : content === undefined ? '' : JSON.stringify(content)
  return { mode: 'raw', raw, options: { raw: { language: type } } }
}

/** A list of `key` and `value`, or an object by name. */
function pairsOf(value: unknown): readonly (Record<string, unknown> & { disabled?: unknown })[] {
  if (Array.isArray(value))
    return value.filter((one: unknown) => one !== null && typeof one === 'object') as Record<
      string,
      unknown
    >[]
  return value !== null && typeof value === 'object'
    ? Object.entries(value).map(([key, one]: [string, unknown]) => ({ key, value: one }))
    : []
}

function orderOf(value: unknown): number {
  const order = at(value, 'order')
  return typeof order === 'number' ? order : Infinity
}

function at(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = at(value, key)
  return Array.isArray(list) ? list : []
}

function textIn(value: unknown, key: string): string {
  const text = at(value, key)
  return typeof text === 'string' ? text : ''
}
