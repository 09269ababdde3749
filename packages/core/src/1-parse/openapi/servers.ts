import { child, isObject, type Site } from '../../text/site.ts'
import { resolve } from '../reference.ts'
import { itemsAt, objectAt, textAt, textsAt, valueAt } from './own.ts'

interface Servers {
  /** Without a trailing slash; `''` is the root. At least one. */
  readonly basePaths: readonly string[]
  /** Absolute URLs, variables replaced by their defaults. */
  readonly servers: readonly string[]
  /** All of them; of relative ones the base path, `/` for the root. */
  readonly urls: readonly string[]
}

/** Where the contract says it is served: `servers` of the contract, its paths and operations; in 2.0 host and base path. */
export function serversOf(root: Site): Servers {
  if (root.document.dialect === 'swagger-2.0') return serversAt(root)
  const usual = placed([...urlsOf(root), ...innerUrls(root)])
  const basePaths = new Set([...usual.basePaths, ...variantsOf(root).map(pathOf)])
  return { ...usual, basePaths: [...basePaths] }
}

/** The servers that one place names, a contract, path item or operation: its own, not those that it inherits. */
export function serversAt(site: Site): Servers {
  const isSwagger = site.document.dialect === 'swagger-2.0'
  return placed(isSwagger ? swaggerUrls(site.value) : urlsOf(site))
}

function placed(urls: readonly string[]): Servers {
  const all = new Set<string>()
  const basePaths = new Set<string>()
  const servers = new Set<string>()
  for (const url of urls) {
    const isAbsolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(url)
    const basePath = pathOf(url)
    basePaths.add(basePath)
    if (isAbsolute) servers.add(url)
    all.add(isAbsolute ? url : basePath || '/')
  }
  if (basePaths.size === 0) basePaths.add('')
  return { basePaths: [...basePaths], servers: [...servers], urls: [...all] }
}

function pathOf(url: string): string {
  const plain = url
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
    .replace(/[?#].*$/, '')
    .replace(/^(?:\.\.?\/)+|^\.$/, '')
    .replace(/^\/+|\/+$/g, '')
  return plain === '' ? '' : `/${plain}`
}

function urlsOf(site: Site): readonly string[] {
  return itemsAt(site, 'servers').flatMap((server) => {
    const url = textAt(server.value, 'url')
    return url === undefined ? [] : [withDefaults(url, valueAt(server.value, 'variables'))]
  })
}

/** More combinations than anybody serves. */
const MOST_VARIANTS = 50

/** The URLs of a contract's own servers with every value that the variables of their paths may take. */
function variantsOf(root: Site): readonly string[] {
  return itemsAt(root, 'servers').flatMap((server) => {
    const url = textAt(server.value, 'url')
    const variables = valueAt(server.value, 'variables')
    let found = url === undefined ? [] : [url]
    for (const [written, name = ''] of (url ?? '').matchAll(/\{([^{}]{1,200})\}/g)) {
      // A host makes no difference to where things are found on the mock.
      if (!pathOf(url!).includes(written)) continue
      const values = textsAt(valueAt(variables, name), 'enum') ?? []
      if (values.length === 0) continue
      found = found.flatMap((one) => values.map((value) => one.replaceAll(written, value)))
      if (found.length > MOST_VARIANTS) return []
    }
    return found.length < 2 ? [] : found.map((one) => withDefaults(one, variables))
  })
}

function withDefaults(url: string, variables: unknown): string {
  return url.replace(/\{([^{}]{1,200})\}/g, (written, name: string) => {
    const variable = valueAt(variables, name)
    return textAt(variable, 'default') ?? textsAt(variable, 'enum')?.[0] ?? written
  })
}

/** Servers that only some paths or operations have. */
function* innerUrls(root: Site): Generator<string> {
  const paths = objectAt(root, 'paths')
  if (paths === undefined || !isObject(paths.value)) return
  for (const path of Object.keys(paths.value)) {
    const item = resolve(child(paths, path)!)
    if (!isObject(item.value)) continue
    yield* urlsOf(item)
    for (const [method, operation] of Object.entries(item.value)) {
      if (isObject(operation) && Object.hasOwn(operation, 'servers'))
        yield* urlsOf(child(item, method)!)
    }
  }
}

function swaggerUrls(value: unknown): readonly string[] {
  const host = textAt(value, 'host')
  const basePath = textAt(value, 'basePath') ?? ''
  if (host === undefined || host === '') return [basePath]
  const schemes = textsAt(value, 'schemes') ?? []
  return (schemes.length === 0 ? ['https'] : schemes).map(
    (scheme) => `${scheme}://${host}${basePath === '/' ? '' : basePath}`,
  )
}
