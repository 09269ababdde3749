import { resolve } from '../1-parse/reference.ts'
import type { Contract } from '../operation/api.ts'
import type { Operation, SecurityRequirement } from '../operation/operation.ts'
import { equal } from '../schema/equal.ts'
import { child, isObject, rootOf, type Site } from '../text/site.ts'
import { brief } from './compare-schemas.ts'
import type { Finding } from './finding.ts'
import type { OperationPair, Place, Spot } from './spot.ts'

const place: Place = { location: 'security', part: 'operation', words: '' }

/** What differs in who may call: the requirements of operations, and the schemes they name, told once for all that use them. */
export function securityComparison(
  before: Contract,
  after: Contract,
): (pair: OperationPair) => readonly Spot[] {
  const [left, right] = [schemesOf(before), schemesOf(after)]
  const both = new Set([...left.keys()].filter((name) => right.has(name)))
  const changed = new Map<string, readonly Finding[]>()
  for (const name of both) {
    const findings = [...schemeFindings(name, left.get(name)!, right.get(name)!)]
    if (findings.length > 0) changed.set(name, findings)
  }
  return (pair) => {
    if (pair.before === undefined || pair.after === undefined) return []
    const used = new Set(pair.after.security().flatMap((all) => all.map((one) => one.scheme)))
    const ofSchemes = [...used].flatMap((name) => changed.get(name) ?? [])
    const findings = [...ofSchemes, ...requirementFindings(pair.before, pair.after, both)]
    return findings.map((finding) => ({ pair, place, finding }))
  }
}

function schemesOf({ root }: Contract): ReadonlyMap<string, Site> {
  const top = rootOf(root)
  const holder =
    root.dialect === 'swagger-2.0'
      ? child(top, 'securityDefinitions')
      : child(child(top, 'components') ?? top, 'securitySchemes')
  const found = new Map<string, Site>()
  if (holder === undefined || !isObject(holder.value)) return found
  for (const name of Object.keys(holder.value)) {
    const scheme = resolve(child(holder, name)!)
    if (isObject(scheme.value)) found.set(name, scheme)
  }
  return found
}

function textOf(site: Site, key: string): string | undefined {
  const value = child(site, key)?.value
  return typeof value === 'string' ? value : undefined
}

/** `a bearer token`, `an API key in the header X-Key`: what a caller has to show. */
function kindOf(scheme: Site): string {
  const type = textOf(scheme, 'type') ?? 'unknown'
  switch (type) {
    case 'basic':
      return 'http basic'
    case 'http':
      return `http ${(textOf(scheme, 'scheme') ?? '').toLowerCase()}`
    case 'apiKey':
      return `apiKey in ${textOf(scheme, 'in') ?? 'an unknown place'} ${textOf(scheme, 'name') ?? ''}`
    default:
      return type
  }
}

function* schemeFindings(name: string, before: Site, after: Site): Generator<Finding> {
  const [from, to] = [kindOf(before), kindOf(after)]
  if (from !== to) {
    yield { code: 'security-scheme-changed', name, from, to, before, after }
    return
  }
  const [words, others] = [textOf(before, 'description'), textOf(after, 'description')]
  if (words !== others)
    yield {
      code: 'security-scheme-description-changed',
      name,
      from: brief(words),
      to: brief(others),
      before,
      after,
    }
  yield* addressFindings(name, before, after, ['openIdConnectUrl', 'oauth2MetadataUrl'])
  const [flows, otherFlows] = [flowsOf(before), flowsOf(after)]
  for (const [flow, site] of flows) {
    const other = otherFlows.get(flow)
    if (other === undefined) {
      yield { code: 'security-flow-removed', name, from: flow, before: site, after }
      continue
    }
    const addresses = ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'deviceAuthorizationUrl']
    yield* addressFindings(name, site, other, addresses, `${flow}.`)
    const [scopes, otherScopes] = [keysOf(child(site, 'scopes')), keysOf(child(other, 'scopes'))]
    const sites = { name, about: flow, before: site, after: other }
    for (const scope of scopes)
      if (!otherScopes.includes(scope))
        yield { code: 'security-flow-scope-removed', from: scope, ...sites }
    for (const scope of otherScopes)
      if (!scopes.includes(scope)) yield { code: 'security-flow-scope-added', to: scope, ...sites }
  }
  for (const [flow, site] of otherFlows)
    if (!flows.has(flow)) yield { code: 'security-flow-added', name, to: flow, before, after: site }
}

function* addressFindings(
  name: string,
  before: Site,
  after: Site,
  keys: readonly string[],
  prefix = '',
): Generator<Finding> {
  for (const key of keys) {
    const [from, to] = [child(before, key), child(after, key)]
    if (equal(from?.value, to?.value)) continue
    yield {
      code: 'security-address-changed',
      name,
      about: `${prefix}${key}`,
      from: from?.value,
      to: to?.value,
      before: from ?? before,
      after: to ?? after,
    }
  }
}

/** OAuth flows by their OpenAPI 3 names; Swagger 2.0 has one beside the type. */
function flowsOf(scheme: Site): ReadonlyMap<string, Site> {
  const found = new Map<string, Site>()
  const flows = child(scheme, 'flows')
  if (flows !== undefined) {
    for (const name of keysOf(flows)) found.set(name, child(flows, name)!)
    return found
  }
  const flow = textOf(scheme, 'flow')
  if (flow !== undefined) found.set(swaggerFlows.get(flow) ?? flow, scheme)
  return found
}

const swaggerFlows: ReadonlyMap<string, string> = new Map([
  ['application', 'clientCredentials'],
  ['accessCode', 'authorizationCode'],
])

function keysOf(site: Site | undefined): readonly string[] {
  return isObject(site?.value) ? Object.keys(site.value).filter((key) => !key.startsWith('x-')) : []
}

/** One alternative: what a caller shows at once, by scheme, each with its scopes. */
type Alternative = ReadonlyMap<string, readonly string[]>

function* requirementFindings(
  before: Operation,
  after: Operation,
  both: ReadonlySet<string>,
): Generator<Finding> {
  const [left, right] = [before.security(), after.security()]
  if (equal(left, right)) return
  // A scheme that got another name is still the same when it asks for the same.
  const key = (one: SecurityRequirement): string =>
    both.has(one.scheme)
      ? one.scheme
      : [one.type, one.in, one.name, one.httpScheme].filter((part) => part !== undefined).join(' ')
  const read = (all: typeof left): readonly Alternative[] =>
    all.map((alternative) => new Map(alternative.map((one) => [key(one), one.scopes])))
  const [from, to] = [read(left), read(right)]
  const sites = { before: siteOf(before), after: siteOf(after) }
  const isOpen = (all: readonly Alternative[]): boolean =>
    all.length === 0 || all.some((one) => one.size === 0)
  if (isOpen(from)) {
    if (!isOpen(to)) yield { code: 'security-added', to: to.map(wordsOf).join(' or '), ...sites }
    return
  }
  if (isOpen(to)) {
    yield { code: 'security-removed', from: from.map(wordsOf).join(' or '), ...sites }
    return
  }
  const kept = new Set<Alternative>()
  for (const one of from) {
    // Whoever shows more than is asked for is let in.
    const fitting = to
      .filter((other) => [...other.keys()].every((name) => one.has(name)))
      .toSorted((a, b) => missingScopes(one, a).length - missingScopes(one, b).length)[0]
    if (fitting === undefined) {
      yield { code: 'security-alternative-removed', from: wordsOf(one), ...sites }
      continue
    }
    kept.add(fitting)
    for (const scope of missingScopes(one, fitting))
      yield { code: 'security-scope-added', to: scope, name: scope, ...sites }
    for (const scope of missingScopes(fitting, one))
      yield { code: 'security-scope-removed', from: scope, name: scope, ...sites }
  }
  for (const one of to)
    if (!kept.has(one)) yield { code: 'security-alternative-added', to: wordsOf(one), ...sites }
}

/** Scopes that `wanted` asks for and `shown` does not have. */
function missingScopes(shown: Alternative, wanted: Alternative): readonly string[] {
  return [...wanted].flatMap(([name, scopes]) =>
    shown.has(name) ? scopes.filter((scope) => !shown.get(name)!.includes(scope)) : [],
  )
}

function wordsOf(alternative: Alternative): string {
  return [...alternative]
    .map(([name, scopes]) => (scopes.length === 0 ? name : `${name} (${scopes.join(', ')})`))
    .join(' and ')
}

function siteOf(operation: Operation): Site {
  return (
    child(operation.site, 'security') ??
    child(rootOf(operation.site.document), 'security') ??
    rootOf(operation.site.document)
  )
}
