import type { Site } from '../text/site.ts'
import type { Field, FoundField } from './field.ts'
import { longer, segmentsOf, segmentText, type Segment } from './field-path.ts'
import { restFor, shapeOf, type Described, type Property, type Shape } from './shape.ts'

export interface FieldOptions {
  /** `response` leaves write-only properties out, `request` read-only ones. Without it, all are there. */
  readonly direction?: 'request' | 'response'
}

/** Where following a path stopped. */
export interface MissingField {
  /** The step that is not there, as written: `eta`, `[]`. */
  readonly missing: string
  /** The field it was looked for in: `items[]`; `''` is the body itself. */
  readonly at: string
  /** What stands there, as a path from `at` on: `price`, `[].name`. For "did you mean". */
  readonly known: readonly string[]
}

/** The root field of a body. Without a schema it is a field of which nothing is known. */
export function bodyField(schema: Site | undefined, options: FieldOptions = {}): Field {
  return fieldOf('', '', schema && { kind: 'schema', site: schema }, true, false, options)
}

/**
 * Follows a path from a root. A schema that describes nothing (`{}`, an object without properties) cannot disprove a
 * need: what lies below is found with `schema: undefined`, no types, and counts as optional.
 */
export function findField(root: Field, path: string): FoundField | MissingField {
  const segments = segmentsOf(path)
  if (segments === undefined) return { missing: path, at: root.path, known: namesIn(root) }
  const absence: FoundField['absence'][number][] = []
  if (root.nullable) absence.push({ path: root.path, reason: 'nullable' })
  let here = root
  for (const segment of segments) {
    const next = stepInto(here, segment)
    if (next === undefined)
      return { missing: segmentText(segment), at: here.path, known: namesIn(here) }
    if (!next.required)
      absence.push({ path: next.path, reason: onlySome.has(next) ? 'one-of' : 'optional' })
    if (next.nullable) absence.push({ path: next.path, reason: 'nullable' })
    here = next
  }
  return { field: here, absence }
}

/**
 * The fields below a root, breadth first, the root itself left out. A type inside itself is shown once and not entered
 * again. `depth` counts steps from the root.
 */
export function* fieldPaths(root: Field, { depth = 8, most = 1000 } = {}): Generator<Field> {
  let level: readonly Walked[] = [{ field: root, above: undefined }]
  let count = 0
  for (let deep = 0; deep < depth && level.length > 0; deep++) {
    const next: Walked[] = []
    for (const walked of level) {
      for (const field of walked.field.children()) {
        if (count++ >= most) return
        yield field
        if (!isInside(field, walked)) next.push({ field, above: walked })
      }
    }
    level = next
  }
}

interface Walked {
  readonly field: Field
  readonly above: Walked | undefined
}

function isInside(field: Field, above: Walked): boolean {
  const raw = field.schema?.value
  if (raw === null || typeof raw !== 'object') return false
  for (let here: Walked | undefined = above; here !== undefined; here = here.above) {
    if (here.field.schema?.value === raw) return true
  }
  return false
}

/** Fields that only some alternatives of a `oneOf` describe. */
const onlySome = new WeakSet<Field>()
const shapes = new WeakMap<
  Field,
  { readonly shape: Shape | undefined; readonly options: FieldOptions }
>()

function fieldOf(
  path: string,
  name: string,
  described: Described | undefined,
  required: boolean,
  only: boolean,
  options: FieldOptions,
): Field {
  const shape = described && shapeOf(described)
  const known = shape !== undefined && !isUndescribed(shape)
  let children: readonly Field[] | undefined
  const field: Field = {
    path,
    name,
    types: [...(shape?.types ?? [])],
    nullable: shape?.types !== undefined && shape.nullable,
    required,
    deprecated: shape?.deprecated ?? false,
    ...(shape?.description !== undefined && { description: shape.description }),
    ...(shape?.format !== undefined && { format: shape.format }),
    readOnly: shape?.readOnly ?? false,
    writeOnly: shape?.writeOnly ?? false,
    schema: known ? shape.site : undefined,
    ...(described?.kind === 'schema' && { written: described.site }),
    ...(described !== undefined &&
      described.kind !== 'schema' &&
      described.of.length > 0 && { writtenTogether: sitesOf(described) }),
    ...(shape?.typeName !== undefined && { typeName: shape.typeName }),
    ...(shape?.classification !== undefined && { classification: shape.classification }),
    children: () => (children ??= shape === undefined ? [] : childrenOf(path, shape, options)),
  }
  if (only) onlySome.add(field)
  shapes.set(field, { shape, options })
  return field
}

/** The schemas that a description is made of. */
function sitesOf(described: Described): readonly Site[] {
  return described.kind === 'schema' ? [described.site] : described.of.flatMap(sitesOf)
}

function childrenOf(path: string, shape: Shape, options: FieldOptions): readonly Field[] {
  const children: Field[] = []
  for (const [name, property] of shape.properties) {
    const field = propertyField(path, name, property, options)
    if (
      options.direction === 'response'
        ? field.writeOnly
        : options.direction === 'request' && field.readOnly
    )
      continue
    children.push(field)
  }
  const map = shape.rest || shape.patterns[0]?.described
  if (map && saysSomething(map)) children.push(stepField(path, { kind: 'values' }, map, options))
  const items = itemsOf(shape)
  if (items !== undefined) children.push(stepField(path, { kind: 'items' }, items, options))
  return children
}

function propertyField(
  path: string,
  name: string,
  property: Property,
  options: FieldOptions,
): Field {
  const longerPath = longer(path, { kind: 'name', name })
  return fieldOf(
    longerPath,
    name,
    property.described,
    property.required,
    property.onlySome,
    options,
  )
}

function stepField(
  path: string,
  segment: Segment,
  described: Described | undefined,
  options: FieldOptions,
  required = true,
): Field {
  return fieldOf(
    longer(path, segment),
    segment.kind === 'name' ? segment.name : segmentText(segment),
    described,
    required,
    false,
    options,
  )
}

function stepInto(field: Field, segment: Segment): Field | undefined {
  const listed = field.children().find((one) => one.name === nameOf(segment))
  if (listed !== undefined && !(segment.kind === 'name' && isStep(field, listed))) return listed
  const { shape, options } = shapes.get(field) ?? { shape: undefined, options: {} }
  if (shape === undefined)
    return mayHold(field, segment)
      ? stepField(field.path, segment, undefined, options, false)
      : undefined
  switch (segment.kind) {
    case 'item': {
      const described =
        shape.places[segment.index] ??
        shape.items ??
        (shape.places.length > 0 ? undefined : itemsOf(shape))
      if (described !== undefined) return stepField(field.path, segment, described, options, false)
      break
    }
    case 'name': {
      if (shape.properties.has(segment.name)) return undefined // there, but not in this direction
      const rest = restFor(shape, segment.name)
      if (rest && saysSomething(rest)) return stepField(field.path, segment, rest, options, false)
      break
    }
    case 'items':
    case 'values':
      break
  }
  return isFree(shape, segment)
    ? stepField(field.path, segment, undefined, options, false)
    : undefined
}

/** `[]` as a step is not the property that somebody called "[]". */
function isStep(parent: Field, listed: Field): boolean {
  return listed.path === `${parent.path}[]` || listed.path === `${parent.path}{}`
}

/** A synthetic field (headers and the like): what it lists is all there is, unless it lists nothing and has no type. */
function mayHold(field: Field, _segment: Segment): boolean {
  return field.types.length === 0 && field.children().length === 0
}

/** Nothing is said about what such a value holds, so anything may be there. */
function isFree(shape: Shape, segment: Segment): boolean {
  const wanted = segment.kind === 'name' || segment.kind === 'values' ? 'object' : 'array'
  if (shape.types !== undefined && !shape.types.has(wanted)) return false
  if (wanted === 'array')
    return itemsOf(shape) === undefined && (shape.types !== undefined || isUndescribed(shape))
  if (shape.rest === false || (shape.rest !== undefined && saysSomething(shape.rest))) return false
  return (
    shape.properties.size === 0 &&
    shape.patterns.length === 0 &&
    (shape.types !== undefined || isUndescribed(shape))
  )
}

function isUndescribed(shape: Shape): boolean {
  return (
    shape.types === undefined &&
    shape.properties.size === 0 &&
    shape.items === undefined &&
    shape.places.length === 0 &&
    !shape.rest &&
    shape.patterns.length === 0
  )
}

function saysSomething(described: Described): boolean {
  return (
    described.kind !== 'schema' || (described.site.value !== true && !isEmpty(described.site.value))
  )
}

function isEmpty(value: unknown): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length === 0
}

function itemsOf(shape: Shape): Described | undefined {
  if (shape.items !== undefined)
    return shape.places.length === 0
      ? shape.items
      : { kind: 'any', of: [...shape.places, shape.items] }
  return shape.places.length === 0 ? undefined : { kind: 'any', of: shape.places }
}

function nameOf(segment: Segment): string {
  return segment.kind === 'name' ? segment.name : segmentText(segment)
}

/** Names one step below, and what lies behind a list or map: people forget the `[]`. */
function namesIn(field: Field): readonly string[] {
  const names: string[] = []
  for (const one of field.children()) {
    const own = one.path.slice(field.path.length).replace(/^\./, '')
    names.push(own)
    if (own === '[]' || own === '{}') {
      for (const inner of one.children())
        names.push(inner.path.slice(field.path.length).replace(/^\./, ''))
    }
  }
  return names
}
