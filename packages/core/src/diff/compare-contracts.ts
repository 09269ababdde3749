import { resolve } from '../1-parse/reference.ts'
import { operationsOfItem } from '../1-parse/openapi/operations.ts'
import type { Contract } from '../operation/api.ts'
import { equal } from '../schema/equal.ts'
import { child, isObject, rootOf, type Site } from '../text/site.ts'
import { compareTurned, type OperationComparison } from './compare-operations.ts'
import { brief } from './compare-schemas.ts'
import { contractServerFindings } from './compare-servers.ts'
import type { Finding } from './finding.ts'
import type { Place, Spot } from './spot.ts'

const nowhere = { before: undefined, after: undefined }

/** What differs in two contracts beside their operations: head, servers, tags, webhooks. */
export function compareContracts(
  context: OperationComparison,
  before: Contract,
  after: Contract,
): readonly Spot[] {
  const [left, right] = [rootOf(before.root), rootOf(after.root)]
  const findings: (readonly [string, Finding])[] = []
  if (before.version !== after.version)
    findings.push([
      'contract',
      {
        code: 'specification-changed',
        from: before.version,
        to: after.version,
        before: left,
        after: right,
      },
    ])
  if (before.protocol === 'rest' && after.protocol === 'rest') {
    for (const one of headFindings(left, right)) findings.push(['contract', one])
    for (const one of contractServerFindings(before, after)) findings.push(['servers', one])
    for (const one of schemaFindings(before, after)) findings.push(['components', one])
  }
  const spots: Spot[] = findings.map(([location, finding]) => ({
    pair: nowhere,
    place: placeAt(location),
    finding,
  }))
  spots.push(...webhookSpots(context, before, after))
  return spots
}

function placeAt(location: string): Place {
  return { location, part: 'operation', words: '' }
}

function* headFindings(before: Site, after: Site): Generator<Finding> {
  const [info, other] = [child(before, 'info'), child(after, 'info')]
  for (const name of namesOf(info, other)) {
    const [from, to] = [info && child(info, name), other && child(other, name)]
    if (!equal(from?.value, to?.value))
      yield { code: 'info-changed', ...changed(name, from, to, info ?? before, other ?? after) }
  }
  for (const name of namesOf(before, after)) {
    if ((!name.startsWith('x-') && name !== 'externalDocs') || name === 'x-webhooks') continue
    const [from, to] = [child(before, name), child(after, name)]
    if (!equal(from?.value, to?.value))
      yield { code: 'extension-changed', ...changed(name, from, to, before, after) }
  }
  const [tags, others] = [tagsOf(before), tagsOf(after)]
  for (const [name, tag] of tags) {
    const to = others.get(name)
    if (to !== undefined && !equal(tag.value, to.value))
      yield { code: 'tag-changed', name, before: tag, after: to }
  }
}

function changed(
  name: string,
  from: Site | undefined,
  to: Site | undefined,
  before: Site,
  after: Site,
): Omit<Finding, 'code'> {
  return {
    name,
    from: brief(from?.value),
    to: brief(to?.value),
    before: from ?? before,
    after: to ?? after,
  }
}

function namesOf(...sites: readonly (Site | undefined)[]): ReadonlySet<string> {
  return new Set(sites.flatMap((site) => (isObject(site?.value) ? Object.keys(site.value) : [])))
}

function tagsOf(root: Site): ReadonlyMap<string, Site> {
  const found = new Map<string, Site>()
  const list = child(root, 'tags')
  if (!Array.isArray(list?.value)) return found
  for (let index = 0; index < list.value.length; index++) {
    const tag = child(list, index)!
    const name = isObject(tag.value) ? tag.value['name'] : undefined
    if (typeof name === 'string') found.set(name, tag)
  }
  return found
}

/** Shared schemas that came or went. One that only got another name is told by those who refer to it. */
function* schemaFindings(before: Contract, after: Contract): Generator<Finding> {
  const [left, right] = [sharedSchemas(before), sharedSchemas(after)]
  const [names, others] = [namesOf(left), namesOf(right)]
  const namesGone = [...names].filter((name) => !others.has(name))
  const namesCome = [...others].filter((name) => !names.has(name))
  const renamed = new Set<string>()
  for (const name of namesGone) {
    const site = child(left!, name)!
    const other = namesCome.find(
      (one) => !renamed.has(one) && equal(child(right!, one)!.value, site.value),
    )
    if (other !== undefined) renamed.add(other)
    else yield { code: 'shared-schema-removed', name, from: name, before: site }
  }
  for (const name of namesCome)
    if (!renamed.has(name))
      yield { code: 'shared-schema-added', name, to: name, after: child(right!, name) }
}

function sharedSchemas({ root }: Contract): Site | undefined {
  const top = rootOf(root)
  if (root.dialect === 'swagger-2.0') return child(top, 'definitions')
  const components = child(top, 'components')
  return components && child(components, 'schemas')
}

function* webhookSpots(
  context: OperationComparison,
  before: Contract,
  after: Contract,
): Generator<Spot> {
  const [left, right] = [webhooksOf(before), webhooksOf(after)]
  for (const [name, site] of left) {
    const other = right.get(name)
    const place = placeAt(`webhook:${name}`)
    if (other === undefined) {
      const finding = { code: 'webhook-removed', name, from: name, before: site }
      yield { pair: nowhere, place, finding }
      continue
    }
    if (context.same(site, other)) continue
    const old = operationsOfItem(rootOf(before.root), site, before.api, name)
    const now = operationsOfItem(rootOf(after.root), other, after.api, name)
    yield* compareTurned(context, { before: old[0], after: now[0] }, `webhook:${name}:`, old, now)
  }
  for (const [name, site] of right)
    if (!left.has(name))
      yield {
        pair: nowhere,
        place: placeAt(`webhook:${name}`),
        finding: { code: 'webhook-added', name, to: name, after: site },
      }
}

function webhooksOf({ root }: Contract): ReadonlyMap<string, Site> {
  const top = rootOf(root)
  const found = new Map<string, Site>()
  for (const key of ['webhooks', 'x-webhooks']) {
    const holder = child(top, key)
    if (holder === undefined || !isObject(holder.value)) continue
    for (const name of Object.keys(holder.value)) {
      const item = resolve(child(holder, name)!)
      if (isObject(item.value) && !name.startsWith('x-') && !found.has(name)) found.set(name, item)
    }
  }
  return found
}
