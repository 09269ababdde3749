import { nameOf } from '../2-link/ask.ts'
import { mainContent, type Operation } from '../operation/operation.ts'
import { bodyField } from '../schema/fields.ts'
import { segmentsOf, type Segment } from '../schema/field-path.ts'
import { codeSamples } from '../reference/code-samples.ts'
import { asJson } from '../reference/json-text.ts'
import { referenceFieldsOf, referenceOperationOf } from '../reference/reference-operation-of.ts'
import type { FieldPlace } from '../reference/reference-operation-of.ts'
import type {
  ReferenceCaller,
  ReferenceContent,
  ReferenceExample,
  ReferenceOperation,
  ReferenceParameter,
  ReferenceResponse,
  SchemaNode,
} from '../reference/reference.ts'
import { usageOf } from '../reference/usage.ts'
import {
  duration,
  fieldAnchor,
  many,
  separated,
  showsJourneys,
  station,
  stations,
  type DocsContext,
} from './context.ts'
import { classBadge } from './journey-page.ts'
import { firstSentence, markdownBlocks, markdownInline } from './markdown-blocks.ts'
import { maskedExample, maskedText } from './masked.ts'
import { groupKey } from './page-paths.ts'
import type { Block, CodeTab, DocsPage, FieldRow, Inline, PageHead, Text } from './page.ts'
import { provenText } from './proven.ts'

/** Cheap: nothing of the operation's schemas is looked at. */
export function operationHead(context: DocsContext, operation: Operation, group: string): PageHead {
  const { api, name, method, path, title, description } = operation
  const id = nameOf(operation.id)
  const parent =
    context.paths.groups.get(groupKey(api, group)) ?? context.paths.apis.get(api) ?? 'index'
  const summary = firstSentence(description ?? '')
  return {
    path: context.paths.operations.get(id)!,
    kind: 'operation',
    title: title ?? name,
    parent,
    method,
    summary: summary === '' ? `${method} ${path}` : summary,
    words: [name, method, path, ...operation.tags].join(' '),
  }
}

/** One operation: how it is asked, what it answers, who needs which field of it, and what people read when it fails. */
export function operationPage(
  context: DocsContext,
  operation: Operation,
  group: string,
): DocsPage | undefined {
  const id = nameOf(operation.id)
  const found = referenceOperationOf(context.graph, id, { mockUrl: 'http://localhost:4401' })
  if (found === undefined) return undefined
  const blocks: Block[] = [
    {
      kind: 'code',
      language: 'http',
      text: found.protocol === 'graphql' ? `${found.method} ${found.path}` : addressLine(found),
    },
    ...(found.description === undefined ? [] : markdownBlocks(found.description)),
    { kind: 'facts', items: factsOf(context, found) },
    ...callersBlocks(context, found),
    ...parameterBlocks(context, found),
    ...requestBlocks(context, operation, found),
    ...samplesBlocks(context, operation, found),
    ...found.responses.flatMap((one) => responseBlocks(context, operation, found, one)),
    ...flowBlocks(context, operation, found),
    ...errorBlocks(context, found),
  ]
  return { ...operationHead(context, operation, group), blocks }
}

function addressLine({ method, path }: ReferenceOperation): string {
  return `${method} ${path}`
}

function factsOf(context: DocsContext, found: ReferenceOperation) {
  const { api, owner, stage, deprecated, sunset, security } = found
  const apiTitle = context.graph.apis.find((one) => one.name === api)?.contract?.title ?? api
  const badges: Inline[] = [
    ...(stage === 'live' ? [] : [{ kind: 'badge', tone: 'draft', text: stage } as const]),
    ...(deprecated ? [{ kind: 'badge', tone: 'warn', text: 'deprecated' } as const] : []),
    ...(sunset === undefined
      ? []
      : [{ kind: 'badge', tone: 'bad', text: `ends ${sunset}` } as const]),
  ]
  return [
    {
      term: 'API',
      text: [
        { kind: 'page', to: context.paths.apis.get(api) ?? 'index', text: apiTitle } as const,
        ...(badges.length === 0 ? [] : [' ', ...separated(badges)]),
      ],
    },
    ...(owner === undefined || context.audience === 'public'
      ? []
      : [{ term: 'Owner', text: [owner] }]),
    { term: 'Sign in', text: securityText(security) },
    ...(context.audience === 'public'
      ? []
      : [{ term: 'Proven', text: provenText(context, found.id) }]),
  ]
}

function securityText(security: ReferenceOperation['security']): Text {
  if (security.length === 0) return ['Nobody has to']
  return separated(
    security.map((all): string =>
      all.length === 0
        ? 'nothing'
        : all
            .map(({ words, scopes }) =>
              scopes.length === 0 ? words : `${words} (${scopes.join(', ')})`,
            )
            .join(' and '),
    ),
    ', or ',
  )
}

function callersBlocks(context: DocsContext, found: ReferenceOperation): readonly Block[] {
  if (!showsJourneys(context)) return []
  if (found.callers.length === 0)
    return context.graph.journeys.length === 0
      ? []
      : [{ kind: 'note', tone: 'quiet', text: ['No journey calls it.'] }]
  return [
    heading(2, 'used-by', 'Used by'),
    {
      kind: 'table',
      label: 'Steps that call it',
      head: ['Step', 'Needs', 'Promises'],
      rows: found.callers.map((caller) => [
        [station(context, caller)],
        needsText(caller),
        [caller.budget === undefined ? '' : `${duration(caller.budget)} at p75`],
      ]),
    },
  ]
}

function needsText({ needs, missing }: ReferenceCaller): Text {
  return [
    many(needs, 'field'),
    ...(missing === 0
      ? []
      : [' ', { kind: 'badge', tone: 'bad', text: `${missing} missing` } as const]),
  ]
}

function parameterBlocks(context: DocsContext, found: ReferenceOperation): readonly Block[] {
  if (found.parameters.length === 0) return []
  return [
    heading(2, 'parameters', found.protocol === 'graphql' ? 'Arguments' : 'Parameters'),
    {
      kind: 'fields',
      label: 'Parameters',
      rows: found.parameters.map((one) => parameterRow(context, one)),
    },
  ]
}

function parameterRow(context: DocsContext, one: ReferenceParameter): FieldRow {
  const row = rowOf(context, one.field, 0)
  return {
    ...row,
    anchor: fieldAnchor(one.in, one.name),
    path: `${one.in}.${one.name}`,
    name: one.name,
    badges: [
      { kind: 'badge', tone: 'quiet', text: one.in },
      ...(row.badges.length === 0 ? [] : [' ', ...row.badges]),
    ],
    description: [
      ...(one.description === undefined ? [] : shortText(one.description)),
      ...(one.description === undefined ? row.description : constraintText(one.field)),
    ],
    usedBy: showsJourneys(context) ? stations(context, one.sentBy) : [],
  }
}

function requestBlocks(
  context: DocsContext,
  operation: Operation,
  found: ReferenceOperation,
): readonly Block[] {
  const { request } = found
  if (request === undefined) return []
  const declared = operation.requestBody()?.content ?? []
  return [
    heading(2, 'request', request.required ? 'Request body' : 'Request body (may be left out)'),
    ...(request.description === undefined ? [] : markdownBlocks(request.description)),
    ...request.content.flatMap((content) => {
      const media = declared.find((one) => one.type === content.type)
      return contentBlocks(
        context,
        found,
        content,
        { kind: 'request', type: content.type },
        (one) =>
          media === undefined ? one : maskedExample(context, operation, media, 'request', one),
      )
    }),
  ]
}

function responseBlocks(
  context: DocsContext,
  operation: Operation,
  found: ReferenceOperation,
  response: ReferenceResponse,
): readonly Block[] {
  const declared = operation.responses().find((one) => one.status === response.status)
  const title = found.protocol === 'graphql' ? 'Answer' : `Answer ${response.status}`
  const isError = /^[45]|^default$/i.test(response.status)
  return [
    heading(2, `answer-${response.status.toLowerCase()}`, title),
    ...(response.description === undefined ? [] : markdownBlocks(response.description)),
    ...(response.headers.length === 0
      ? []
      : [
          {
            kind: 'fields',
            label: `Headers of ${response.status}`,
            rows: response.headers.map((one) => ({
              ...parameterRow(context, one),
              anchor: fieldAnchor(response.status, `header:${one.name}`),
              path: `${response.status}.header.${one.name}`,
              badges: [{ kind: 'badge', tone: 'quiet', text: 'header' } as const],
              usedBy: showsJourneys(context) ? stations(context, one.field.usedBy) : [],
            })),
          } as const,
        ]),
    ...response.content.flatMap((content) => {
      const media = declared?.content.find((one) => one.type === content.type)
      return contentBlocks(
        context,
        found,
        content,
        { kind: 'response', status: response.status, type: content.type },
        (one) =>
          media === undefined ? one : maskedExample(context, operation, media, 'response', one),
        isError ? fewRows : mostRows,
      )
    }),
  ]
}

function contentBlocks(
  context: DocsContext,
  found: ReferenceOperation,
  content: ReferenceContent,
  place: FieldPlace,
  masked: (example: ReferenceExample) => ReferenceExample,
  most = mostRows,
): readonly Block[] {
  const rows =
    content.root === undefined ? [] : fieldRows(context, found.id, content.root, place, most)
  return [
    { kind: 'text', text: [{ kind: 'code', text: content.type }] },
    ...(rows.length === 0 ? [] : [{ kind: 'fields', label: fieldsLabel(place), rows } as const]),
    ...exampleTabs(content.examples.map(masked)),
  ]
}

/** Told apart where a page is heard and not seen. */
function fieldsLabel(place: FieldPlace): string {
  switch (place.kind) {
    case 'request':
      return `Fields of the request, ${place.type ?? ''}`
    case 'response':
      return `Fields of answer ${place.status ?? ''}, ${place.type ?? ''}`
    case 'parameter':
      return `Fields of ${place.parameter}`
  }
}

function exampleTabs(examples: readonly ReferenceExample[]): readonly Block[] {
  if (examples.length === 0) return []
  return [
    {
      kind: 'tabs',
      label: 'Examples',
      items: examples
        .slice(0, 8)
        .map(({ name, summary, text, cut, generated, problems }): CodeTab => ({
          label: generated ? 'Made from the schema' : (summary ?? name),
          language: 'json',
          text: text.length > mostExample ? text.slice(0, mostExample).toWellFormed() : text,
          notes: [
            ...problems.map((one): Text => [
              { kind: 'badge', tone: 'bad', text: 'breaks its schema' },
              ` ${one}`,
            ]),
            ...(cut || text.length > mostExample ? [['It goes on: this is its beginning.']] : []),
          ],
        })),
    },
  ]
}

const mostExample = 6_000
const mostRows = 160
const fewRows = 24

/** The rows of a tree, opened further than the first two levels as long as there is room; needed parts first. */
function fieldRows(
  context: DocsContext,
  id: string,
  root: SchemaNode,
  place: FieldPlace,
  most: number,
): readonly FieldRow[] {
  const rows: FieldRow[] = []
  const part = place.kind === 'response' ? (place.status ?? '') : 'request'
  const prefix = place.kind === 'response' ? `${place.status}.` : 'request.'
  const add = (nodes: readonly SchemaNode[], depth: number): void => {
    for (const node of nodes) {
      if (rows.length >= most) return
      const row = rowOf(context, node, depth)
      rows.push({ ...row, path: prefix + node.path, anchor: fieldAnchor(part, node.path) })
      if (!node.hasChildren || depth > 5) continue
      const wanted = node.usedInside > 0 && showsJourneys(context)
      const children =
        node.children ??
        (wanted || (rows.length < 60 && depth < 3)
          ? referenceFieldsOf(context.graph, id, place, node.path)?.field.children
          : undefined)
      if (children !== undefined && (depth < 3 || wanted)) add(children, depth + 1)
    }
  }
  if (root.children === undefined || root.children.length === 0) {
    if (root.type !== '' && root.type !== 'any') add([{ ...root, name: 'body' }], 0)
  } else add(root.children, 0)
  if (rows.length >= most)
    rows.push({
      anchor: '',
      path: `${prefix}more`,
      name: '…',
      depth: 0,
      type: '',
      badges: [],
      description: ['There are more fields than this page shows; the contract has them all.'],
      usedBy: [],
      missing: false,
    })
  return rows
}

function rowOf(context: DocsContext, node: SchemaNode, depth: number): FieldRow {
  return {
    anchor: '',
    path: node.path,
    name: node.name,
    depth,
    type: node.type + (node.nullable ? ' | null' : ''),
    badges: separated([
      ...(node.missing ? [{ kind: 'badge', tone: 'bad', text: 'missing' } as const] : []),
      ...(node.required && !node.missing
        ? [{ kind: 'badge', tone: 'quiet', text: 'required' } as const]
        : []),
      ...(node.deprecated ? [{ kind: 'badge', tone: 'warn', text: 'deprecated' } as const] : []),
      ...(node.readOnly ? [{ kind: 'badge', tone: 'quiet', text: 'read only' } as const] : []),
      ...(node.writeOnly ? [{ kind: 'badge', tone: 'quiet', text: 'write only' } as const] : []),
      ...classBadge(node.class).slice(1),
    ]),
    description: [
      ...(node.description === undefined ? [] : shortText(node.description)),
      ...constraintText(node),
    ],
    usedBy: showsJourneys(context) ? stations(context, node.usedBy) : [],
    missing: node.missing,
  }
}

function shortText(markdown: string): Text {
  const said = markdown.replace(/\s+/g, ' ').trim()
  const text = said === '' || /[.!?:;)]$/.test(said) ? said : `${said}.`
  return markdownInline(text.length > 400 ? `${text.slice(0, 397).toWellFormed()}…` : text)
}

function constraintText({ constraints, enum: values, enumMore, default: usual }: SchemaNode): Text {
  const shown = values?.slice(0, 12) ?? []
  const more = (enumMore ?? 0) + (values?.length ?? 0) - shown.length
  return [
    ...(constraints.length === 0 ? [] : [` ${sentence(constraints.join(', '))}`]),
    ...(shown.length === 0
      ? []
      : [
          ' One of ',
          ...separated(shown.map((text): Inline => ({ kind: 'code', text }))),
          ...(more > 0 ? [` and ${more} more`] : []),
          '.',
        ]),
    ...(usual === undefined ? [] : [' Usually ', { kind: 'code', text: usual } as const, '.']),
  ]
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function samplesBlocks(
  context: DocsContext,
  operation: Operation,
  found: ReferenceOperation,
): readonly Block[] {
  const target =
    found.targets.find((one) => one.kind === 'server') ??
    found.targets.find((one) => one.kind === 'environment') ??
    found.targets[0]
  if (target === undefined) return []
  const content = mainContent(operation.requestBody()?.content ?? [])
  const { body } = found.draft
  const draft =
    body === undefined || content === undefined
      ? found.draft
      : {
          ...found.draft,
          body: maskedText(
            context,
            operation,
            bodyField(content.schema, { direction: 'request' }),
            body,
          ),
        }
  return [
    heading(2, 'ask', 'Ask it'),
    {
      kind: 'tabs',
      label: 'Code',
      items: codeSamples(operation, draft, target.base).map(({ label, language, text }) => ({
        label,
        language,
        text,
        notes: [],
      })),
    },
  ]
}

/** For each step that calls it: only the part of the answer that its screen reads. */
function flowBlocks(
  context: DocsContext,
  operation: Operation,
  found: ReferenceOperation,
): readonly Block[] {
  if (!showsJourneys(context) || found.success === undefined) return []
  const response = found.responses.find((one) => one.status === found.success)
  const content = response?.content.find((one) => one.examples.length > 0)
  const example = content?.examples.find((one) => one.problems.length === 0)
  const media = operation
    .responses()
    .find((one) => one.status === found.success)
    ?.content.find((one) => one.type === content?.type)
  if (example === undefined || media === undefined) return []
  let value: unknown
  try {
    value = JSON.parse(maskedExample(context, operation, media, 'response', example).text)
  } catch {
    return []
  }
  const usage = usageOf(context.graph, found.id)
  const tabs = [...new Map(found.callers.map((one) => [one.step, one])).values()].flatMap(
    (caller): CodeTab[] => {
      const paths = [...usage.needs]
        .filter(([, users]) => users.some((one) => one.step === caller.step))
        .flatMap(([path]) => {
          const segments = segmentsOf(path)
          return segments === undefined || path.startsWith('header:') ? [] : [segments]
        })
      const read = paths.length === 0 ? undefined : pruned(value, paths, 0)
      if (read === undefined) return []
      return [
        {
          label: caller.title,
          language: 'json',
          text: asJson(read, 2),
          notes: [
            [
              `What the screen reads of “${example.summary ?? example.name}”: `,
              station(context, caller),
            ],
          ],
        },
      ]
    },
  )
  if (tabs.length === 0) return []
  return [
    heading(2, 'flows', 'What screens read of it'),
    { kind: 'tabs', label: 'What each step reads', items: tabs },
  ]
}

/** A value without what none of the paths leads to. */
function pruned(value: unknown, paths: readonly (readonly Segment[])[], depth: number): unknown {
  if (depth > 40 || paths.some((one) => one.length === 0)) return value
  if (Array.isArray(value)) {
    const inner = paths.flatMap(([first, ...rest]) =>
      first?.kind === 'items' || first?.kind === 'item' ? [rest] : [],
    )
    return inner.length === 0
      ? undefined
      : value.slice(0, 3).map((one: unknown) => pruned(one, inner, depth + 1) ?? {})
  }
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).flatMap(([name, child]): [string, unknown][] => {
    const inner = paths.flatMap(([first, ...rest]) =>
      first?.kind === 'values' || (first?.kind === 'name' && first.name === name) ? [rest] : [],
    )
    const found = inner.length === 0 ? undefined : pruned(child, inner, depth + 1)
    return found === undefined ? [] : [[name, found]]
  })
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

function errorBlocks(context: DocsContext, found: ReferenceOperation): readonly Block[] {
  if (found.errors.length === 0) return []
  const usage = usageOf(context.graph, found.id)
  const withPeople = showsJourneys(context) && usage.callers.length > 0
  return [
    heading(2, 'errors', 'When it fails'),
    {
      kind: 'table',
      label: 'Errors, and what people read',
      head: ['Status', 'What it says', ...(withPeople ? ['What people read'] : [])],
      rows: found.errors.map((error) => [
        [{ kind: 'code', text: error.status }],
        [
          ...markdownInline(
            error.titles.length > 0 ? error.titles.join(' · ') : (error.description ?? ''),
          ),
          ...(error.types.length === 0
            ? []
            : [' ', ...separated(error.types.map((text): Inline => ({ kind: 'code', text })))]),
        ],
        ...(withPeople ? [peopleRead(context, found, error.status)] : []),
      ]),
    },
  ]
}

/** What each step shows then, in its own words. */
function peopleRead(context: DocsContext, found: ReferenceOperation, status: string): Text {
  const designed = found.responses.find((one) => one.status === status)?.designedBy ?? []
  if (designed.length === 0) {
    const usual = appState(context, status)
    return usual === undefined
      ? [{ kind: 'badge', tone: 'bad', text: 'nobody has decided' }]
      : [...markdownInline(usual), ' (everywhere in the app)']
  }
  return designed.flatMap((one, index): Text => [
    ...(index === 0 ? [] : ['; ']),
    station(context, one),
    ...(one.label === undefined ? [] : [': ', ...markdownInline(one.label)]),
  ])
}

function appState({ graph }: DocsContext, status: string): string | undefined {
  const wanted = status === 'default' ? '5xx' : status.toLowerCase()
  return (graph.appStates.get(wanted) ?? graph.appStates.get(`${wanted[0]}xx`))?.show
}

function heading(level: 2 | 3, id: string, text: string): Block {
  return { kind: 'heading', level, id, text: [text] }
}
