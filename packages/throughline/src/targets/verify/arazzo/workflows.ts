import { CannotRun } from '../../../cannot-run.ts'
import type { Criterion } from './criterion.ts'

/** An Arazzo document (1.0 and 1.1) as far as it can be run: https://spec.openapis.org/arazzo/latest.html */
export interface Arazzo {
  readonly title: string
  /** The contracts, by the names that steps use. */
  readonly sources: readonly { readonly name: string; readonly url: string }[]
  readonly workflows: readonly Workflow[]
}

export interface Workflow {
  readonly id: string
  readonly title: string
  readonly goal?: string
  /** A JSON Schema, and what its `default` and `example` say. */
  readonly inputs: unknown
  readonly parameters: readonly ArazzoParameter[]
  readonly steps: readonly WorkflowStep[]
  readonly dependsOn: readonly string[]
  readonly onSuccess: readonly Action[]
  readonly onFailure: readonly Action[]
  readonly outputs: Readonly<Record<string, unknown>>
}

export interface WorkflowStep {
  readonly id: string
  readonly title?: string
  /** Fields of the answer that the screen needs, as journeys write them (`x-throughline`). */
  readonly needs: readonly string[]
  /** `getBasket`, with the name of its source where one is said. */
  readonly operation?: { readonly id: string; readonly source?: string }
  /** `/basket` and `get`, of a JSON pointer into a source. */
  readonly place?: { readonly method: string; readonly path: string; readonly source?: string }
  readonly workflow?: string
  readonly parameters: readonly ArazzoParameter[]
  readonly body?: {
    readonly type?: string
    readonly payload: unknown
    readonly replacements: readonly { readonly target: string; readonly value: unknown }[]
  }
  readonly criteria: readonly Criterion[]
  readonly onSuccess: readonly Action[]
  readonly onFailure: readonly Action[]
  readonly outputs: Readonly<Record<string, unknown>>
}

export interface ArazzoParameter {
  readonly name: string
  readonly in: string
  readonly value: unknown
}

export interface Action {
  readonly name: string
  readonly type: string
  /** What people see then: an extension (`x-throughline`), since the format has no word for it. */
  readonly show?: string
  readonly step?: string
  readonly workflow?: string
  readonly criteria: readonly Criterion[]
  /** Seconds, and how often. */
  readonly after: number
  readonly limit: number
}

/** Throws `CannotRun` (TL9003) where the file is no Arazzo document. */
export function arazzoOf(value: unknown, file: string): Arazzo {
  const version = textIn(value, 'arazzo')
  if (!/^1\.\d+\.\d+/.test(version))
    throw new CannotRun(
      'TL9003',
      `${file} is no Arazzo document: it begins with \`arazzo: 1.1.0\`, and has \`workflows\`.`,
    )
  const components = at(value, 'components')
  const meant = (one: unknown, kind: string): unknown => {
    const reference = textIn(one, 'reference') || textIn(one, '$ref')
    const name = /([^./]+)$/.exec(reference)?.[1]
    if (name === undefined) return one
    const found = at(at(components, kind), name)
    return found !== null && typeof found === 'object' && one !== null && typeof one === 'object'
      ? { ...found, ...one }
      : found
  }
  const parametersIn = (from: unknown): readonly ArazzoParameter[] =>
    listIn(from, 'parameters').map((given) => {
      const one = meant(given, 'parameters')
      return { name: textIn(one, 'name'), in: textIn(one, 'in'), value: at(one, 'value') }
    })
  const actionsIn = (
    from: unknown,
    key: 'onSuccess' | 'onFailure' | 'successActions' | 'failureActions',
  ): readonly Action[] =>
    listIn(from, key).map((given) => {
      const one = meant(given, /failure/i.test(key) ? 'failureActions' : 'successActions')
      const limit = at(one, 'retryLimit')
      const after = at(one, 'retryAfter')
      const step = textIn(one, 'stepId')
      const workflow = nameIn(textIn(one, 'workflowId'))
      const show = textIn(at(one, 'x-throughline'), 'show')
      return {
        name: textIn(one, 'name'),
        type: textIn(one, 'type'),
        criteria: criteriaIn(one, 'criteria'),
        after: typeof after === 'number' ? Math.min(after, mostSeconds) : 0,
        limit: typeof limit === 'number' ? Math.min(limit, mostRetries) : 1,
        ...(show !== '' && { show }),
        ...(step !== '' && { step }),
        ...(workflow !== '' && { workflow }),
      }
    })
  const workflows = listIn(value, 'workflows')
    .slice(0, mostWorkflows)
    .map((one): Workflow => {
      const id = textIn(one, 'workflowId')
      const goal = textIn(one, 'description')
      return {
        id,
        title: textIn(one, 'summary') || id,
        ...(goal !== '' && { goal }),
        inputs: meant(at(one, 'inputs'), 'inputs'),
        parameters: parametersIn(one),
        dependsOn: listIn(one, 'dependsOn').flatMap((name) =>
          typeof name === 'string' ? [nameIn(name)] : [],
        ),
        onSuccess: actionsIn(one, 'successActions'),
        onFailure: actionsIn(one, 'failureActions'),
        outputs: objectIn(one, 'outputs'),
        steps: listIn(one, 'steps').slice(0, mostSteps).map(stepOf),
      }
    })
  if (workflows.length === 0) throw new CannotRun('TL9003', `${file} has no workflows.`)
  const sources = listIn(value, 'sourceDescriptions').flatMap((one) => {
    const [name, url] = [textIn(one, 'name'), textIn(one, 'url')]
    return name === '' || url === '' ? [] : [{ name, url }]
  })
  return { title: textIn(at(value, 'info'), 'title') || file, sources, workflows }

  function stepOf(one: unknown): WorkflowStep {
    const body = at(one, 'requestBody')
    const type = textIn(body, 'contentType')
    const operation = operationIn(textIn(one, 'operationId'))
    const place = placeIn(textIn(one, 'operationPath'))
    const workflow = nameIn(textIn(one, 'workflowId'))
    const title = textIn(one, 'description')
    return {
      id: textIn(one, 'stepId'),
      ...(title !== '' && { title }),
      needs: listIn(at(one, 'x-throughline'), 'needs').filter((each) => typeof each === 'string'),
      parameters: parametersIn(one),
      criteria: criteriaIn(one, 'successCriteria'),
      onSuccess: actionsIn(one, 'onSuccess'),
      onFailure: actionsIn(one, 'onFailure'),
      outputs: objectIn(one, 'outputs'),
      ...(operation && { operation }),
      ...(place && { place }),
      ...(workflow !== '' && { workflow }),
      ...(body !== undefined && {
        body: {
          ...(type !== '' && { type }),
          payload: at(body, 'payload'),
          replacements: listIn(body, 'replacements').map((each) => ({
            target: textIn(each, 'target'),
            value: at(each, 'value'),
          })),
        },
      }),
    }
  }
}

const mostWorkflows = 500
const mostSteps = 500
const mostRetries = 10
const mostSeconds = 60

function criteriaIn(from: unknown, key: string): readonly Criterion[] {
  return listIn(from, key).map((one) => {
    const type = at(one, 'type')
    const context = textIn(one, 'context')
    return {
      condition: textIn(one, 'condition'),
      type: typeof type === 'string' ? type : textIn(type, 'type') || 'simple',
      ...(context !== '' && { context }),
    }
  })
}

/** `$sourceDescriptions.store.getBasket` -> `getBasket` of `store`. */
function operationIn(text: string): WorkflowStep['operation'] {
  if (text === '') return undefined
  const found = /^\$sourceDescriptions\.([^.]+)\.(.+)$/s.exec(text)
  return found === null ? { id: text } : { id: found[2]!, source: found[1]! }
}

/** `{$sourceDescriptions.store.url}#/paths/~1basket/get` */
function placeIn(text: string): WorkflowStep['place'] {
  const found = /#\/paths\/([^/]+)\/([a-z]+)$/i.exec(text)
  if (found === null) return undefined
  const source = /\$sourceDescriptions\.([^.}]+)/.exec(text)?.[1]
  return {
    path: decoded(found[1]!).replaceAll('~1', '/').replaceAll('~0', '~'),
    method: found[2]!.toUpperCase(),
    ...(source !== undefined && { source }),
  }
}

/** `$sourceDescriptions.other.pay` -> `pay` */
function nameIn(text: string): string {
  return text.startsWith('$') ? text.split('.').slice(2).join('.') : text
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function at(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = at(value, key)
  return Array.isArray(list) ? list : []
}

function textIn(value: unknown, key: string): string {
  const text = at(value, key)
  return typeof text === 'string' ? text : typeof text === 'number' ? String(text) : ''
}

function objectIn(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const found = at(value, key)
  return found !== null && typeof found === 'object' && !Array.isArray(found) ? { ...found } : {}
}
