import {
  DirectiveLocation,
  Kind,
  print,
  type ConstDirectiveNode,
  type DirectiveDefinitionNode,
  type InputValueDefinitionNode,
} from 'graphql'
import { isRequired } from '../1-parse/graphql/json-schema.ts'
import type { SchemaDocument } from '../1-parse/graphql/schema-document.ts'
import { rootOf, type Site } from '../text/site.ts'
import type { Finding } from './finding.ts'
import type { OtherCode } from './rules.ts'

/** Directives of the specification: whoever reads the schema has them, declared or not; what they say is told in its own words. */
const standard: ReadonlySet<string> = new Set([
  'skip',
  'include',
  'deprecated',
  'specifiedBy',
  'oneOf',
])

/** What differs in the directives that a schema declares. Those that documents can use count for clients, the others for tools. */
export function* directiveDefinitions(
  before: SchemaDocument,
  after: SchemaDocument,
): Generator<Finding> {
  const [left, right] = [declared(before), declared(after)]
  const sites = { before: rootOf(before.document), after: rootOf(after.document) }
  for (const [key, one] of left) {
    const other = right.get(key)
    const name = `@${key}`
    if (other === undefined) {
      const code = isForDocuments(one) ? 'directive-removed' : 'schema-directive-removed'
      yield { code, name, from: name, before: sites.before }
    } else if (isForDocuments(one)) yield* definitionFindings(name, one, other, sites)
    else if (signature(one) !== signature(other)) {
      const [from, to] = [signature(one), signature(other)]
      yield { code: 'schema-directive-changed', name, from, to, ...sites }
    }
  }
  for (const [key, one] of right) {
    if (left.has(key)) continue
    const code = isForDocuments(one) ? 'directive-added' : 'schema-directive-added'
    yield { code, name: `@${key}`, to: `@${key}`, after: sites.after }
  }
}

function declared({ definitions }: SchemaDocument): ReadonlyMap<string, DirectiveDefinitionNode> {
  const found = new Map<string, DirectiveDefinitionNode>()
  for (const one of definitions)
    if (one.kind === Kind.DIRECTIVE_DEFINITION && !standard.has(one.name.value))
      found.set(one.name.value, one)
  return found
}

const ofDocuments: ReadonlySet<string> = new Set([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.SUBSCRIPTION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
])

function isForDocuments({ locations }: DirectiveDefinitionNode): boolean {
  return locations.some(({ value }) => ofDocuments.has(value))
}

/** Everything a declaration says, its description apart. */
function signature(directive: DirectiveDefinitionNode): string {
  const { description: _, ...rest } = directive
  const plain = (directive.arguments ?? []).map(({ description: __, ...argument }) => argument)
  const places = directive.locations.toSorted((a, b) => (a.value < b.value ? -1 : 1))
  return print({ ...rest, arguments: plain, locations: places })
}

function* definitionFindings(
  name: string,
  before: DirectiveDefinitionNode,
  after: DirectiveDefinitionNode,
  sites: { readonly before: Site; readonly after: Site },
): Generator<Finding> {
  const [places, others] = [before, after].map((one) => one.locations.map(({ value }) => value))
  for (const from of places!)
    if (!others!.includes(from)) yield { code: 'directive-location-removed', name, from, ...sites }
  for (const to of others!)
    if (!places!.includes(to)) yield { code: 'directive-location-added', name, to, ...sites }
  if (before.repeatable !== after.repeatable) {
    const code = after.repeatable ? 'directive-became-repeatable' : 'directive-no-longer-repeatable'
    yield { code, name, ...sites }
  }
  const named = (one: DirectiveDefinitionNode): ReadonlyMap<string, InputValueDefinitionNode> =>
    new Map((one.arguments ?? []).map((argument) => [argument.name.value, argument]))
  const [left, right] = [named(before), named(after)]
  for (const [key, one] of left) {
    const other = right.get(key)
    if (other === undefined) yield { code: 'directive-argument-removed', name, from: key, ...sites }
    else {
      const [from, to] = [print(one.type), print(other.type)]
      const argument = `${name}(${key}:)`
      if (from !== to)
        yield { code: 'directive-argument-type-changed', name: argument, from, to, ...sites }
      const [initial, now] = [one, other].map(({ defaultValue }) =>
        defaultValue === undefined ? 'nothing' : print(defaultValue),
      )
      if (initial !== now) {
        const code = 'directive-argument-default-changed'
        yield { code, name: argument, from: initial, to: now, ...sites }
      }
    }
  }
  for (const [key, one] of right) {
    if (left.has(key)) continue
    const code = isRequired(one) ? 'required-directive-argument-added' : 'directive-argument-added'
    yield { code, name, to: key, ...sites }
  }
}

/** Something that directives can stand at, under its schema coordinate: `Review.text`. */
export interface Directed {
  readonly name: string
  readonly directives: readonly ConstDirectiveNode[] | undefined
  readonly site: Site
}

/** What differs in the directives that stand at one thing. The order of those that differ in name says nothing. */
export function* directiveUses(before: Directed, after: Directed): Generator<Finding> {
  const [left, right] = [usesOf(before), usesOf(after)]
  const name = after.name
  const sites = { name, before: before.site, after: after.site }
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const [from, to] = [left.get(key), right.get(key)]
    if (from === to) continue
    const code: OtherCode =
      from === undefined
        ? 'directive-use-added'
        : to === undefined
          ? 'directive-use-removed'
          : 'directive-use-changed'
    yield {
      code,
      ...sites,
      ...(from !== undefined && { from: short(from) }),
      ...(to !== undefined && { to: short(to) }),
      about: key,
    }
  }
}

function usesOf({ directives }: Directed): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const one of directives ?? []) {
    const key = one.name.value
    if (standard.has(key)) continue
    const sorted = (one.arguments ?? []).toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1))
    const text = print({ ...one, arguments: sorted })
    const known = found.get(key)
    found.set(key, known === undefined ? text : `${known} ${text}`)
  }
  return found
}

function short(text: string): string {
  return text.length > 300 ? `${text.slice(0, 297)}...` : text
}
