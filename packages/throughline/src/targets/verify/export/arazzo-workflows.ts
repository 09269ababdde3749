import { originOf, type Graph } from '@throughline/core'
import { plannedJourneys, type PlannedCall } from './planned-journeys.ts'

/**
 * Journeys as workflows (Arazzo 1.1): a step for each call, success as the contract and the needs say it, and a branch for each way it
 * can go wrong that somebody designed.
 */
export function arazzoWorkflows(
  graph: Graph,
  options: {
    readonly seed?: string
    readonly readFile?: (path: string) => Uint8Array | undefined
  },
): { readonly text: string; readonly leftOut: readonly string[] } {
  const { journeys, leftOut } = plannedJourneys(graph, options)
  const used = new Set(journeys.flatMap(({ calls }) => calls.map(({ operation }) => operation.api)))
  const sources = graph.apis.flatMap(({ name, contract }) =>
    contract?.operations[0] !== undefined && used.has(name)
      ? [{ name, url: originOf(contract.operations[0].site).source.file.path, type: 'openapi' }]
      : [],
  )
  const document = {
    arazzo: '1.1.0',
    info: { title: graph.name === '' ? 'Journeys' : graph.name, version: '1.0.0' },
    sourceDescriptions: sources,
    workflows: journeys.map(({ name, title, goal, calls }) => {
      const outputs = outputsFor(calls)
      return {
        workflowId: name,
        summary: title,
        ...(goal !== undefined && { description: goal }),
        steps: calls.map((call) => stepOf(call, outputs.get(call) ?? new Map())),
      }
    }),
  }
  return { text: `${JSON.stringify(document, null, 2)}\n`, leftOut }
}

/** What later steps want of an answer, by the name of the output. */
function outputsFor(calls: readonly PlannedCall[]): ReadonlyMap<PlannedCall, Map<string, string>> {
  const outputs = new Map<PlannedCall, Map<string, string>>()
  for (const { told } of calls)
    for (const { name, by, at } of told) {
      const own = outputs.get(by) ?? new Map<string, string>()
      own.set(
        name,
        `$response.body#${at.map((one) => `/${one.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`,
      )
      outputs.set(by, own)
    }
  return outputs
}

function stepOf(call: PlannedCall, outputs: ReadonlyMap<string, string>): object {
  const { id, step, operation, said, told, status, needs, states, isJson } = call
  const parameters = [...said.parameters].flatMap(([key, value]) => {
    const dot = key.indexOf('.')
    const name = key.slice(dot + 1)
    const source = told.find((one) => key === `path.${one.name}`)
    if (value === undefined) return []
    return [
      {
        name,
        in: key.slice(0, dot),
        value: source === undefined ? value : `$steps.${source.by.id}.outputs.${name}`,
      },
    ]
  })
  return {
    stepId: id,
    description: step.title,
    operationId: `$sourceDescriptions.${operation.api}.${operation.name}`,
    ...(parameters.length > 0 && { parameters }),
    ...(said.body && {
      requestBody: { contentType: said.body.content.type, payload: said.body.value },
    }),
    successCriteria: [
      { condition: `$statusCode == ${status}` },
      ...(isJson
        ? [...new Set(needs.map(({ names }) => names.join('/')))].map((pointer) => ({
            condition: `$response.body#/${pointer} != null`,
          }))
        : []),
    ],
    ...(states.length > 0 && { onFailure: failureActions(states) }),
    ...(outputs.size > 0 && { outputs: Object.fromEntries(outputs) }),
    ...(needs.length > 0 && { 'x-throughline': { needs: needs.map(({ path }) => path) } }),
  }
}

/** Only what an answer can show: loading, timeouts and being offline are between the screen and the network. */
function failureActions(states: PlannedCall['states']): readonly object[] {
  const conditions = new Map(states.map((one) => [one.condition, one]))
  return [...conditions.values()].flatMap(({ condition, show, recover }) => {
    const criterion = /^\d{3}$/.test(condition)
      ? `$statusCode == ${condition}`
      : /^[45]xx$/.test(condition)
        ? `$statusCode >= ${condition[0]}00 && $statusCode < ${Number(condition[0]) + 1}00`
        : condition === 'invalid'
          ? '$statusCode == 400 || $statusCode == 422'
          : undefined
    if (criterion === undefined) return []
    const again = recover === 'retry'
    return [
      {
        name: `state-${condition}`,
        type: again ? 'retry' : 'end',
        ...(again && { retryAfter: 1, retryLimit: 1 }),
        criteria: [{ condition: criterion }],
        'x-throughline': { show },
      },
    ]
  })
}
