import { itemsAt, objectAt } from '../1-parse/openapi/own.ts'
import { serversAt } from '../1-parse/openapi/servers.ts'
import { resolve } from '../1-parse/reference.ts'
import type { Contract } from '../operation/api.ts'
import type { Operation } from '../operation/operation.ts'
import { equal } from '../schema/equal.ts'
import { child, isObject, pathOf, rootOf, type Site } from '../text/site.ts'
import { brief } from './compare-schemas.ts'
import type { Finding } from './finding.ts'
import type { OperationPair, Place, Spot } from './spot.ts'

const place: Place = { location: 'servers', part: 'operation', words: '' }

/** What differs in the servers that two contracts name for all that has none of its own. */
export function contractServerFindings(before: Contract, after: Contract): Generator<Finding> {
  return serverFindings(rootOf(before.root), rootOf(after.root))
}

/**
 * What differs in where operations are served, as far as their path items or they themselves say it (OpenAPI 3.x: `servers` there stand
 * for those above). What both sides have from the contract is told there.
 */
export function serverComparison(
  before: Contract,
  after: Contract,
): (pair: OperationPair) => readonly Spot[] {
  return (pair) => {
    if (pair.before?.protocol !== 'rest' || pair.after?.protocol !== 'rest') return []
    const [one, other] = [holderOf(before, pair.before), holderOf(after, pair.after)]
    const own = one.parent === undefined ? other : one
    if (own.parent === undefined) return []
    const at = `/${pathOf(own).join('/')}`
    return [...serverFindings(one, other)].map((finding) => {
      const about = finding.about === undefined ? at : `${at} ${finding.about}`
      return { pair, place, finding: { ...finding, about } }
    })
  }
}

/** Whose servers hold for an operation: its own, its path item's or the contract's. One that repeats what it would inherit has none. */
function holderOf({ root }: Contract, operation: Operation): Site {
  let holder = rootOf(root)
  if (root.dialect === 'swagger-2.0') return holder
  const paths = objectAt(holder, 'paths')
  const written = paths && child(paths, operation.path)
  const items = written === undefined ? [] : [written, resolve(written)]
  const item = items.find(namesServers)
  for (const site of [item, operation.site]) {
    if (site === undefined || !namesServers(site)) continue
    if (!equal(child(site, 'servers')?.value, child(holder, 'servers')?.value)) holder = site
  }
  return holder
}

function namesServers(site: Site): boolean {
  return serversAt(site).urls.length > 0
}

function* serverFindings(before: Site, after: Site): Generator<Finding> {
  const [left, right] = [serversAt(before), serversAt(after)]
  const hasAddresses = left.servers.length > 0 && right.servers.length > 0
  const [from, to] = hasAddresses
    ? [left.urls, right.urls]
    : [left.basePaths.map(shown), right.basePaths.map(shown)]
  const plain = (url: string): string => url.replace(/\/$/, '')
  const gone = from.filter((url) => !to.some((other) => plain(other) === plain(url)))
  const came = to.filter((url) => !from.some((other) => plain(other) === plain(url)))
  const sites = {
    before: child(before, 'servers') ?? before,
    after: child(after, 'servers') ?? after,
  }
  if (gone.length === 1 && came.length === 1)
    yield { code: 'server-moved', from: gone[0], to: came[0], ...sites }
  else {
    for (const url of gone) yield { code: 'server-removed', from: url, ...sites }
    for (const url of came) yield { code: 'server-added', to: url, ...sites }
  }
  yield* variableFindings(before, after)
}

function shown(path: string): string {
  return path === '' ? '/' : path
}

function* variableFindings(before: Site, after: Site): Generator<Finding> {
  const [left, right] = [serverSites(before), serverSites(after)]
  for (const [url, server] of left) {
    const other = right.get(url)
    if (other === undefined) continue
    const [words, others] = [child(server, 'description'), child(other, 'description')]
    if (!equal(words?.value, others?.value))
      yield {
        code: 'server-description-changed',
        name: url,
        from: brief(words?.value),
        to: brief(others?.value),
        before: words ?? server,
        after: others ?? other,
      }
    const [variables, now] = [child(server, 'variables'), child(other, 'variables')]
    for (const name of isObject(variables?.value) ? Object.keys(variables.value) : []) {
      const from = child(variables!, name)!
      const to = now && child(now, name)
      if (to === undefined) continue
      const sites = { name, before: from, after: to, about: url }
      const [initial, changedTo] = [child(from, 'default')?.value, child(to, 'default')?.value]
      if (!equal(initial, changedTo))
        yield { code: 'server-variable-default-changed', from: initial, to: changedTo, ...sites }
      const [values, kept] = [child(from, 'enum')?.value, child(to, 'enum')?.value]
      if (!Array.isArray(values) || !Array.isArray(kept)) continue
      for (const value of values as readonly unknown[])
        if (!kept.includes(value))
          yield { code: 'server-variable-value-removed', from: value, ...sites }
      for (const value of kept as readonly unknown[])
        if (!values.includes(value))
          yield { code: 'server-variable-value-added', to: value, ...sites }
    }
  }
}

/** By their addresses, as written. */
function serverSites(holder: Site): ReadonlyMap<string, Site> {
  const found = new Map<string, Site>()
  for (const server of itemsAt(holder, 'servers')) {
    const url = isObject(server.value) ? server.value['url'] : undefined
    if (typeof url === 'string') found.set(url, server)
  }
  return found
}
