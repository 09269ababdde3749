import {
  conditionsOf,
  bodyField,
  fieldsOf,
  isJsonType,
  mainContent,
  nodeOf,
  nodesOfKind,
  successResponse,
  type CallNode,
  type Graph,
  type Operation,
  type Parameter,
  type StepNode,
} from '@throughline/core'
import { CLIENT_RUNTIME } from './client-runtime.ts'
import { restApi, type ContractExportOptions, type Exported } from './contract-export.ts'
import {
  NamedTypes,
  docOf,
  firstLine,
  freeName,
  keyText,
  newWanted,
  pascal,
  want,
  type Wanted,
} from './type-text.ts'

/**
 * Types and a small client in one TypeScript file, of what the screens need of a REST API and no more: each field says who needs
 * it, each failure is one of the states that the screens designed. With `all`, of the whole contract.
 */
export function typescriptClient(graph: Graph, options: ContractExportOptions): Exported {
  const api = restApi(graph, options.api)
  const leftOut: string[] = []
  const taken = new Set(reserved)
  const answers = new NamedTypes('', taken)
  const requests = new NamedTypes('Input', taken)
  const users = usersOf(graph)
  const methods: string[] = []
  const types: string[] = []
  const keys = new Set<string>()
  for (const node of nodesOfKind(graph, 'operation')) {
    if (node.api !== api.name) continue
    const used = users.get(node.id) ?? []
    if (used.length === 0 && options.all !== true) continue
    const written = operationText(graph, node, used, options.all === true, {
      answers,
      requests,
      taken,
      keys,
      leftOut,
    })
    types.push(written.types)
    methods.push(written.method)
  }
  const [server = ''] = api.contract.servers
  const text = [
    `// What the screens of ${oneLine(graph.name)} ask of ${api.name}${options.all === true ? ' (the whole contract)' : ', and no more'}.`,
    '// Written by `throughline export typescript`; written again, it is overwritten.',
    '',
    `const server = ${JSON.stringify(server)}`,
    '',
    ...types,
    ...answers.declarations,
    ...requests.declarations,
    docOf(
      [`Asks ${api.name}. No call throws but for an aborted signal: what goes wrong is a state.`],
      0,
    ) + 'export function client(options: ClientOptions = {}) {',
    '  return {',
    ...methods,
    '  }',
    '}',
    '',
    CLIENT_RUNTIME,
  ].join('\n')
  return { text, leftOut }
}

/** Names that the written file uses itself, or that mean something in every file. */
const reserved = [
  'Problem',
  'Answer',
  'ClientOptions',
  'CallOptions',
  'Call',
  'Record',
  'Array',
  'Promise',
  'Response',
  'Request',
  'RequestInit',
  'RequestCredentials',
  'BodyInit',
  'Headers',
  'Error',
  'Date',
  'Object',
  'String',
  'Number',
  'Boolean',
  'Symbol',
  'Function',
  'AbortSignal',
  'URLSearchParams',
  'FormData',
  'Blob',
  'JSON',
]

interface User {
  readonly call: CallNode
  readonly step: StepNode
}

function usersOf(graph: Graph): ReadonlyMap<string, readonly User[]> {
  const users = new Map<string, User[]>()
  for (const call of nodesOfKind(graph, 'call')) {
    const step = nodeOf(graph, 'step', call.step)
    if (call.operation === undefined || step === undefined) continue
    const known = users.get(call.operation) ?? []
    users.set(call.operation, [...known, { call, step }])
  }
  return users
}

interface Written {
  readonly answers: NamedTypes
  readonly requests: NamedTypes
  readonly taken: Set<string>
  readonly keys: Set<string>
  readonly leftOut: string[]
}

function operationText(
  graph: Graph,
  operation: Operation,
  users: readonly User[],
  isAll: boolean,
  { answers, requests, taken, keys, leftOut }: Written,
): { readonly types: string; readonly method: string } {
  const base = freeName(pascal(operation.name), taken)
  const inputName = freeName(`${base}Request`, taken)
  const failureName = freeName(`${base}Failure`, taken)
  const key = freeName(camel(operation.name), keys)
  const wanted = newWanted()
  for (const { call, step } of users)
    for (const id of call.needs) {
      const need = nodeOf(graph, 'need', id)
      if (need === undefined) continue
      if (need.field === undefined)
        leftOut.push(`${step.name}: ${call.name} does not return ${need.path}, so no type has it`)
      else if (!need.path.startsWith('header:'))
        want(wanted, need.path, {
          step: step.name,
          ...(need.why !== undefined && { why: need.why }),
          ...(need.absent !== undefined && { absent: need.absent }),
        })
    }
  const answer = answerOf(operation)
  const said = operation.title ?? firstLine(operation.description)
  const callers = [...new Set(users.map(({ step }) => step.name))]
  const doc = [
    said,
    `${operation.method} ${operation.path}`,
    ...(callers.length > 0 ? [`Called by ${callers.join(', ')}`] : []),
    ...(operation.deprecated ? ['@deprecated'] : []),
  ]
  const data =
    answer.reads === 'json'
      ? isAll || wanted.below.size > 0
        ? answers.textOf(fieldsOf(operation), isAll ? undefined : wanted, false)
        : 'unknown'
      : { text: 'string', blob: 'Blob', nothing: 'undefined' }[answer.reads]
  const input = inputOf(operation, users, isAll, requests, leftOut)
  const states = statesOf(graph, operation, users)
  return {
    types: [
      `${docOf([`What ${callers.length > 0 && !isAll ? 'screens need of' : 'is answered by'} ${operation.method} ${operation.path}.`], 0)}export type ${base} = ${data}\n`,
      ...(input === undefined ? [] : [`export interface ${inputName} ${input.text}\n`]),
      `${docOf([`How ${operation.name} can go another way, as screens show it.`], 0)}export type ${failureName} =\n${failuresText(states)}\n`,
    ].join('\n'),
    method: [
      docOf(doc, 2).replace(/\n$/, ''),
      `    ${keyText(key)}: (${input === undefined ? '' : `input: ${inputName}${input.isOptional ? ' = {}' : ''}, `}call?: CallOptions) =>`,
      `      ask(${callText(operation, answer.reads, input, states, timeoutFor(users))}, options, ${input === undefined ? '{}' : '{ ...input }'}, call) as Promise<Answer<${base}, ${failureName}>>,`,
    ].join('\n'),
  }
}

type Reads = 'json' | 'text' | 'blob' | 'nothing'

function answerOf(operation: Operation): { readonly reads: Reads } {
  const content = mainContent(successResponse(operation)?.content ?? [])
  if (content === undefined) return { reads: 'nothing' }
  if (isJsonType(content.type)) return { reads: 'json' }
  return { reads: /^text\/|xml|jsonl|ndjson/i.test(content.type) ? 'text' : 'blob' }
}

interface Input {
  readonly text: string
  readonly isOptional: boolean
  readonly parameters: readonly (readonly [string, string])[]
  readonly sends?: string
}

function inputOf(
  operation: Operation,
  users: readonly User[],
  isAll: boolean,
  requests: NamedTypes,
  leftOut: string[],
): Input | undefined {
  const sent = new Map<string, string[]>()
  const wanted: Wanted = newWanted()
  for (const { call, step } of users)
    for (const { path } of call.sends) {
      sent.set(path, [...(sent.get(path) ?? []), step.name])
      want(wanted, path, { step: step.name })
    }
  const content = mainContent(operation.requestBody()?.content ?? [])
  const lines: string[] = []
  const parameters: (readonly [string, string])[] = []
  let isOptional = true
  for (const one of operation.parameters()) {
    if (!one.required && !isAll && !sent.has(one.name)) continue
    if (one.in === 'cookie' || one.in === 'querystring' || one.name === 'body') {
      leftOut.push(`${operation.name}: the ${one.in} parameter ${one.name}`)
      continue
    }
    if (parameters.some(([name]) => name === one.name)) continue
    parameters.push([one.name, placeOf(one)])
    if (one.required) isOptional = false
    const steps = sent.get(one.name) ?? []
    const doc = docOf([firstLine(one.description), ...steps.map((step) => `Sent by ${step}`)], 1)
    const type = requests.textOf(bodyField(one.schema ?? one.content?.schema), undefined, true, 1)
    lines.push(`${doc}  ${keyText(one.name)}${one.required ? '' : '?'}: ${type}`)
  }
  const body = operation.requestBody()
  if (body !== undefined && content !== undefined) {
    if (body.required) isOptional = false
    const isTyped = isJsonType(content.type) || /urlencoded/i.test(content.type)
    const field = bodyField(content.schema, { direction: 'request' })
    const own = wanted.below.size > 0 ? wanted : undefined
    const type = isTyped
      ? requests.textOf(field, isAll ? undefined : own, true, 1)
      : /^multipart\//i.test(content.type)
        ? 'FormData'
        : 'BodyInit'
    lines.push(`  body${body.required ? '' : '?'}: ${type}`)
  }
  if (lines.length === 0) return undefined
  return {
    text: `{\n${lines.join('\n')}\n}`,
    isOptional,
    parameters,
    ...(content !== undefined && { sends: content.type }),
  }
}

function placeOf(parameter: Parameter): string {
  if (parameter.in === 'path' || parameter.in === 'header') return parameter.in
  if (parameter.content !== undefined) return 'json'
  if (parameter.style === 'deepObject') return 'deep'
  return parameter.explode ? 'each' : 'query'
}

/** A state that a failure can be, with what screens show then. */
interface FailureState {
  readonly condition: string
  readonly shown: readonly string[]
}

function statesOf(
  graph: Graph,
  operation: Operation,
  users: readonly User[],
): readonly FailureState[] {
  const shown = new Map<string, Set<string>>()
  const add = (condition: string, text?: string): void => {
    const known = shown.get(condition) ?? new Set()
    shown.set(condition, known)
    if (text !== undefined) known.add(text)
  }
  for (const { call, step } of users) {
    for (const one of conditionsOf(graph, step)) {
      if (one.call.id !== call.id || calm.has(one.condition)) continue
      const show = (one.designed ?? one.inherited)?.show
      add(one.condition, show === undefined ? undefined : `${step.name}: ${oneLine(show)}`)
    }
    for (const id of [...call.states, ...step.states]) {
      const state = nodeOf(graph, 'state', id)
      if (state === undefined || calm.has(state.condition)) continue
      add(state.condition, state.show && `${step.name}: ${oneLine(state.show)}`)
    }
  }
  if (users.length > 0)
    for (const [condition, { show }] of graph.appStates)
      if (!calm.has(condition) && !shown.has(condition))
        add(condition, show && `every screen: ${oneLine(show)}`)
  for (const { status } of operation.responses())
    if (/^[45]\d\d$/.test(status)) add(status)
    else if (/^[45]XX$/i.test(status)) add(status.toLowerCase())
  for (const always of ['timeout', 'offline', 'invalid']) add(always)
  return [...shown].map(([condition, said]) => ({ condition, shown: [...said] }))
}

/** What an answer that went well can look like. */
const calm: ReadonlySet<string> = new Set(['loading', 'empty', 'partial'])
const answerless: ReadonlySet<string> = new Set(['timeout', 'offline', 'invalid'])

function failuresText(states: readonly FailureState[]): string {
  const lines = states.map(({ condition, shown }) => {
    const type = answerless.has(condition)
      ? `{ state: ${JSON.stringify(condition)} }`
      : `{ state: ${JSON.stringify(condition)}; status: ${/^\d{3}$/.test(condition) ? condition : 'number'}; problem?: Problem }`
    return `${docOf(shown, 1)}  | ${type}`
  })
  return [...lines, "  | { state: 'other'; status: number; problem?: Problem }"].join('\n')
}

function callText(
  operation: Operation,
  reads: Reads,
  input: Input | undefined,
  states: readonly FailureState[],
  timeout: number,
): string {
  const codes = states.map(({ condition }) => condition).filter((one) => !answerless.has(one))
  const parts = [
    `method: ${JSON.stringify(operation.method)}`,
    `path: ${JSON.stringify(operation.path)}`,
    `parameters: ${JSON.stringify(input?.parameters ?? [])}`,
    ...(input?.sends === undefined ? [] : [`sends: ${JSON.stringify(input.sends)}`]),
    `reads: '${reads}'`,
    `states: ${JSON.stringify(codes)}`,
    `timeout: ${timeout}`,
  ]
  return `{ ${parts.join(', ')} }`
}

/** Ten times what three of four calls promise, or three times what nineteen of twenty do; ten seconds where nothing is promised. */
function timeoutFor(users: readonly User[]): number {
  const times = users.flatMap(({ call: { budget } }) =>
    budget?.p95 !== undefined
      ? [budget.p95 * 3]
      : budget?.p75 !== undefined
        ? [budget.p75 * 10]
        : [],
  )
  return times.length === 0 ? 10_000 : Math.max(1000, Math.round(Math.max(...times)))
}

function camel(name: string): string {
  const text = pascal(name)
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
