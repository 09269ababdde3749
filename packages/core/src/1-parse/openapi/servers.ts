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
  return placed([...urlsOf(root), ...innerUrls(root)])
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
    const path = isAbsolute ? url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') : url
    const basePath = basePathOf(path)
    basePaths.add(basePath)
    if (isAbsolute) servers.add(url)
    all.add(isAbsolute ? url : basePath || '/')
  }
  if (basePaths.size === 0) basePaths.add('')
  return { basePaths: [...basePaths], servers: [...servers], urls: [...all] }
}

function basePathOf(path: string): string {
  const plain = path
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
