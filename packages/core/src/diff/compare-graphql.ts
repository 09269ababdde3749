import {
  Kind,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeNode,
} from 'graphql'
import { inputSchema, isRequired } from '../1-parse/graphql/json-schema.ts'
import { schemaOf, type SchemaDocument } from '../1-parse/graphql/schema-document.ts'
import {
  directivesOf,
  directiveText,
  fieldsOf,
  hasDirective,
  inputFieldsOf,
  interfacesOf,
  membersOf,
  namedTypeOf,
  valuesOf,
  type GraphqlType,
} from '../1-parse/graphql/types.ts'
import type { Contract } from '../operation/api.ts'
import type { Operation } from '../operation/operation.ts'
import type { Segment } from '../schema/field-path.ts'
import { child, descend, isObject, rootOf, type Site } from '../text/site.ts'
import { directiveDefinitions, directiveUses } from './compare-directives.ts'
import { brief, type SchemaComparison, type SchemaDifference } from './compare-schemas.ts'
import type { Finding } from './finding.ts'
import { whole, type OperationPair, type Place, type Spot } from './spot.ts'

/** What two GraphQL schemas differ in beside what their types say as JSON Schema. */
export interface GraphqlComparison {
  /** Below one operation: arguments of the fields inside, directives, interfaces, values. */
  readonly operation: (pair: OperationPair) => readonly Spot[]
  /** What no operation leads to: declared directives, types that came, went, or are used by nobody. */
  readonly schema: () => readonly Spot[]
}

/**
 * Compares two GraphQL contracts by their definitions; `undefined` where one is none. Types, nullability, enums and unions are
 * told by the schemas that the operations lead to, and not again here. A field's type is visited once, whatever leads to it.
 */
export function graphqlComparison(
  comparison: SchemaComparison,
  before: Contract,
  after: Contract,
): GraphqlComparison | undefined {
  const [left, right] = [schemaOf(before.root), schemaOf(after.root)]
  if (left === undefined || right === undefined || left === right) return undefined
  const reachedNow = reachedBy(right)
  const work: Work = {
    comparison,
    before: left,
    after: right,
    hasUses: isWritten(left) && isWritten(right),
    known: new Map(),
    reached: new Set([...reachedBy(left)].filter((name) => reachedNow.has(name))),
    sent: new Set([...sentIn(left), ...sentIn(right)]),
  }
  return {
    operation: (pair) => operationSpots(work, pair),
    schema: () => schemaSpots(work),
  }
}

interface Work {
  readonly comparison: SchemaComparison
  readonly before: SchemaDocument
  readonly after: SchemaDocument
  /** An introspection result does not say which directives stand where. */
  readonly hasUses: boolean
  readonly known: Map<string, SchemaDifference>
  /** Types that operations of both schemas lead to. */
  readonly reached: ReadonlySet<string>
  /** Types that somebody sends, reached or not. */
  readonly sent: ReadonlySet<string>
}

/** Types that the operations lead to, by what they take and give. */
function reachedBy({ types }: SchemaDocument): Set<string> {
  const found = new Set<string>()
  const take = (field: FieldDefinitionNode): void => {
    for (const { type } of [field, ...(field.arguments ?? [])])
      found.add(namedTypeOf(type).name.value)
  }
  for (const root of types.roots.values()) fieldsOf(types.types.get(root)).forEach(take)
  for (const name of found) {
    const type = types.types.get(name)
    if (type === undefined) continue
    fieldsOf(type).forEach(take)
    for (const one of inputFieldsOf(type)) found.add(namedTypeOf(one.type).name.value)
    for (const one of types.possible(name)) found.add(one)
  }
  return found
}

function* sentIn({ types }: SchemaDocument): Generator<string> {
  for (const type of types.types.values()) {
    for (const one of inputFieldsOf(type)) yield namedTypeOf(one.type).name.value
    for (const field of fieldsOf(type))
      for (const one of field.arguments ?? []) yield namedTypeOf(one.type).name.value
  }
}

function isWritten({ definitions }: SchemaDocument): boolean {
  return definitions[0]?.loc !== undefined
}

function operationSpots(work: Work, pair: OperationPair): readonly Spot[] {
  const { before, after } = pair
  if (before === undefined || after === undefined) return []
  const [from, to] = [rootField(work.before, before), rootField(work.after, after)]
  if (from === undefined || to === undefined) return []
  const name = `${to.type}.${after.path}`
  const uses = usesAt(work, name, from.field, to.field, before.site, after.site)
  const spots: Spot[] = uses.map((finding) => ({ pair, place: whole, finding }))
  const answer: Place = {
    location: 'response:200:body',
    part: 'body',
    words: '',
    status: '200',
  }
  spots.push({ pair, place: answer, schema: inType(work, to.field.type) })
  for (const argument of to.field.arguments ?? []) {
    const key = argument.name.value
    const other = from.field.arguments?.find((one) => one.name.value === key)
    const sites = [before, after].map(({ site }) => descend(site, ['arguments', key]))
    const [left, right] = sites
    if (other === undefined || left === undefined || right === undefined) continue
    const place: Place = {
      location: `request:argument:${key}`,
      part: 'parameter',
      words: 'argument',
      name: key,
      isRequired: isRequired(argument),
    }
    for (const finding of usesAt(work, `${name}(${key}:)`, other, argument, left, right))
      spots.push({ pair, place, finding })
    spots.push({ pair, place, schema: inType(work, argument.type) })
  }
  return spots
}

function rootField(
  { types }: SchemaDocument,
  { method, path }: Operation,
): { readonly type: string; readonly field: FieldDefinitionNode } | undefined {
  const roots: ReadonlyMap<string, string> = types.roots
  const type = roots.get(method)
  const field = fieldsOf(types.types.get(type ?? '')).find((one) => one.name.value === path)
  return type === undefined || field === undefined ? undefined : { type, field }
}

/** What differs in a type, its lists on the way. */
function inType(work: Work, type: TypeNode): SchemaDifference {
  let difference = typeDifference(work, namedTypeOf(type).name.value)
  for (let here = type; here.kind !== Kind.NAMED_TYPE; here = here.type) {
    if (here.kind !== Kind.LIST_TYPE) continue
    difference = noted(work, {
      findings: [],
      below: [{ segment: { kind: 'items' }, to: difference }],
    })
  }
  return difference
}

function noted({ comparison }: Work, difference: SchemaDifference): SchemaDifference {
  comparison.note(difference)
  return difference
}

function typeDifference(work: Work, name: string): SchemaDifference {
  const known = work.known.get(name)
  if (known !== undefined) return known
  const difference = noted(work, { findings: [], below: [] })
  work.known.set(name, difference)
  const [before, after] = [work.before, work.after].map(({ types }) => types.types.get(name))
  if (before === undefined || after === undefined || before.kind !== after.kind) return difference
  const sites = typeSites(work, name)
  if (sites === undefined) return difference
  difference.findings.push(
    ...usesAt(
      work,
      name,
      { directives: directivesOf(before) },
      { directives: directivesOf(after) },
      sites.before,
      sites.after,
    ),
    ...interfaceFindings(work, before, after, sites),
  )
  switch (after.kind) {
    case 'scalar': {
      const address = (type: GraphqlType): string =>
        directiveText(directivesOf(type), 'specifiedBy', 'url') ?? 'nowhere'
      const [from, to] = [address(before), address(after)]
      if (from !== to)
        difference.findings.push({ code: 'scalar-specification-changed', name, from, to, ...sites })
      break
    }
    case 'enum':
      difference.findings.push(...valueFindings(work, before, after, sites))
      break
    case 'input':
      inputFields(work, difference, before, after, sites)
      break
    case 'object':
    case 'interface':
    case 'union':
      fields(work, difference, before, after, sites)
      for (const one of work.after.types.possible(name))
        if (one !== name)
          difference.below.push({ segment: undefined, to: typeDifference(work, one) })
      break
  }
  return difference
}

interface Sites {
  readonly before: Site
  readonly after: Site
}

function typeSites({ before, after }: Work, name: string): Sites | undefined {
  const [left, right] = [before, after].map(({ document }) =>
    descend(rootOf(document), ['$defs', name]),
  )
  return left === undefined || right === undefined ? undefined : { before: left, after: right }
}

interface WithDirectives {
  readonly directives?: FieldDefinitionNode['directives']
}

function usesAt(
  { hasUses }: Work,
  name: string,
  { directives: from }: WithDirectives,
  { directives: to }: WithDirectives,
  before: Site,
  after: Site,
): readonly Finding[] {
  if (!hasUses || (isEmpty(from) && isEmpty(to))) return []
  return [
    ...directiveUses(
      { name, directives: from, site: before },
      { name, directives: to, site: after },
    ),
  ]
}

function isEmpty(directives: WithDirectives['directives']): boolean {
  return directives === undefined || directives.length === 0
}

/** Interfaces that came or went. Where one is asked for itself, its possible types say so already. */
function* interfaceFindings(
  { reached }: Work,
  before: GraphqlType,
  after: GraphqlType,
  sites: Sites,
): Generator<Finding> {
  const [from, to] = [before, after].map(
    (type) => new Set(interfacesOf(type).map((one) => one.name.value)),
  )
  const { name } = after
  for (const one of from!)
    if (!to!.has(one) && !reached.has(one))
      yield { code: 'interface-removed', name, from: one, fragment: one, ...sites }
  for (const one of to!)
    if (!from!.has(one) && !reached.has(one))
      yield { code: 'interface-added', name, to: one, ...sites }
}

function* valueFindings(
  work: Work,
  before: GraphqlType,
  after: GraphqlType,
  sites: Sites,
): Generator<Finding> {
  const left = new Map(valuesOf(before).map((one, index) => [one.name.value, { one, index }]))
  for (const [index, one] of valuesOf(after).entries()) {
    const key = one.name.value
    const other = left.get(key)
    if (other === undefined) continue
    const name = `${after.name}.${key}`
    const from = descend(sites.before, ['enum', other.index]) ?? sites.before
    const to = descend(sites.after, ['enum', index]) ?? sites.after
    yield* usesAt(work, name, other.one, one, from, to)
    const isDeprecated = (value: EnumValueDefinitionNode): boolean =>
      hasDirective(value.directives, 'deprecated')
    const details = { name, before: from, after: to }
    if (isDeprecated(other.one) !== isDeprecated(one)) {
      const code = isDeprecated(one) ? 'enum-value-deprecated' : 'enum-value-no-longer-deprecated'
      yield { code, ...details }
    }
    const [words, others] = [other.one, one].map((value) => value.description?.value ?? '')
    if (words !== others)
      yield {
        code: 'enum-value-description-changed',
        from: brief(words),
        to: brief(others),
        ...details,
      }
  }
}

function inputFields(
  work: Work,
  difference: SchemaDifference,
  before: GraphqlType,
  after: GraphqlType,
  sites: Sites,
): void {
  const left = new Map(inputFieldsOf(before).map((one) => [one.name.value, one]))
  for (const field of inputFieldsOf(after)) {
    const key = field.name.value
    const other = left.get(key)
    const [from, to] = [sites.before, sites.after].map((site) => descend(site, ['properties', key]))
    if (other === undefined || from === undefined || to === undefined) continue
    const under: Segment = { kind: 'name', name: key }
    for (const finding of usesAt(work, `${after.name}.${key}`, other, field, from, to))
      difference.findings.push({ ...finding, under })
    difference.below.push({ segment: under, to: inType(work, field.type) })
  }
}

function fields(
  work: Work,
  difference: SchemaDifference,
  before: GraphqlType,
  after: GraphqlType,
  sites: Sites,
): void {
  const left = new Map(fieldsOf(before).map((one) => [one.name.value, one]))
  // The fields of a root type are operations, and told as such.
  if (isRoot(work, after.name)) return
  for (const field of fieldsOf(after)) {
    const key = field.name.value
    const other = left.get(key)
    const [from, to] = [sites.before, sites.after].map((site) => descend(site, ['properties', key]))
    if (other === undefined || from === undefined || to === undefined) continue
    const under: Segment = { kind: 'name', name: key }
    const name = `${after.name}.${key}`
    for (const finding of usesAt(work, name, other, field, from, to))
      difference.findings.push({ ...finding, under })
    fieldArguments(work, difference, name, under, [other, field], { before: from, after: to })
    difference.below.push({ segment: under, to: inType(work, field.type) })
  }
}

/** The arguments of a field below the top: what is sent in the middle of an answer. */
function fieldArguments(
  work: Work,
  difference: SchemaDifference,
  name: string,
  under: Segment,
  [before, after]: readonly [FieldDefinitionNode, FieldDefinitionNode],
  sites: Sites,
): void {
  const [left, right] = [argumentsOf(before), argumentsOf(after)]
  const [from, to] = [
    argumentSites(work.before, sites.before, left),
    argumentSites(work.after, sites.after, right),
  ]
  for (const [key, one] of left) {
    const other = right.get(key)
    const [site, otherSite] = [child(from, key), child(to, key)]
    if (site === undefined) continue
    const told = { under, argument: key }
    if (other === undefined || otherSite === undefined) {
      const gone = { code: 'argument-removed', name, from: key, before: site, after: sites.after }
      difference.findings.push({ ...gone, ...told })
      continue
    }
    const argument = `${name}(${key}:)`
    const both = { before: site, after: otherSite }
    for (const finding of usesAt(work, argument, one, other, site, otherSite))
      difference.findings.push({ ...finding, ...told })
    if (isRequired(one) !== isRequired(other)) {
      const code = isRequired(other) ? 'argument-became-required' : 'argument-became-optional'
      difference.findings.push({ code, name: argument, ...both, ...told })
    }
    const inside = work.comparison.compare([site], [otherSite], 'request')
    const belowIt = inType(work, other.type)
    for (const next of [withoutNull(work, inside, one, other), belowIt])
      difference.below.push({ segment: under, to: next, argument: key })
  }
  for (const [key, one] of right) {
    if (left.has(key)) continue
    const code = isRequired(one) ? 'required-argument-added' : 'argument-added'
    const site = child(to, key)
    const came = { code, name, to: key, before: sites.before, after: site }
    difference.findings.push({ ...came, under, argument: key })
  }
}

/** Who has to send something now has been told so: that it can't be null is the same. */
function withoutNull(
  work: Work,
  difference: SchemaDifference,
  before: InputValueDefinitionNode,
  after: InputValueDefinitionNode,
): SchemaDifference {
  if (isRequired(before) === isRequired(after)) return difference
  const findings = difference.findings.filter(({ code }) => !code.startsWith('request-null-'))
  return noted(work, { findings, below: difference.below })
}

function argumentsOf({
  arguments: all,
}: FieldDefinitionNode): ReadonlyMap<string, InputValueDefinitionNode> {
  return new Map((all ?? []).map((one) => [one.name.value, one]))
}

/** The arguments of a field as JSON Schema, at the place where the schema's document can find them. */
function argumentSites(
  { types }: SchemaDocument,
  field: Site,
  all: ReadonlyMap<string, InputValueDefinitionNode>,
): Site {
  const value = Object.fromEntries([...all].map(([key, one]) => [key, inputSchema(types, one)]))
  return { document: field.document, value, parent: field, key: 'arguments' }
}

function schemaSpots(work: Work): readonly Spot[] {
  const nowhere = { before: undefined, after: undefined }
  const told = (location: string, finding: Finding): Spot => ({
    pair: nowhere,
    place: { ...whole, location },
    finding,
  })
  const spots: Spot[] = []
  for (const finding of directiveDefinitions(work.before, work.after))
    spots.push(told('directives', finding))
  const [left, right] = [work.before.types.types, work.after.types.types]
  const rootOfTypes = [work.before, work.after].map(({ document }) => rootOf(document))
  for (const [name, type] of left) {
    const site = descend(rootOfTypes[0]!, ['$defs', name])
    const other = right.get(name)
    if (other === undefined) {
      spots.push(told('types', { code: 'type-removed', name, from: name, before: site }))
      continue
    }
    const sites = typeSites(work, name)
    if (sites === undefined) continue
    if (type.kind !== other.kind) {
      const kinds = { from: type.kind, to: other.kind }
      spots.push(told('types', { code: 'type-kind-changed', name, ...kinds, ...sites }))
    } else if (isRoot(work, name)) {
      const { findings } = typeDifference(work, name)
      for (const one of findings) if (one.under === undefined) spots.push(told('types', one))
    } else if (!work.reached.has(name)) spots.push(...unreached(work, name, type, other, sites))
  }
  for (const name of right.keys())
    if (!left.has(name)) {
      const site = descend(rootOfTypes[1]!, ['$defs', name])
      spots.push(told('types', { code: 'type-added', name, to: name, after: site }))
    }
  return spots
}

function isRoot({ before, after }: Work, name: string): boolean {
  return [before, after].some(({ types }) => [...types.roots.values()].includes(name))
}

/** A type that no operation leads to, but others may: an entity of a federation, what a directive takes. */
function* unreached(
  work: Work,
  name: string,
  before: GraphqlType,
  after: GraphqlType,
  sites: Sites,
): Generator<Spot> {
  const pair = { before: undefined, after: undefined }
  const place: Place = { ...whole, location: `types:${name}`, part: 'body' }
  if (before.kind === 'union') {
    const [from, to] = [before, after].map(
      (type) => new Set(membersOf(type).map((one) => one.name.value)),
    )
    for (const one of from!) {
      if (to!.has(one)) continue
      const finding = { code: 'possible-type-removed', from: one, fragment: one, ...sites }
      yield { pair, place, finding }
    }
    for (const one of to!)
      if (!from!.has(one))
        yield { pair, place, finding: { code: 'response-alternative-added', to: one, ...sites } }
  } else {
    const side = work.sent.has(name) || before.kind === 'input' ? 'request' : 'response'
    const [left, right] = [fieldsOnly(sites.before), fieldsOnly(sites.after)]
    yield { pair, place, schema: work.comparison.compare([left], [right], side) }
  }
  yield { pair, place, schema: typeDifference(work, name) }
}

/** An interface without the types that implement it. */
function fieldsOnly(site: Site): Site {
  if (!isObject(site.value) || site.value['oneOf'] === undefined) return site
  const { oneOf: _, discriminator: __, ...value } = site.value
  return { ...site, value }
}

/**
 * Says what a JSON Schema comparison found between two GraphQL schemas as GraphQL means it: a document with a fragment on a type
 * that cannot be there any more is refused, every field is there when it is asked for, and what must be sent is not null.
 */
export function spokenAsGraphql(differences: readonly SchemaDifference[]): void {
  for (const { findings, below } of differences) {
    let isDeprecation = false
    for (const [index, finding] of findings.entries()) {
      if (!isOfGraphql(finding)) continue
      const code = graphqlCodes.get(finding.code)
      if (code !== undefined)
        findings[index] = {
          ...finding,
          code,
          ...(code === 'possible-type-removed' && { fragment: String(finding.from) }),
        }
      if (/-field-(?:no-longer-)?deprecated$/.test(finding.code)) isDeprecation = true
      const { under } = finding
      if (!finding.code.startsWith('request-property-became-') || under?.kind !== 'name') continue
      for (const { segment, to } of below)
        if (segment?.kind === 'name' && segment.name === under.name)
          takeAway(to.findings, ({ code: one }) => one.startsWith('request-null-'))
    }
    // Which type it is, is told by the types that can be there.
    if (findings.some(isOfGraphql))
      takeAway(findings, ({ code: one }) => one.includes('-discriminator-'))
    if (isDeprecation) takeAway(findings, ({ name }) => name === 'x-deprecation-reason')
  }
}

function isOfGraphql({ before, after }: Finding): boolean {
  const document = (after ?? before)?.document
  return document !== undefined && schemaOf(document) !== undefined
}

function takeAway(findings: Finding[], isTold: (finding: Finding) => boolean): void {
  for (let index = findings.length - 1; index >= 0; index--)
    if (isTold(findings[index]!)) findings.splice(index, 1)
}

const graphqlCodes: ReadonlyMap<string, string> = new Map([
  ['response-alternative-removed', 'possible-type-removed'],
  ['response-required-property-added', 'response-property-added'],
])
