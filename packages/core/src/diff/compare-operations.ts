import { resolve } from '../1-parse/reference.ts'
import { operationsOfItem } from '../1-parse/openapi/operations.ts'
import type {
  MediaType,
  Operation,
  Parameter,
  RequestBody,
  ResponseDeclaration,
} from '../operation/operation.ts'
import { isJsonType } from '../operation/operation.ts'
import { equal } from '../schema/equal.ts'
import { child, isObject, rootOf, type Site } from '../text/site.ts'
import {
  brief,
  unchanged,
  type SchemaComparison,
  type SchemaDifference,
  type Side,
} from './compare-schemas.ts'
import type { Finding } from './finding.ts'
import type { OtherCode } from './rules.ts'
import type { Sameness } from './same-as-written.ts'
import { takePairs } from './take-pairs.ts'
import { whole, type OperationPair, type Place, type Spot } from './spot.ts'

/** What comparing the parts of operations needs. */
export interface OperationComparison {
  readonly comparison: SchemaComparison
  readonly same: Sameness
  readonly isPast: (date: string | undefined) => boolean
}

/** An operation of both contracts, while its parts are compared. */
interface Work extends OperationComparison {
  readonly pair: OperationPair
  readonly before: Operation
  readonly after: Operation
  /** `callback:onPaid POST `; empty for an ordinary operation. */
  readonly prefix: string
  /** In callbacks and webhooks clients get the requests and send the answers. */
  readonly isTurned: boolean
  readonly spots: Spot[]
}

/** Everything in which one operation differs from the other, security and servers apart. */
export function compareOperations(
  context: OperationComparison,
  before: Operation,
  after: Operation,
): readonly Spot[] {
  const work: Work = {
    ...context,
    pair: { before, after },
    before,
    after,
    prefix: '',
    isTurned: false,
    spots: [],
  }
  compareHead(work)
  if (!sameParts(work)) compareParts(work)
  return work.spots
}

/** Compares path items that clients serve: the operations of callbacks and webhooks. */
export function compareTurned(
  context: OperationComparison,
  pair: OperationPair,
  prefix: string,
  before: readonly Operation[],
  after: readonly Operation[],
): readonly Spot[] {
  const spots: Spot[] = []
  for (const one of before) {
    const other = after.find(({ method }) => method === one.method)
    if (other === undefined) continue
    const work: Work = {
      ...context,
      pair,
      before: one,
      after: other,
      prefix,
      isTurned: true,
      spots,
    }
    compareParts(work)
  }
  return spots
}

function tell(
  { spots, pair, prefix }: Work,
  place: Place,
  code: OtherCode | (string & {}),
  details: Omit<Finding, 'code'>,
): void {
  spots.push({ pair, place: prefixed(place, prefix), finding: { code, ...details } })
}

function prefixed(place: Place, prefix: string): Place {
  return prefix === '' ? place : { ...place, location: `${prefix}${place.location}` }
}

function side({ isTurned }: Work, natural: Side): Side {
  if (!isTurned) return natural
  return natural === 'request' ? 'response' : 'request'
}

function compareSchemas(
  work: Work,
  place: Place,
  natural: Side,
  before: Site | undefined,
  after: Site | undefined,
): void {
  const schema = work.comparison.compare(
    before === undefined ? [] : [before],
    after === undefined ? [] : [after],
    side(work, natural),
  )
  if (schema !== unchanged)
    work.spots.push({ pair: work.pair, place: prefixed(place, work.prefix), schema })
}

/** Written alike, with all that lies outside of the operation and is part of it. */
function sameParts({ before, after, same }: Work): boolean {
  if (!same(before.site, after.site)) return false
  const inherited = (operation: Operation): Site | undefined => {
    const item = operation.site.parent
    return item === undefined ? undefined : child(item, 'parameters')
  }
  const [left, right] = [inherited(before), inherited(after)]
  if (left === undefined || right === undefined ? left !== right : !same(left, right)) return false
  const [one, other] = [rootOf(before.site.document).value, rootOf(after.site.document).value]
  return ['consumes', 'produces'].every((key) => equal(ownOf(one, key), ownOf(other, key)))
}

function ownOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** What stands at the head of an operation: names, words, tags, deprecation. */
function compareHead(work: Work): void {
  const { before, after, isPast } = work
  const at = (operation: Operation, key: string): Site =>
    child(operation.site, key) ?? operation.site
  const sites = (key: string) => ({ before: at(before, key), after: at(after, key) })
  const [name, other] = [
    ownOf(before.site.value, 'operationId'),
    ownOf(after.site.value, 'operationId'),
  ]
  if (before.protocol === 'rest' && name !== other)
    tell(work, whole, 'operation-id-changed', {
      from: name ?? 'nothing',
      to: other ?? 'nothing',
      ...sites('operationId'),
    })
  if (before.method !== after.method || before.path !== after.path) compareRoute(work)
  if (!equal(before.tags.toSorted(), after.tags.toSorted()))
    tell(work, whole, 'operation-tags-changed', {
      from: before.tags,
      to: after.tags,
      ...sites('tags'),
    })
  if (!before.deprecated && after.deprecated) {
    const code =
      after.sunset === undefined ? 'operation-deprecated' : 'operation-deprecated-with-sunset'
    const to = after.sunset === undefined ? {} : { to: after.sunset }
    tell(work, whole, code, { ...to, ...sites('deprecated') })
  } else if (before.deprecated && !after.deprecated)
    tell(work, whole, 'operation-no-longer-deprecated', sites('deprecated'))
  else if (before.sunset !== after.sunset) {
    const isEarlier =
      before.sunset !== undefined &&
      after.sunset !== undefined &&
      after.sunset < before.sunset &&
      !isPast(before.sunset)
    tell(work, whole, isEarlier ? 'operation-sunset-earlier' : 'operation-sunset-changed', {
      from: before.sunset ?? 'no date',
      to: after.sunset ?? 'no date',
      ...sites('x-sunset'),
    })
  }
  if (before.protocol === 'rest' && (before.title ?? '') !== (after.title ?? ''))
    tell(work, whole, 'operation-summary-changed', {
      from: brief(before.title),
      to: brief(after.title),
      ...sites('summary'),
    })
  if ((before.description ?? '') !== (after.description ?? ''))
    tell(work, whole, 'operation-description-changed', {
      from: brief(before.description),
      to: brief(after.description),
      ...sites('description'),
    })
  if (before.protocol === 'rest')
    compareExtensions(work, whole, 'operation-extension-changed', before.site, after.site)
}

/** The same operation at another address, or the same address with other names for its parameters. */
function compareRoute(work: Work): void {
  const { before, after } = work
  const shape = (path: string): string =>
    path.replace(/\{[^{}/]*\}/g, '{}').replace(/(?<=.)\/$/, '')
  if (before.method !== after.method || shape(before.path) !== shape(after.path)) {
    tell(work, whole, 'operation-moved', {
      from: `${before.method} ${before.path}`,
      to: `${after.method} ${after.path}`,
      before: before.site,
      after: after.site,
    })
  }
}

const known: ReadonlySet<string> = new Set(['x-sunset', 'x-throughline', 'x-stage', 'x-owner'])

function compareExtensions(
  work: Work,
  place: Place,
  code: OtherCode,
  before: Site,
  after: Site,
): void {
  const names = new Set(
    [before, after].flatMap(({ value }) =>
      isObject(value)
        ? Object.keys(value).filter(
            (key) => (key.startsWith('x-') || key === 'externalDocs') && !known.has(key),
          )
        : [],
    ),
  )
  for (const name of names) {
    const [left, right] = [child(before, name), child(after, name)]
    if (equal(left?.value, right?.value)) continue
    tell(work, place, code, {
      name,
      from: brief(left?.value),
      to: brief(right?.value),
      before: left ?? before,
      after: right ?? after,
    })
  }
}

function compareParts(work: Work): void {
  compareParameters(work)
  compareBodies(work)
  compareAnswers(work)
  compareCallbacks(work)
}

function compareParameters(work: Work): void {
  const { before, after } = work
  const left = [...before.parameters()]
  const right = [...after.parameters()]
  const key = (one: Parameter): string =>
    `${one.in} ${one.in === 'header' ? one.name.toLowerCase() : one.name}`
  const take = (fits: (one: Parameter, other: Parameter) => boolean) => takePairs(left, right, fits)
  // In a path, the place counts: `{id}` that becomes `{orderId}` is the same parameter.
  const [names, others] = [namesIn(before.path), namesIn(after.path)]
  const paths = take(
    (one, other) =>
      one.in === 'path' &&
      other.in === 'path' &&
      names.includes(one.name) &&
      names.length === others.length &&
      names.indexOf(one.name) === others.indexOf(other.name),
  )
  for (const [one, other] of [...paths, ...take((a, b) => key(a) === key(b))])
    compareParameter(work, one, other)
  for (const [one, other] of take((a, b) => a.name.toLowerCase() === b.name.toLowerCase())) {
    tell(work, parameterPlace(other), 'request-parameter-moved', {
      name: other.name,
      from: one.in,
      to: other.in,
      before: one.site,
      after: other.site,
    })
    compareParameter(work, one, other)
  }
  for (const one of left) {
    if (one.in === 'argument') {
      // A GraphQL server refuses what it does not know.
      const sites = { before: one.site, after: after.site }
      tell(work, parameterPlace(one), 'argument-removed', {
        name: after.path,
        from: one.name,
        ...sites,
      })
      continue
    }
    const isAnnounced = work.comparison.sunsetPassed(one.site)
    const code = isAnnounced
      ? 'request-parameter-removed-after-sunset'
      : 'request-parameter-removed'
    tell(work, parameterPlace(one), code, { name: one.name, before: one.site })
  }
  for (const one of right) {
    const code = one.required ? 'request-required-parameter-added' : 'request-parameter-added'
    tell(work, parameterPlace(one), code, { name: one.name, after: one.site })
  }
}

function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}/]*)\}/g)].map((match) => match[1]!)
}

function parameterPlace(parameter: Parameter): Place {
  const { name, in: where, required } = parameter
  return {
    location: `request:${where}:${name}`,
    part: 'parameter',
    words: where === 'argument' ? 'argument' : `${where} parameter`,
    name,
    isRequired: required,
  }
}

function compareParameter(work: Work, before: Parameter, after: Parameter): void {
  const place = parameterPlace(after)
  const sites = { name: after.name, before: before.site, after: after.site }
  if (before.in === 'path' && before.name !== after.name)
    tell(work, place, 'request-path-parameter-renamed', {
      ...sites,
      from: before.name,
      to: after.name,
    })
  if (work.same(before.site, after.site) && before.site.value !== undefined) {
    // GraphQL's arguments and inherited defaults are told by the schema and by what follows.
    if (before.in !== 'argument' && before.in === after.in) return
  }
  if (before.required !== after.required)
    tell(
      work,
      place,
      after.required ? 'request-parameter-became-required' : 'request-parameter-became-optional',
      sites,
    )
  if (before.in === after.in && before.in !== 'argument')
    compareSerialisation(work, place, before, after)
  if (before.deprecated !== after.deprecated)
    tell(
      work,
      place,
      after.deprecated ? 'request-parameter-deprecated' : 'request-parameter-no-longer-deprecated',
      sites,
    )
  if ((before.description ?? '') !== (after.description ?? '') && before.in !== 'argument')
    tell(work, place, 'request-parameter-description-changed', {
      ...sites,
      from: brief(before.description),
      to: brief(after.description),
    })
  if (
    before.site.document.dialect !== 'swagger-2.0' &&
    after.site.document.dialect !== 'swagger-2.0'
  )
    compareExtensions(work, place, 'request-parameter-extension-changed', before.site, after.site)
  // Whether an argument is required and whether it can be null is the same; in Swagger 2.0 a parameter is its own schema.
  const [from, to] = [before, after].map(({ site }) => site.document.dialect === 'swagger-2.0')
  if (after.in === 'argument' && before.required !== after.required)
    compareWithout(work, place, before, after, /^request-null-/)
  else if (from && to) compareWithout(work, place, before, after, /^request-description-/)
  else if (from || to)
    compareWithout(work, place, before, after, /^request-(?:description|extension)-/)
  else compareSchemas(work, place, 'request', before.schema, after.schema)
}

/** Compares the schemas of two parameters, and leaves out what has been told of the parameters themselves. */
function compareWithout(
  work: Work,
  place: Place,
  { schema: left }: Parameter,
  { schema: right }: Parameter,
  told: RegExp,
): void {
  const sites = [left, right].map((site) => (site === undefined ? [] : [site]))
  const whole = work.comparison.compare(sites[0]!, sites[1]!, side(work, 'request'))
  if (whole === unchanged) return
  const findings = whole.findings.filter(({ code }) => !told.test(code))
  const schema: SchemaDifference = { findings, below: whole.below }
  work.comparison.note(schema)
  work.spots.push({ pair: work.pair, place: prefixed(place, work.prefix), schema })
}

function compareSerialisation(work: Work, place: Place, before: Parameter, after: Parameter): void {
  const sites = { name: after.name, before: before.site, after: after.site }
  const written = (one: Parameter): string => one.content?.type ?? 'plain text'
  if (written(before) !== written(after)) {
    tell(work, place, 'request-parameter-serialisation-changed', {
      ...sites,
      from: written(before),
      to: written(after),
    })
    return
  }
  if (before.style !== after.style)
    tell(work, place, 'request-parameter-style-changed', {
      ...sites,
      from: before.style,
      to: after.style,
    })
  else if (before.explode !== after.explode && holdsSeveral(before, after))
    tell(work, place, 'request-parameter-explode-changed', {
      ...sites,
      from: before.explode,
      to: after.explode,
    })
  if (before.allowReserved !== after.allowReserved)
    tell(work, place, 'request-parameter-reserved-changed', {
      ...sites,
      from: before.allowReserved,
      to: after.allowReserved,
    })
  const mayBeEmpty = (one: Parameter): boolean => ownOf(one.site.value, 'allowEmptyValue') === true
  if (mayBeEmpty(before) && !mayBeEmpty(after))
    tell(work, place, 'request-parameter-empty-refused', sites)
}

/** Whether the value can be a list or an object: only there `explode` shows. */
function holdsSeveral(...parameters: readonly Parameter[]): boolean {
  return parameters.some(({ schema }) => {
    if (schema === undefined) return false
    const { value } = resolve(schema)
    const type = ownOf(value, 'type')
    const types: readonly unknown[] = Array.isArray(type) ? (type as readonly unknown[]) : [type]
    return types.some((one) => one === undefined || one === 'array' || one === 'object')
  })
}

const body: Place = { location: 'request:body', part: 'body', words: '' }

function compareBodies(work: Work): void {
  const [before, after] = [work.before.requestBody(), work.after.requestBody()]
  const place = (one: RequestBody): Place => ({ ...body, isRequired: one.required })
  if (before === undefined && after === undefined) return
  if (before === undefined) {
    const code = after!.required ? 'request-required-body-added' : 'request-body-added'
    return tell(work, place(after!), code, { after: after!.site })
  }
  if (after === undefined) {
    return tell(work, place(before), 'request-body-removed', { before: before.site })
  }
  const sites = { before: before.site, after: after.site }
  if (before.required !== after.required)
    tell(
      work,
      place(after),
      after.required ? 'request-body-became-required' : 'request-body-became-optional',
      sites,
    )
  const [from, to] = [
    ownOf(before.site.value, 'description'),
    ownOf(after.site.value, 'description'),
  ]
  if (!equal(from ?? '', to ?? ''))
    tell(work, place(after), 'request-body-description-changed', {
      from: brief(from),
      to: brief(to),
      ...sites,
    })
  compareContent(work, place(after), 'request', before, after)
}

interface Content {
  readonly content: readonly MediaType[]
  readonly site: Site
}

function compareContent(
  work: Work,
  place: Place,
  natural: Side,
  before: Content,
  after: Content,
): void {
  const [codeAdded, codeRemoved, codeEncoding] =
    side(work, natural) === 'request'
      ? ([
          'request-media-type-added',
          'request-media-type-removed',
          'request-encoding-changed',
        ] as const)
      : ([
          'response-media-type-added',
          'response-media-type-removed',
          'response-encoding-changed',
        ] as const)
  const plain = (type: string): string => type.split(';')[0]!.trim().toLowerCase()
  const left = [...before.content]
  const right = [...after.content]
  const paired = [
    ...takePairs(left, right, (one, other) => one.type === other.type),
    ...takePairs(left, right, (one, other) => plain(one.type) === plain(other.type)),
  ]
  const main = after.content.find((one) => isJsonType(one.type)) ?? after.content[0]
  for (const [one, other] of paired) {
    const at: Place =
      other === main ? place : { ...place, location: `${place.location}(${plain(other.type)})` }
    compareSchemas(work, at, natural, one.schema, other.schema)
    compareSchemas(work, at, natural, one.itemSchema, other.itemSchema)
    if (!equal(one.encoding?.value, other.encoding?.value))
      tell(work, at, codeEncoding, {
        name: other.type,
        from: brief(one.encoding?.value),
        to: brief(other.encoding?.value),
        before: one.encoding ?? one.site,
        after: other.encoding ?? other.site,
      })
  }
  const media: Place = { ...place, part: 'media' }
  for (const one of left)
    tell(work, media, codeRemoved, {
      from: one.type,
      name: one.type,
      before: one.site,
      after: after.site,
    })
  for (const one of right)
    tell(work, media, codeAdded, {
      to: one.type,
      name: one.type,
      before: before.site,
      after: one.site,
    })
}

function compareAnswers(work: Work): void {
  const [before, after] = [work.before.responses(), work.after.responses()]
  const covering = (
    responses: readonly ResponseDeclaration[],
    status: string,
  ): ResponseDeclaration | undefined =>
    responses.find((one) => one.status === status) ??
    responses.find((one) => one.status === `${status[0]}XX`)
  for (const one of before) {
    const other = covering(after, one.status)
    if (other !== undefined) {
      compareAnswer(work, one, other)
      continue
    }
    const code = isError(one.status) ? 'response-error-removed' : 'response-status-removed'
    tell(work, answerPlace(one.status), code, {
      from: one.status,
      before: one.site,
      after: work.after.site,
    })
  }
  for (const one of after) {
    if (covering(before, one.status) !== undefined) continue
    if (one.status.endsWith('XX') && before.some(({ status }) => status[0] === one.status[0]))
      continue
    const code = isError(one.status) ? 'response-error-added' : 'response-status-added'
    tell(work, answerPlace(one.status), code, {
      to: one.status,
      before: work.before.site,
      after: one.site,
    })
  }
}

function isError(status: string): boolean {
  return /^[45]|^default$/.test(status)
}

function answerPlace(status: string): Place {
  return { location: `response:${status}`, part: 'answer', words: '', status }
}

function compareAnswer(work: Work, before: ResponseDeclaration, after: ResponseDeclaration): void {
  const { status } = before
  if (work.same(before.site, after.site) && before.content.length === after.content.length) {
    // A GraphQL answer is told by its schema, which stands elsewhere.
    if (work.before.protocol === 'rest' && sameTypes(before.content, after.content)) return
  }
  const place = answerPlace(status)
  if (work.before.protocol === 'rest' && (before.description ?? '') !== (after.description ?? ''))
    tell(work, place, 'response-description-changed', {
      from: brief(before.description),
      to: brief(after.description),
      before: before.site,
      after: after.site,
    })
  if (work.before.protocol === 'rest')
    compareExtensions(work, place, 'response-extension-changed', before.site, after.site)
  compareHeaders(work, status, before, after)
  compareContent(
    work,
    { location: `response:${status}:body`, part: 'body', words: '', status },
    'response',
    before,
    after,
  )
  compareLinks(work, place, before, after)
}

function sameTypes(before: readonly MediaType[], after: readonly MediaType[]): boolean {
  return before.every((one, index) => one.type === after[index]!.type)
}

function compareHeaders(
  work: Work,
  status: string,
  before: ResponseDeclaration,
  after: ResponseDeclaration,
): void {
  const place = (one: Parameter): Place => ({
    location: `response:${status}:header:${one.name}`,
    part: 'header',
    words: 'header',
    name: one.name,
    status,
  })
  const named = (headers: readonly Parameter[], name: string): Parameter | undefined =>
    headers.find((one) => one.name.toLowerCase() === name.toLowerCase())
  for (const one of before.headers) {
    const other = named(after.headers, one.name)
    const name = one.name
    if (other === undefined) {
      const code = one.required ? 'response-header-removed' : 'response-optional-header-removed'
      tell(work, place(one), code, { name, before: one.site, after: after.site })
      continue
    }
    const sites = { name, before: one.site, after: other.site }
    if (one.required !== other.required)
      tell(
        work,
        place(other),
        other.required ? 'response-header-became-required' : 'response-header-became-optional',
        sites,
      )
    if (one.style !== other.style || (one.explode !== other.explode && holdsSeveral(one, other)))
      tell(work, place(other), 'response-header-style-changed', sites)
    if (one.deprecated !== other.deprecated)
      tell(
        work,
        place(other),
        other.deprecated ? 'response-header-deprecated' : 'response-header-no-longer-deprecated',
        sites,
      )
    if ((one.description ?? '') !== (other.description ?? ''))
      tell(work, place(other), 'response-header-description-changed', {
        ...sites,
        from: brief(one.description),
        to: brief(other.description),
      })
    compareSchemas(work, place(other), 'response', one.schema, other.schema)
  }
  for (const one of after.headers)
    if (named(before.headers, one.name) === undefined)
      tell(work, place(one), 'response-header-added', {
        name: one.name,
        before: before.site,
        after: one.site,
      })
}

function compareLinks(
  work: Work,
  place: Place,
  before: ResponseDeclaration,
  after: ResponseDeclaration,
): void {
  const [left, right] = [child(before.site, 'links'), child(after.site, 'links')]
  const names = (site: Site | undefined): readonly string[] =>
    isObject(site?.value) ? Object.keys(site.value) : []
  for (const name of names(left)) {
    const one = child(left!, name)!
    const other = right && child(right, name)
    if (other === undefined)
      tell(work, place, 'response-link-removed', { name, from: name, before: one })
    else if (!equal(resolve(one).value, resolve(other).value))
      tell(work, place, 'response-link-changed', { name, before: one, after: other })
  }
  for (const name of names(right))
    if (left === undefined || child(left, name) === undefined)
      tell(work, place, 'response-link-added', { name, to: name, after: child(right!, name) })
}

function compareCallbacks(work: Work): void {
  const { before, after } = work
  if (before.protocol !== 'rest' || work.isTurned) return
  const [left, right] = [callbacksOf(before), callbacksOf(after)]
  for (const [name, one] of left) {
    const other = right.get(name)
    if (other === undefined) {
      tell(work, callbackPlace(name), 'callback-removed', { name, from: name, before: one.site })
      continue
    }
    work.spots.push(
      ...compareTurned(work, work.pair, `callback:${name}:`, one.operations, other.operations),
    )
  }
  for (const [name, one] of right)
    if (!left.has(name))
      tell(work, callbackPlace(name), 'callback-added', { name, to: name, after: one.site })
}

function callbackPlace(name: string): Place {
  return { location: `callback:${name}`, part: 'callback', words: '', name }
}

/** Every request that an operation's callbacks may send, by callback and expression. */
function callbacksOf(
  operation: Operation,
): ReadonlyMap<string, { readonly site: Site; readonly operations: readonly Operation[] }> {
  const found = new Map<string, { site: Site; operations: readonly Operation[] }>()
  const callbacks = child(operation.site, 'callbacks')
  if (callbacks === undefined || !isObject(callbacks.value)) return found
  const root = rootOf(operation.site.document)
  for (const name of Object.keys(callbacks.value)) {
    const callback = resolve(child(callbacks, name)!)
    if (!isObject(callback.value)) continue
    for (const expression of Object.keys(callback.value)) {
      if (expression.startsWith('x-')) continue
      const item = child(callback, expression)!
      const several = Object.keys(callback.value).length > 1
      found.set(several ? `${name} ${expression}` : name, {
        site: item,
        operations: operationsOfItem(root, item, operation.api, `${name} of ${operation.path}`),
      })
    }
  }
  return found
}
