import { nameOf, nodeOf } from '../2-link/ask.ts'
import type { CallNode, Graph, NeedNode } from '../2-link/graph.ts'
import { operationIndexOf } from '../2-link/operation-index.ts'
import { needPlace } from '../blueprint/need-place.ts'
import { fieldsOf, findInAnswer, requestField } from '../operation/fields-of.ts'
import { mainContent, successResponse, type Operation } from '../operation/operation.ts'
import { resolve } from '../1-parse/reference.ts'
import type { OverlayAction } from '../overlay/overlay.ts'
import { asWritten } from '../schema/dialect.ts'
import type { Field } from '../schema/field.ts'
import { segmentsOf, type Segment } from '../schema/field-path.ts'
import { fieldPaths, findField } from '../schema/fields.ts'
import { isObject, pathOf, type Site } from '../text/site.ts'
import { guessedSchema, type GuessedSchema } from './guessed-schema.ts'
import { jsonPathTo } from './json-path-to.ts'
import { draftOf, type NoDraft, type ProposalDraft } from './proposal-draft.ts'

export interface NeedOptions {
  /** What the field is, where the team knows better than its name. */
  readonly schema?: Readonly<Record<string, unknown>>
}

/**
 * What to propose so that a call answers with what a step needs (TL2003): the property, in the schema that the answer really uses
 * (references followed), with the type that the same name has elsewhere in the API, or that the name suggests.
 */
export function proposalForNeed(
  graph: Graph,
  id: string,
  options: NeedOptions = {},
): ProposalDraft | NoDraft {
  const need = nodeOf(graph, 'need', id as NeedNode['id'])
  if (need === undefined) return { refused: `The workspace has no need \`${id}\`.` }
  if (need.field !== undefined)
    return { refused: `\`${need.path}\` is in the answer already: nothing is missing.` }
  const call = nodeOf(graph, 'call', need.call)!
  const place = needPlace(graph, call, need)
  const operation = nodeOf(graph, 'operation', `op:${place.operation}`)
  if (operation === undefined)
    return {
      refused: `The step calls \`${call.name}\`, which no contract has. Mend the call first.`,
    }
  if (operation.protocol === 'graphql')
    return {
      refused:
        'Overlays change OpenAPI contracts, and this one is GraphQL. Comment on the need: its owners change the schema.',
    }
  const found = additionTo(graph, operation, place.path, need, options)
  if ('refused' in found) return found
  const { guess } = found
  return draftOf(
    {
      title: `Return \`${need.path}\` from ${operation.method} ${operation.path}`,
      why: need.why ?? `${stepName(call)} shows it: ${need.label}.`,
      on: [need.id],
      file: found.file,
      notes: [noteOn(need.path, guess), ...found.notes],
    },
    found.actions,
  )
}

function stepName({ step }: CallNode): string {
  return `The step ${nameOf(step)}`
}

function noteOn(path: string, { from, like, schema }: GuessedSchema): string {
  const type = JSON.stringify(schema)
  if (from === 'elsewhere') return `\`${path}\` is described like ${like}: ${type}.`
  return from === 'name'
    ? `The type of \`${path}\` is guessed from its name: ${type}.`
    : `Nothing says what \`${path}\` is: it is proposed as text. Say more if you know.`
}

interface Addition {
  readonly file: string
  readonly actions: readonly OverlayAction[]
  readonly guess: GuessedSchema
  readonly notes: readonly string[]
}

function additionTo(
  graph: Graph,
  operation: Operation,
  path: string,
  need: NeedNode,
  { schema }: NeedOptions,
): Addition | NoDraft {
  const response = successResponse(operation)
  if (response === undefined)
    return {
      refused: `${operation.method} ${operation.path} describes no answer at all. Describe its success first.`,
    }
  const operations = operationsOf(graph, operation)
  const guessFor = (name: string, file: string): GuessedSchema =>
    schema === undefined ? guessedSchema(name, operations, file) : { schema, from: 'name' }
  const header = /^header:(.+)$/i.exec(path)?.[1]
  if (header !== undefined) return headerAddition(response.site, header, schema)

  const content = mainContent(response.content)
  if (content === undefined)
    return {
      refused: `${operation.method} ${operation.path} answers ${response.status} without a body. Propose the body first.`,
    }
  const found = findInAnswer(operation, path)
  if ('field' in found) return { refused: `\`${path}\` is in the answer already.` }
  const parent = found.at === '' ? fieldsOf(operation) : fieldAt(operation, found.at)
  const segments = segmentsOf(path)
  const above = segmentsOf(found.at)
  if (segments === undefined || above === undefined || parent === undefined)
    return { refused: `\`${path}\` is no path of a field.` }
  const missing = segments.slice(above.length)
  const site = schemaOf(parent)
  if (site === undefined)
    return {
      refused: `${whereIs(parent)} is described as anything at all. Describe what it holds first.`,
    }
  const [first] = missing
  const wrong = unfit(parent, first)
  if (wrong !== undefined) return { refused: wrong }
  const file = site.document.file.path
  const last = missing.findLast((one) => one.kind === 'name')
  const guess = guessFor(last?.kind === 'name' ? last.name : '', file)
  const name = (first as Extract<Segment, { kind: 'name' }>).name
  const property = missing.slice(1).reduceRight<unknown>(wrapped, guess.schema)
  const holder = holderIn(site)
  if ('refused' in holder) return holder
  const isSure = need.absent === undefined && !isSent(operations, site)
  return {
    file,
    guess,
    notes: isSure
      ? [`Every answer will have \`${name}\`, for the step says nothing about its absence.`]
      : [],
    actions: actionsFor(holder, name, property, isSure),
  }
}

function headerAddition(site: Site, name: string, schema: NeedOptions['schema']): Addition {
  const described = schema ?? { type: 'string' }
  const isOld = site.document.dialect === 'swagger-2.0'
  return {
    file: site.document.file.path,
    guess: { schema: described, from: schema === undefined ? 'nothing' : 'name' },
    notes: [],
    actions: [
      {
        target: jsonPathTo(pathOf(site)),
        update: { headers: { [name]: isOld ? described : { schema: described } } },
      },
    ],
  }
}

function fieldAt(operation: Operation, path: string): Field | undefined {
  const found = findField(fieldsOf(operation), path)
  return 'field' in found ? found.field : undefined
}

function whereIs({ path }: Field): string {
  return path === '' ? 'The answer' : `\`${path}\``
}

/** Why nothing of that name can stand below a field. */
function unfit(parent: Field, segment: Segment | undefined): string | undefined {
  const what = parent.types.join(' or ')
  if (segment?.kind !== 'name')
    return `${whereIs(parent)} is ${what || 'something'}, and no list or map. Correct the path, or propose another shape.`
  if (parent.types.length > 0 && !parent.types.includes('object'))
    return parent.types.includes('array')
      ? `${whereIs(parent)} is a list: did you mean \`${parent.path}[].${segment.name}\`?`
      : `${whereIs(parent)} is ${what}, and holds nothing. Propose a field beside it.`
  return undefined
}

function wrapped(inner: unknown, segment: Segment): unknown {
  switch (segment.kind) {
    case 'name':
      return { type: 'object', properties: { [segment.name]: inner } }
    case 'values':
      return { type: 'object', additionalProperties: inner }
    case 'items':
    case 'item':
      return { type: 'array', items: inner }
  }
}

/** The schema that gets the property: the one itself, or the part of an `allOf` that has properties of its own. */
function holderIn(site: Site): Site | NoDraft {
  const { value } = site
  if (!isObject(value)) return { refused: 'The answer has no schema that could be changed.' }
  if (isObject(value['properties'])) return site
  if (Array.isArray(value['allOf'])) {
    const parts: readonly unknown[] = value['allOf']
    const at = parts.findIndex(
      (one) => isObject(one) && one['$ref'] === undefined && isObject(one['properties']),
    )
    if (at !== -1)
      return {
        document: site.document,
        value: parts[at],
        key: at,
        parent: { document: site.document, value: parts, key: 'allOf', parent: site },
      }
    return site
  }
  if (Array.isArray(value['oneOf']) || Array.isArray(value['anyOf']))
    return {
      refused:
        'The answer is one of several schemas: say in a comment which of them should have it, and its owners propose that.',
    }
  return site
}

function actionsFor(
  holder: Site,
  name: string,
  property: unknown,
  isSure: boolean,
): readonly OverlayAction[] {
  const target = jsonPathTo(pathOf(holder))
  const { value } = holder
  const own = isObject(value) ? value : {}
  const add: OverlayAction = isObject(own['properties'])
    ? { target: `${target}.properties`, update: { [name]: property } }
    : { target, update: { properties: { [name]: property } } }
  return isSure ? [add, { target, update: { required: [name] } }] : [add]
}

function operationsOf(graph: Graph, { api }: Operation): readonly Operation[] {
  const contract = graph.apis.find((one) => one.name === api)?.contract
  return contract === undefined ? [] : operationIndexOf(contract).operations
}

/** Whether some request sends this schema too: requiring more there would break those who send it. */
export function isSent(operations: readonly Operation[], { value }: Site): boolean {
  return operations.some((operation) => {
    if (operation.requestBody() === undefined) return false
    const body = requestField(operation)
    if (rawOf(body) === value) return true
    for (const field of fieldPaths(body)) if (rawOf(field) === value) return true
    return false
  })
}

/** The whole schema of a field, references followed; where several describe it together, the first of them. */
export function schemaOf({ written, schema }: Field): Site | undefined {
  if (written !== undefined) return asWritten(resolve(asWritten(written)))
  return schema && asWritten(schema)
}

function rawOf({ schema }: Field): unknown {
  return schema === undefined ? undefined : asWritten(schema).value
}
