import type { LossBook } from '@throughline/core'
import { bruBlocks, bruPairs } from './bru-language.ts'
import type { BruBlock, BruPair } from './bru-language.ts'
import { jsonOf, textPart } from './parts.ts'

/**
 * The `.bru` files of a Bruno collection, by their path in it, as the one document that OpenCollection would have.
 * https://docs.usebruno.com/bru-lang/overview
 */
export function brunoDocument(files: ReadonlyMap<string, string>, book: LossBook): object {
  const settings = jsonOf(files.get('bruno.json') ?? '')
  const environments: object[] = []
  const root: Folder = { name: '', folders: new Map(), items: [], order: Infinity, defaults: {} }
  for (const [path, text] of [...files].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    if (!path.endsWith('.bru')) continue
    const { blocks, problems } = bruBlocks(text)
    for (const problem of problems) book.note('dropped', path, problem)
    const names = path.split('/')
    const file = names.pop()!
    if (names[0] === 'environments') {
      environments.push(environmentOf(blocks, file.slice(0, -4)))
      continue
    }
    const folder = names.slice(0, 30).reduce(folderIn, root)
    if (file === 'collection.bru' || file === 'folder.bru') {
      const meta = new Map(bruPairs(blockText(blocks, 'meta')).map((one) => [one.name, one.value]))
      folder.name = meta.get('name') ?? folder.name
      folder.order = number(meta.get('seq'))
      folder.defaults = { request: defaultsOf(blocks), docs: blockText(blocks, 'docs') }
      continue
    }
    const item = itemOf(blocks, file.slice(0, -4), path, book)
    if (item !== undefined) folder.items.push(item)
  }
  return {
    opencollection: '1.0.0',
    info: { name: textPart(settings, 'name') || root.name },
    config: { environments },
    ...root.defaults,
    items: itemsOf(root),
  }
}

interface Folder {
  name: string
  order: number
  defaults: object
  readonly folders: Map<string, Folder>
  readonly items: { readonly order: number; readonly value: object }[]
}

function folderIn(parent: Folder, name: string): Folder {
  const known = parent.folders.get(name)
  if (known !== undefined) return known
  const made: Folder = { name, folders: new Map(), items: [], order: Infinity, defaults: {} }
  parent.folders.set(name, made)
  return made
}

function itemsOf(folder: Folder): readonly object[] {
  return [
    ...folder.items,
    ...[...folder.folders.values()].map((one) => ({
      order: one.order,
      value: { info: { name: one.name, type: 'folder' }, ...one.defaults, items: itemsOf(one) },
    })),
  ]
    .toSorted((one, other) => (one.order === other.order ? 0 : one.order - other.order))
    .map(({ value }) => value)
}

const verbs = /^(get|post|put|patch|delete|options|head|trace|connect|query|http)$/

function itemOf(
  blocks: readonly BruBlock[],
  file: string,
  path: string,
  book: LossBook,
): Folder['items'][number] | undefined {
  const meta = new Map(bruPairs(blockText(blocks, 'meta')).map((one) => [one.name, one.value]))
  const name = meta.get('name') ?? file
  const verb = blocks.find((one) => verbs.test(one.name))
  if (verb === undefined) {
    const other = blocks.find((one) => /^(grpc|ws)$/.test(one.name))
    book.note('dropped', name, other ? `a ${other.name} call` : `${path} has no request`)
    return undefined
  }
  const asked = new Map(bruPairs(verb.text).map((one) => [one.name, one.value]))
  for (const block of blocks)
    if (!known.test(block.name) && block !== verb)
      book.note('dropped', name, `its block \`${block.name}\` (line ${block.line})`)
  const { variables, ...own } = defaultsOf(blocks, asked.get('auth'))
  return {
    order: number(meta.get('seq')),
    value: {
      info: { name, type: 'http' },
      http: {
        method: (verb.name === 'http' ? (asked.get('method') ?? 'GET') : verb.name).toUpperCase(),
        url: asked.get('url') ?? '',
        params: [...paramsIn(blocks, 'query'), ...paramsIn(blocks, 'path')],
        body: bodyOf(blocks, asked.get('body') ?? ''),
        headers: own.headers,
        ...(own.auth !== undefined && { auth: own.auth }),
      },
      runtime: {
        variables,
        scripts: own.scripts,
        assertions: bruPairs(blockText(blocks, 'assert')).map(assertion),
        actions: bruPairs(blockText(blocks, 'vars:post-response')).map((one) => ({
          type: 'set-variable',
          phase: 'after-response',
          selector: { expression: one.value, method: 'jsonq' },
          variable: { name: one.name.replace(/^@/, ''), scope: 'runtime' },
          disabled: one.disabled,
        })),
      },
      examples: blocks.filter((one) => one.name === 'example').map((one) => exampleOf(one.text)),
      docs: blockText(blocks, 'docs'),
    },
  }
}

const known =
  /^(meta|headers|docs|assert|tests|example|settings|auth(:.*)?|params:(query|path)|query|body(:.*)?|vars:(pre-request|post-response)|script:(pre-request|post-response))$/

interface Defaults {
  readonly headers: readonly BruPair[]
  readonly variables: readonly BruPair[]
  readonly scripts: readonly object[]
  readonly auth?: object | 'inherit'
}

function defaultsOf(blocks: readonly BruBlock[], said?: string): Defaults {
  const mode = said ?? pair(blockText(blocks, 'auth'), 'mode')
  const settings = blockText(blocks, `auth:${mode ?? ''}`)
  const scripts = [
    { type: 'before-request', code: blockText(blocks, 'script:pre-request') },
    { type: 'after-response', code: blockText(blocks, 'script:post-response') },
    { type: 'tests', code: blockText(blocks, 'tests') },
  ].filter((one) => one.code.trim() !== '')
  return {
    headers: bruPairs(blockText(blocks, 'headers')),
    variables: bruPairs(blockText(blocks, 'vars:pre-request')),
    scripts,
    ...(mode === 'inherit'
      ? { auth: 'inherit' as const }
      : mode !== undefined && {
          auth: {
            type: mode,
            ...Object.fromEntries(bruPairs(settings).map((one) => [one.name, one.value])),
          },
        }),
  }
}

function paramsIn(blocks: readonly BruBlock[], type: 'query' | 'path'): readonly object[] {
  const text =
    blockText(blocks, `params:${type}`) || (type === 'query' ? blockText(blocks, 'query') : '')
  return bruPairs(text).map((one) => ({ ...one, type }))
}

function bodyOf(blocks: readonly BruBlock[], mode: string): object | undefined {
  const kind = mode === 'formUrlEncoded' ? 'form-urlencoded' : mode
  const name = kind === 'multipartForm' ? 'multipart-form' : kind
  const text = blockText(blocks, `body:${name}`)
  switch (name) {
    case '':
    case 'none':
      return undefined
    case 'form-urlencoded':
      return { type: name, data: bruPairs(text) }
    case 'multipart-form':
    case 'file':
      return { type: 'multipart-form', data: bruPairs(text).map(fileOf) }
    case 'graphql':
      return { type: name, query: text, variables: blockText(blocks, 'body:graphql:vars') }
  }
  return { type: name, data: text === '' ? blockText(blocks, 'body') : text }
}

function fileOf(one: BruPair): object {
  const file = /^@file\(([^)]*)\)/.exec(one.value)
  return file === null ? { ...one, type: 'text' } : { ...one, type: 'file', value: file[1]! }
}

function assertion({ name, value, disabled }: BruPair): object {
  const found = /^([A-Za-z]+)(?:\s+(.*))?$/s.exec(value)
  return found === null || !operators.has(found[1]!)
    ? { expression: name, operator: 'eq', value, disabled }
    : { expression: name, operator: found[1], value: found[2] ?? '', disabled }
}

const operators = new Set(
  'eq neq gt gte lt lte in notIn contains notContains length matches notMatches startsWith endsWith between isEmpty isNotEmpty isNull isUndefined isDefined isTruthy isFalsy isJson isNumber isString isBoolean isArray'.split(
    ' ',
  ),
)

function exampleOf(text: string): object {
  const all = new Map(bruPairs(text).map((one) => [one.name, one.value]))
  const asked = new Map(bruPairs(all.get('request') ?? '').map((one) => [one.name, one.value]))
  const answered = new Map(bruPairs(all.get('response') ?? '').map((one) => [one.name, one.value]))
  const status = answered.get('status') ?? ''
  const body = answered.get('body') ?? ''
  return {
    name: all.get('name') ?? '',
    request: {
      url: asked.get('url') ?? '',
      method: (asked.get('method') ?? 'GET').toUpperCase(),
      ...(asked.has('body:json') && { body: { type: 'json', data: asked.get('body:json') } }),
    },
    response: {
      status: number(pair(status, 'code') ?? /\d{3}/.exec(status)?.[0]),
      headers: bruPairs(answered.get('headers') ?? ''),
      body: { type: pair(body, 'type') ?? 'text', data: pair(body, 'content') ?? '' },
    },
  }
}

function environmentOf(blocks: readonly BruBlock[], name: string): object {
  const plain = bruPairs(blockText(blocks, 'vars'))
  const secret = blockText(blocks, 'vars:secret')
    .split(/[\n,]/)
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.startsWith('~'))
  return { name, variables: [...plain, ...secret.map((one) => ({ name: one, secret: true }))] }
}

function pair(text: string, name: string): string | undefined {
  return bruPairs(text).find((one) => one.name === name)?.value
}

function blockText(blocks: readonly BruBlock[], name: string): string {
  return blocks.find((one) => one.name === name)?.text ?? ''
}

function number(text: string | undefined): number {
  const value = Number(text)
  return text === undefined || Number.isNaN(value) ? Infinity : value
}
