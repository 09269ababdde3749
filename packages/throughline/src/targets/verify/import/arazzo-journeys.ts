import { lossBook, nameOf, nodesOfKind } from '@throughline/core'
import type { Graph, LossBook, LossReport, Operation } from '@throughline/core'
import type { Action, Arazzo, Workflow, WorkflowStep } from '../arazzo/workflows.ts'

/** Workflows as journeys. */
interface ArazzoJourneys {
  /** Values for YAML, by workspace path. */
  readonly files: ReadonlyMap<string, object>
  /** The steps that were made: `checkout/basket`. */
  readonly steps: readonly string[]
  readonly operations: readonly string[]
  readonly loss: LossReport
}

/**
 * Each workflow as a journey: its calls as steps, what it checks and keeps of an answer as needs, what it does when one fails as
 * states. Of values that it sends only the names of fields are kept: `throughline test` finds its own.
 */
export function arazzoJourneys({ workflows }: Arazzo, graph: Graph): ArazzoJourneys {
  const book = lossBook()
  const files = new Map<string, object>()
  const operations = new Set<string>()
  const names: string[] = []
  const taken = new Set<string>(graph.journeys.map((one) => idOf(one.id.replace(/^journey:/, ''))))
  for (const workflow of workflows) {
    const name = unique(idOf(workflow.id) || 'workflow', taken)
    const steps = stepsOf(workflow, graph, book, operations)
    if (steps.length === 0) {
      book.note('dropped', workflow.id || 'a workflow', 'none of its steps calls a known operation')
      continue
    }
    if (name !== workflow.id)
      book.note('changed', workflow.id || 'a workflow', `it is called ${name}`)
    if (workflow.dependsOn.length > 0)
      book.note('dropped', workflow.id, `that it comes after ${workflow.dependsOn.join(', ')}`)
    if (workflow.parameters.length > 0 || Object.keys(workflow.outputs).length > 0)
      book.note('dropped', workflow.id, 'its own parameters and outputs')
    files.set(`journeys/${name}.journey.yaml`, {
      journey: name,
      title: workflow.title.slice(0, 200) || name,
      ...(workflow.goal !== undefined && { goal: workflow.goal.slice(0, 2000) }),
      steps,
    })
    names.push(...steps.map(({ step }) => `${name}/${step}`))
    book.note('taken', workflow.id, `journeys/${name}.journey.yaml`)
  }
  return { files, steps: names, operations: [...operations], loss: book.report() }
}

interface Step {
  readonly step: string
  title: string
  readonly calls: Call[]
}

interface Call {
  readonly operation: string
  readonly needs?: readonly string[]
  readonly sends?: readonly string[]
  readonly states?: Readonly<Record<string, object>>
}

function stepsOf(
  workflow: Workflow,
  graph: Graph,
  book: LossBook,
  operations: Set<string>,
): readonly Step[] {
  const steps: Step[] = []
  const taken = new Set<string>()
  let last: { readonly prefix: string; readonly step: Step } | undefined
  for (const one of workflow.steps) {
    const said = `${workflow.id}: ${one.id || 'a step'}`
    const operation = operationOf(one, graph)
    if (operation === undefined) {
      book.note(
        'dropped',
        said,
        one.workflow === undefined
          ? 'no contract of the workspace has its operation'
          : `it runs the workflow ${one.workflow}`,
      )
      continue
    }
    const call = callOf(one, workflow, operation, said, book)
    operations.add(call.operation)
    const ending = `-${operation.name}`
    const prefix = one.id.endsWith(ending) ? one.id.slice(0, -ending.length) : ''
    if (
      prefix !== '' &&
      last?.prefix === prefix &&
      !last.step.calls.some((known) => known.operation === call.operation)
    ) {
      last.step.calls.push(call)
      continue
    }
    const id = unique(idOf(prefix || one.id) || 'step', taken)
    const step = { step: id, title: (one.title ?? '').slice(0, 200) || id, calls: [call] }
    steps.push(step)
    last = { prefix, step }
  }
  return steps
}

function callOf(
  one: WorkflowStep,
  workflow: Workflow,
  operation: Operation,
  said: string,
  book: LossBook,
): Call {
  // What a criterion can say ends at the first list; the extension says all of it.
  const needs = new Set(one.needs)
  for (const { condition, type } of one.criteria) {
    const need = type === 'simple' ? needIn(condition) : undefined
    if (need !== undefined) add(need)
    else if (!/^\$statusCode\s*==\s*2\d\d$/.test(condition.trim()))
      book.note('dropped', said, `its criterion ${condition}`)
  }
  for (const value of Object.values(one.outputs)) {
    const need = typeof value === 'string' ? needIn(value) : undefined
    if (need === undefined) book.note('dropped', said, 'an output that is no field of the answer')
    else add(need)
  }
  if (one.parameters.length > 0)
    book.note('changed', said, 'the values of its parameters are left to `throughline test`')
  const payload = one.body?.payload
  const sends =
    payload !== null && typeof payload === 'object' && !Array.isArray(payload)
      ? Object.keys(payload).filter((name) => /^[\w$-]{1,100}$/.test(name))
      : []
  if (one.body !== undefined)
    book.note('changed', said, 'of its body the names of fields are kept, not the values')
  if (one.onSuccess.length > 0) book.note('dropped', said, 'what it does after a success')
  const states = statesOf([...one.onFailure, ...workflow.onFailure], said, book)
  return {
    operation: nameOf(operation.id),
    ...(needs.size > 0 && { needs: [...needs] }),
    ...(sends.length > 0 && { sends }),
    ...(Object.keys(states).length > 0 && { states }),
  }

  function add(need: string): void {
    if (one.needs.length === 0) needs.add(need)
  }
}

function statesOf(
  actions: readonly Action[],
  said: string,
  book: LossBook,
): Readonly<Record<string, object>> {
  const states = new Map<string, object>()
  for (const action of actions) {
    const condition = action.criteria.map((each) => each.condition.trim()).join(' && ')
    const key = stateIn(condition)
    if (key === undefined || states.has(key)) {
      book.note('dropped', said, `what it does when it fails (${action.name || action.type})`)
      continue
    }
    if (action.show === undefined)
      book.note('changed', said, `nobody wrote what people see at ${key}: say it in the journey`)
    states.set(key, {
      show: action.show?.slice(0, 2000) || `To be said (${action.name || action.type})`,
      ...(action.type === 'retry' && { recover: 'retry' }),
    })
    if (action.step !== undefined || action.workflow !== undefined)
      book.note('dropped', said, `that it goes on with ${action.step ?? action.workflow}`)
  }
  return Object.fromEntries(states)
}

/** `$statusCode == 402` -> `402`, and the forms in which classes are said. */
function stateIn(condition: string): string | undefined {
  const one = /^\$statusCode\s*==\s*([1-5]\d\d)$/.exec(condition)
  if (one !== null) return one[1]
  if (/^\$statusCode\s*==\s*400\s*\|\|\s*\$statusCode\s*==\s*422$/.test(condition)) return 'invalid'
  const range = /^\$statusCode\s*>=\s*([45])00(?:\s*&&\s*\$statusCode\s*<\s*([56])00)?$/.exec(
    condition,
  )
  return range === null ? undefined : `${range[1]}xx`
}

/** `$response.body#/items/0/name != null` -> `items[].name` */
function needIn(text: string): string | undefined {
  const found = /^\$response\.body#\/([^\s=!<>]{1,500})(?:\s*!=\s*null)?$/.exec(text.trim())
  if (found === null) return undefined
  let path = ''
  for (const raw of found[1]!.split('/')) {
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    if (/^\d+$/.test(name)) path += '[]'
    else if (/^[\w$-]+$/.test(name)) path += path === '' ? name : `.${name}`
    else return undefined
  }
  return path
}

function operationOf(one: WorkflowStep, graph: Graph): Operation | undefined {
  const all = [...nodesOfKind(graph, 'operation')]
  const { operation, place } = one
  if (operation !== undefined) {
    const fit = all.filter((each) => each.name === operation.id)
    return fit.find((each) => each.api === operation.source) ?? fit[0]
  }
  if (place === undefined) return undefined
  const fit = all.filter((each) => each.method === place.method && each.path === place.path)
  return fit.find((each) => each.api === place.source) ?? fit[0]
}

function idOf(words: string): string {
  return words
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+|-+$/g, '')
    .slice(0, 90)
}

function unique(id: string, taken: Set<string>): string {
  let one = id
  for (let number = 2; taken.has(one); number++) one = `${id}-${number}`
  taken.add(one)
  return one
}
