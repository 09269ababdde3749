import { seededChoices, type Graph, type Happened, type Operation } from '@throughline/core'
import { caseOf, type Case } from '../case.ts'
import type { CollectionReport, CollectionSeen } from '../collections/collection-report.ts'
import { stepsOf } from '../collections/collection-script.ts'
import { jsonOf, type Exchange } from '../exchange.ts'
import type { Script, Talk } from '../talk.ts'
import { bodyContent, isSent, keyOf, pathNames, usualRequest } from '../usual-request.ts'
import { holds, type Criterion } from './criterion.ts'
import { pointed, scopeFilled, scopeValue, type Scope } from './expression.ts'
import type { Action, Arazzo, ArazzoParameter, Workflow, WorkflowStep } from './workflows.ts'

interface ArazzoOptions {
  /** Inputs by name: they win over what the document says. One run of all workflows for each. */
  readonly inputs: readonly ReadonlyMap<string, string>[]
  /** Why an operation is not asked: it writes, and the target looks like production. */
  readonly refused: (method: string) => string | undefined
}

/** The workflows of an Arazzo document as sequences: each answer is judged by the contract, and by what its step says of success. */
export function arazzoScript(
  arazzo: Arazzo,
  options: ArazzoOptions,
): { readonly script: Script; readonly report: () => CollectionReport } {
  const seen: CollectionSeen[] = []
  const rows = options.inputs.length === 0 ? [new Map<string, string>()] : options.inputs
  return {
    report: () => ({
      name: arazzo.title,
      engine: 'arazzo',
      iterations: rows.length,
      requests: seen,
    }),
    async script(talk) {
      for (const [index, row] of rows.entries()) {
        const turn: Turn = {
          talk,
          arazzo,
          options,
          row,
          iteration: index + 1,
          seen,
          done: new Map(),
          left: mostVisits,
        }
        for (const workflow of arazzo.workflows)
          if (!turn.done.has(workflow.id))
            await workflowRun(turn, workflow, inputsOf(workflow, row), 0)
      }
    },
  }
}

/** Steps of one run, so that a `goto` in a circle ends. */
const mostVisits = 2000

interface Turn {
  readonly talk: Talk
  readonly arazzo: Arazzo
  readonly options: ArazzoOptions
  readonly row: ReadonlyMap<string, string>
  readonly iteration: number
  readonly seen: CollectionSeen[]
  readonly done: Map<
    string,
    { readonly inputs: unknown; readonly outputs: ReadonlyMap<string, unknown> }
  >
  left: number
}

async function workflowRun(
  turn: Turn,
  workflow: Workflow,
  inputs: unknown,
  depth: number,
): Promise<boolean> {
  if (depth > 10) return false
  for (const name of workflow.dependsOn) {
    const other = turn.arazzo.workflows.find((one) => one.id === name)
    if (other !== undefined && !turn.done.has(name))
      await workflowRun(turn, other, inputsOf(other, turn.row), depth + 1)
  }
  const steps = new Map<string, ReadonlyMap<string, unknown>>()
  const scope = (happened?: Happened): Scope => ({
    inputs,
    steps,
    workflows: turn.done,
    ...(happened && { happened }),
  })
  let went = true
  let retries = 0
  for (let at = 0; at < workflow.steps.length;) {
    if (turn.left-- <= 0) break
    const step = workflow.steps[at]!
    const result = await stepRun(turn, workflow, step, scope(), depth)
    if (result === undefined) {
      went = false
      break
    }
    const here = scope(result.happened)
    steps.set(step.id, outputsOf(step.outputs, here, result.outputs))
    const actions = result.went
      ? [...step.onSuccess, ...workflow.onSuccess]
      : [...step.onFailure, ...workflow.onFailure]
    const action = actions.find((one) => one.criteria.every((each) => holds(each, here) !== false))
    result.tell(action)
    if (action === undefined) {
      if (!result.went) {
        went = false
        break
      }
      at++
      retries = 0
    } else if (action.type === 'retry' && retries < action.limit) {
      retries++
      await new Promise((passed) => setTimeout(passed, action.after * 1000))
    } else if (action.type === 'goto') {
      retries = 0
      if (action.step !== undefined) {
        const next = workflow.steps.findIndex((one) => one.id === action.step)
        if (next === -1) break
        at = next
      } else {
        const other = turn.arazzo.workflows.find((one) => one.id === action.workflow)
        if (other !== undefined)
          await workflowRun(turn, other, inputsOf(other, turn.row), depth + 1)
        break
      }
    } else {
      went = result.went
      break
    }
  }
  turn.done.set(workflow.id, { inputs, outputs: outputsOf(workflow.outputs, scope()) })
  return went
}

interface Result {
  readonly went: boolean
  readonly happened?: Happened
  readonly outputs?: ReadonlyMap<string, unknown>
  /** Writes down how it went on. */
  readonly tell: (action: Action | undefined) => void
}

async function stepRun(
  turn: Turn,
  workflow: Workflow,
  step: WorkflowStep,
  scope: Scope,
  depth: number,
): Promise<Result | undefined> {
  const { talk, seen, iteration } = turn
  const about = {
    name: `${workflow.id} / ${step.id}`,
    iteration,
    method: '',
    path: '',
    steps: [],
    notes: [],
    assertions: [],
  }
  const leave = (left: string): undefined => void seen.push({ ...about, left })
  if (step.workflow !== undefined) {
    const other = turn.arazzo.workflows.find((one) => one.id === step.workflow)
    if (other === undefined) return leave(`there is no workflow \`${step.workflow}\` in the file`)
    const given = Object.fromEntries(
      step.parameters.map((one) => [one.name, scopeFilled(one.value, scope, () => {})]),
    )
    const inputs = inputsOf(other, turn.row)
    const went = await workflowRun(turn, other, { ...(inputs as object), ...given }, depth + 1)
    const outputs = turn.done.get(other.id)?.outputs
    return { went, ...(outputs && { outputs }), tell: () => {} }
  }
  const operation = operationOf(talk.graph, step)
  if (operation === undefined) {
    const meant =
      step.operation?.id ?? (step.place && `${step.place.method} ${step.place.path}`) ?? step.id
    return leave(`no contract of the workspace has \`${meant}\``)
  }
  const named = {
    ...about,
    method: operation.method,
    operation: `${operation.api}.${operation.name}`,
    steps: stepsOf(talk.graph, operation),
  }
  const refused = turn.options.refused(operation.method)
  if (refused !== undefined) return void seen.push({ ...named, left: refused })
  const missing = new Set<string>()
  const notes: string[] = []
  const one = stepCase({ talk, workflow, step, operation, scope, missing, notes, iteration })
  if (missing.size > 0)
    return void seen.push({
      ...named,
      left: `${[...missing].map((each) => `\`${each}\``).join(', ')} has no value: give inputs with --data, or see why the step before it has none`,
    })
  const exchange = await talk.ask(one)
  if (exchange === undefined)
    return void seen.push({
      ...named,
      left:
        one === undefined
          ? 'HTTP cannot say it'
          : 'the run was stopped, or its operation set aside',
    })
  const happened = happenedOf(exchange)
  const here = { ...scope, ...(happened && { happened }) }
  const results = step.criteria.map((criterion) => ({
    criterion,
    is: happened === undefined ? false : holds(criterion, here),
  }))
  for (const { criterion, is } of results)
    if (is === undefined)
      notes.push(`\`${criterion.condition}\` can't be decided here (${criterion.type})`)
  const { outcome } = exchange
  const went =
    results.length > 0
      ? results.every(({ is }) => is !== false)
      : outcome.kind === 'answered' && outcome.status < 400
  return {
    went,
    ...(happened && { happened }),
    tell(action) {
      // A way that was thought of is no failure: people see what the branch is about.
      const isThoughtOf = !went && action !== undefined && action.type !== 'retry'
      seen.push({
        ...named,
        path: new URL(exchange.url).pathname,
        ...(outcome.kind === 'answered' && { status: outcome.status }),
        ms: Math.round(exchange.ms),
        notes: [
          ...notes,
          ...(outcome.kind === 'failed' ? [outcome.message] : []),
          ...(action === undefined ? [] : [`goes on with \`${action.name}\` (${action.type})`]),
        ],
        assertions:
          results.length === 0
            ? went || isThoughtOf
              ? []
              : [{ name: 'it succeeds', passed: false }]
            : results
                .filter(({ is }) => is !== undefined && (is || !isThoughtOf))
                .map(({ criterion, is }) => ({
                  name: criterionText(criterion),
                  passed: is === true,
                })),
      })
    },
  }
}

interface StepAsk {
  readonly talk: Talk
  readonly workflow: Workflow
  readonly step: WorkflowStep
  readonly operation: Operation
  readonly scope: Scope
  readonly missing: Set<string>
  readonly notes: string[]
  readonly iteration: number
}

/** What the step says, and what the contract asks for beyond that as somebody who means well would send it. */
function stepCase({
  talk,
  workflow,
  step,
  operation,
  scope,
  missing,
  notes,
  iteration,
}: StepAsk): Case | undefined {
  const name = `${workflow.id}/${step.id}${iteration > 1 ? `#${iteration}` : ''}`
  const fill = (value: unknown): unknown => scopeFilled(value, scope, (one) => missing.add(one))
  const usual = usualRequest(operation, {
    choices: seededChoices(`${talk.seed} ${operation.id} ${name}`),
    learned: talk.learned,
  })
  const known = new Map(
    operation
      .parameters()
      .filter(isSent)
      .map((one) => [keyOf(one), one]),
  )
  const inPath = new Set(pathNames(operation.path))
  const parameters = new Map(usual.parameters)
  const headers: Record<string, string> = {}
  for (const one of parametersOf(workflow, step)) {
    const value = fill(one.value)
    const key = `${one.in === 'querystring' ? 'query' : one.in}.${one.name}`
    if (known.has(key) || (one.in === 'path' && inPath.has(one.name))) parameters.set(key, value)
    else if (one.in === 'header') headers[one.name.toLowerCase()] = textOf(value)
    else notes.push(`the contract has no parameter ${key}: it was not sent`)
  }
  const content =
    step.body?.type === undefined
      ? bodyContent(operation)
      : (operation.requestBody()?.content.find((one) => one.type === step.body?.type) ??
        bodyContent(operation))
  const body =
    step.body === undefined || content === undefined
      ? usual.body
      : { content, value: replaced(fill(jsonIn(step.body.payload)), step.body.replacements, fill) }
  return caseOf({
    operation,
    phase: 'sequences',
    name,
    said: {
      parameters,
      ...(body && { body }),
      ...(Object.keys(headers).length > 0 && { headers }),
    },
  })
}

function parametersOf({ parameters }: Workflow, step: WorkflowStep): readonly ArazzoParameter[] {
  const own = new Set(step.parameters.map((one) => `${one.in}.${one.name}`))
  return [...parameters.filter((one) => !own.has(`${one.in}.${one.name}`)), ...step.parameters]
}

/** A payload may be written as text that is JSON. */
function jsonIn(payload: unknown): unknown {
  if (typeof payload !== 'string' || !/^\s*[[{]/.test(payload)) return payload
  try {
    return JSON.parse(payload) as unknown
  } catch {
    return payload
  }
}

function replaced(
  payload: unknown,
  replacements: NonNullable<WorkflowStep['body']>['replacements'],
  fill: (value: unknown) => unknown,
): unknown {
  const copy: unknown = structuredClone(payload)
  for (const { target, value } of replacements) {
    const end = target.lastIndexOf('/')
    if (end === -1) continue
    const inner = pointed(copy, target.slice(0, end))
    const key = target
      .slice(end + 1)
      .replaceAll('~1', '/')
      .replaceAll('~0', '~')
    if (inner !== null && typeof inner === 'object' && key !== '__proto__')
      Reflect.set(inner, key, fill(value))
  }
  return copy
}

function operationOf(graph: Graph, { operation, place }: WorkflowStep): Operation | undefined {
  const source = operation?.source ?? place?.source
  const all = graph.apis.flatMap(({ contract }) =>
    contract?.protocol === 'rest' ? contract.operations : [],
  )
  const found = all.filter((one) =>
    operation === undefined
      ? one.method === place?.method && one.path === place.path
      : one.name === operation.id,
  )
  // What a document calls its sources need not be what the workspace calls its APIs.
  return found.find((one) => one.api === source) ?? found[0]
}

function happenedOf(exchange: Exchange): Happened | undefined {
  const { case: one, outcome, url } = exchange
  if (outcome.kind !== 'answered') return undefined
  const header = (name: string): string | undefined =>
    one.request.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]
  return {
    method: one.request.method,
    url,
    query: new Map(new URLSearchParams(one.request.query)),
    path: one.request.pathParameters,
    header,
    body: one.said.body?.value,
    response: {
      status: outcome.status,
      header: (name) => outcome.headers.get(name.toLowerCase()),
      body: jsonOf(exchange) ?? new TextDecoder().decode(outcome.body.subarray(0, 100_000)),
    },
  }
}

function outputsOf(
  outputs: Readonly<Record<string, unknown>>,
  scope: Scope,
  before: ReadonlyMap<string, unknown> = new Map(),
): ReadonlyMap<string, unknown> {
  const all = new Map(before)
  for (const [name, expression] of Object.entries(outputs)) {
    const value = typeof expression === 'string' ? scopeValue(expression, scope) : undefined
    if (value !== undefined) all.set(name, value)
  }
  return all
}

/** What a workflow takes in: what was given, else what its schema shows. */
function inputsOf({ inputs }: Workflow, row: ReadonlyMap<string, string>): unknown {
  const properties = own(inputs, 'properties')
  const shown = Object.entries(
    properties !== null && typeof properties === 'object' ? properties : {},
  ).flatMap(([name, schema]: [string, unknown]) => {
    const choices = own(schema, 'enum')
    const examples = own(schema, 'examples')
    const value =
      own(schema, 'default') ??
      own(schema, 'const') ??
      own(schema, 'example') ??
      (Array.isArray(examples) ? (examples[0] as unknown) : undefined) ??
      (Array.isArray(choices) ? (choices[0] as unknown) : undefined)
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(shown), ...Object.fromEntries(row) }
}

function own(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
}

function criterionText({ condition, context }: Criterion): string {
  return context === undefined ? condition : `${context}: ${condition}`
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
