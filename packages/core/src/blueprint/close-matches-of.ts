import { nameOf, nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { labelOf } from '../2-link/label.ts'
import { fieldsOf, findInAnswer } from '../operation/fields-of.ts'
import type { Operation } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'
import { fieldPaths } from '../schema/fields.ts'
import { distanceOf } from '../text/suggestion.ts'
import type { CloseMatch, CloseMatches, FieldElsewhere } from './close-matches.ts'
import { operationAddress } from './studio-address.ts'
import { typeNameOf } from './type-name.ts'

/**
 * The fields that somebody may mean with a path: in the answer of the operation, and the same name in the answers of
 * others. `step` is the one that asks: what it calls already comes first.
 */
export function closeMatchesOf(
  graph: Graph,
  operation: string,
  path: string,
  step?: string,
): CloseMatches {
  const node = nodeOf(graph, 'operation', `op:${operation}`)
  const wanted = wantedOf(path)
  return {
    operation,
    path,
    exists: node !== undefined && 'field' in findInAnswer(node, path),
    matches: node === undefined ? [] : matchesIn(graph, node, path, wanted),
    elsewhere: elsewhere(graph, operation, wanted, step),
  }
}

interface Wanted {
  /** `co2saving`: the last name, without what styles differ in. */
  readonly name: string
  readonly words: readonly string[]
}

function wantedOf(path: string): Wanted {
  const last =
    path
      .slice(0, 500)
      .replace(/(\[\d*\]|\{\})+$/, '')
      .split(/[.\]}]\.?/)
      .findLast((part) => part !== '') ?? ''
  return { name: plain(last), words: wordsOf(last) }
}

const mostFields = 2000
const mostMatches = 8

function matchesIn(
  graph: Graph,
  operation: Operation,
  path: string,
  wanted: Wanted,
): readonly CloseMatch[] {
  const needed = neededPaths(graph, operation)
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('.')))
  const found: { readonly match: CloseMatch; readonly near: number }[] = []
  for (const field of fieldPaths(fieldsOf(operation), { depth: 7, most: mostFields })) {
    if (field.name === '[]' || field.name === '{}' || isOnTheWay(field.path, path)) continue
    const closeness = closenessOf(field, wanted)
    if (closeness === undefined) continue
    found.push({
      match: {
        path: field.path,
        label: labelOf(field.path),
        type: typeNameOf(field) + (field.nullable || !field.required ? '?' : ''),
        usedBy: needed.get(field.path)?.size ?? 0,
        ...closeness,
        ...(field.description !== undefined && { description: field.description.slice(0, 300) }),
      },
      near: parent !== '' && field.path.startsWith(parent) ? 0 : 1,
    })
  }
  return found
    .toSorted(
      ({ match: a, near }, { match: b, near: other }) =>
        a.distance - b.distance ||
        near - other ||
        a.path.length - b.path.length ||
        a.path.localeCompare(b.path, 'en'),
    )
    .slice(0, mostMatches)
    .map(({ match }) => match)
}

/** The path itself, or what it leads through. */
function isOnTheWay(field: string, path: string): boolean {
  return field === path || (path.startsWith(field) && /^[.[{]/.test(path.slice(field.length)))
}

function closenessOf(
  field: Field,
  wanted: Wanted,
): Pick<CloseMatch, 'distance' | 'because'> | undefined {
  const name = plain(field.name)
  if (name === '' || wanted.name === '') return undefined
  if (name === wanted.name)
    return { distance: 0, because: 'the same name, elsewhere in the answer' }
  const distance =
    Math.abs(name.length - wanted.name.length) > 6 ? Infinity : distanceOf(wanted.name, name)
  if (distance <= Math.max(1, Math.floor(wanted.name.length / 3)))
    return { distance, because: 'spelled nearly the same' }
  const words = wordsOf(field.name)
  const shared = wanted.words.filter((word) => words.includes(word)).length
  const apart = wanted.words.length + words.length - 2 * shared
  if (shared > 0) return { distance: 2 + apart, because: 'has a word in common' }
  const alike = wanted.words.some((word) => words.some((other) => sameMeaning(word, other)))
  if (alike) return { distance: 4 + apart, because: 'says the same in other words' }
  const said = wordsOf((field.description ?? '').slice(0, 300))
  const isSaid = wanted.words.some((word) => word.length > 3 && said.includes(word))
  return isSaid ? { distance: 6, because: 'is described with the same word' } : undefined
}

/** Words that people and contracts use for one thing. */
const meanings: readonly (readonly string[])[] = [
  ['eta', 'arrival', 'arrives', 'arriving', 'delivery', 'delivered', 'due'],
  ['image', 'picture', 'photo', 'thumbnail', 'icon', 'avatar', 'logo'],
  ['name', 'title', 'label', 'caption', 'heading'],
  ['price', 'cost', 'amount', 'fee', 'charge', 'sum'],
  ['count', 'total', 'number', 'quantity', 'size', 'length'],
  ['date', 'day', 'time', 'at', 'on', 'when', 'timestamp'],
  ['start', 'starts', 'begin', 'begins', 'from', 'opens'],
  ['end', 'ends', 'until', 'to', 'expires', 'closes'],
  ['created', 'placed', 'opened', 'added'],
  ['updated', 'changed', 'modified', 'edited'],
  ['status', 'state', 'phase', 'stage'],
  ['description', 'text', 'body', 'summary', 'details', 'content', 'note', 'message'],
  ['user', 'customer', 'person', 'account', 'member', 'owner', 'author'],
  ['url', 'link', 'href', 'address', 'uri'],
  ['id', 'key', 'code', 'reference', 'identifier', 'sku'],
  ['category', 'kind', 'type', 'group', 'class'],
  ['stock', 'available', 'availability', 'left', 'remaining'],
  ['phone', 'telephone', 'mobile', 'tel'],
  ['postcode', 'zip', 'zipcode', 'postal'],
  ['town', 'city', 'place'],
  ['discount', 'reduction', 'saving', 'savings', 'rebate'],
  ['rating', 'stars', 'score'],
]

function sameMeaning(one: string, other: string): boolean {
  return meanings.some((group) => group.includes(one) && group.includes(other))
}

/** `carbonSaving`, `carbon_saving` and `Carbon-Saving` are one. */
function plain(name: string): string {
  return name
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function wordsOf(text: string): readonly string[] {
  return text
    .slice(0, 300)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Steps by the path of the operation's answer that they need. */
function neededPaths(graph: Graph, operation: Operation): ReadonlyMap<string, ReadonlySet<string>> {
  const paths = new Map<string, Set<string>>()
  for (const need of nodesOfKind(graph, 'need')) {
    const field = nodeOf(graph, 'field', need.field)
    if (field?.operation !== operation.id) continue
    const path = field.path.replace(/\[\d+\]/g, '[]')
    const steps = paths.get(path) ?? new Set()
    paths.set(path, steps)
    steps.add(nodeOf(graph, 'call', need.call)?.step ?? '')
  }
  return paths
}

const mostElsewhere = 12
/** Fields that are looked at in other operations; contracts of thousands of operations are not walked to the end. */
const mostVisited = 40_000

function elsewhere(
  graph: Graph,
  operation: string,
  wanted: Wanted,
  step: string | undefined,
): readonly FieldElsewhere[] {
  if (wanted.name === '') return []
  const callers = callersOf(graph)
  const rank = (one: Operation): number => {
    const steps = callers.get(one.id)
    return steps === undefined ? 2 : step !== undefined && steps.has(step) ? 0 : 1
  }
  const ordered = [...nodesOfKind(graph, 'operation')]
    .filter((one) => nameOf(one.id) !== operation)
    .map((one) => ({ one, rank: rank(one) }))
    .toSorted((a, b) => a.rank - b.rank)
  const found: FieldElsewhere[] = []
  let visited = 0
  for (const { one } of ordered) {
    if (found.length >= mostElsewhere || visited >= mostVisited) break
    for (const field of fieldPaths(fieldsOf(one), { depth: 5, most: 300 })) {
      visited++
      if (plain(field.name) !== wanted.name) continue
      found.push(
        elsewhereOf(
          one,
          field,
          step === undefined ? callers.has(one.id) : (callers.get(one.id)?.has(step) ?? false),
        ),
      )
      break
    }
  }
  return found
}

function elsewhereOf(operation: Operation, field: Field, called: boolean): FieldElsewhere {
  const name = nameOf(operation.id)
  return {
    operation: name,
    method: operation.method,
    operationPath: operation.path,
    path: field.path,
    type: typeNameOf(field) + (field.nullable || !field.required ? '?' : ''),
    called,
    url: operationAddress(name, field.path),
    ...(operation.title !== undefined && { title: operation.title }),
    ...(operation.owner !== undefined && { owner: operation.owner }),
  }
}

/** Names of the steps that call each operation. */
function callersOf(graph: Graph): ReadonlyMap<string, ReadonlySet<string>> {
  const callers = new Map<string, Set<string>>()
  for (const call of nodesOfKind(graph, 'call')) {
    const step = nodeOf(graph, 'step', call.step)?.name ?? ''
    for (const edge of graph.outgoing.get(call.id) ?? []) {
      if (edge.kind !== 'calls') continue
      const steps = callers.get(edge.to) ?? new Set()
      callers.set(edge.to, steps)
      steps.add(step)
    }
  }
  return callers
}
