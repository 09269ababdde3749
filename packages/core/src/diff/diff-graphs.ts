import { operationIndexOf, routeKey } from '../2-link/operation-index.ts'
import type { ApiNode, Graph } from '../2-link/graph.ts'
import { nodesOfKind, nodeOf, nameOf } from '../2-link/ask.ts'
import { fieldsOf } from '../operation/fields-of.ts'
import { successResponse, type Operation } from '../operation/operation.ts'
import { fieldPaths } from '../schema/fields.ts'
import { originOf } from '../text/site.ts'
import type { Change, DiffOptions, Impact, Report } from './change.ts'
import { fingerprintOf } from './fingerprint.ts'
import { reportOf } from './summary.ts'

/**
 * Everything that differs between two graphs, and what it does to the steps that use it. Never throws on input:
 * what is missing on one side is compared as far as it goes.
 */
export function diffGraphs(before: Graph, after: Graph, _options: DiffOptions = {}): Report {
  const changes: Change[] = []
  for (const [old, now] of pairedApis(before, after)) {
    if (old.contract === undefined || now.contract === undefined) continue
    const newer = operationIndexOf(now.contract)
    for (const operation of operationIndexOf(old.contract).operations) {
      const other = newer.byRoute.get(routeKey(operation.method, operation.path))
      if (other === undefined) changes.push(operationRemoved(after, operation))
      else changes.push(...propertiesRemoved(after, operation, other))
    }
  }
  return reportOf(changes)
}

function pairedApis(before: Graph, after: Graph): readonly (readonly [ApiNode, ApiNode])[] {
  const [only, other] = [before.apis, after.apis]
  if (only.length === 1 && other.length === 1) return [[only[0]!, other[0]!]]
  return only.flatMap((api) => {
    const same = other.find((one) => one.name === api.name)
    return same === undefined ? [] : [[api, same] as const]
  })
}

function operationRemoved(after: Graph, operation: Operation): Change {
  return changeOf(operation, {
    code: 'operation-removed',
    location: 'operation',
    message: `${operation.method} ${operation.path} is gone.`,
    impact: impactOf(after, operation),
    before: originOf(operation.site, 'key'),
  })
}

function* propertiesRemoved(after: Graph, old: Operation, now: Operation): Generator<Change> {
  const status = successResponse(old)?.status ?? '200'
  const kept = new Set([...fieldPaths(fieldsOf(now))].map((one) => one.path))
  for (const field of fieldPaths(fieldsOf(old))) {
    if (kept.has(field.path)) continue
    yield changeOf(old, {
      code: field.required ? 'response-property-removed' : 'response-optional-property-removed',
      location: `response:${status}:body:${field.path}`,
      message: `${old.method} ${old.path} (${status}) no longer returns \`${field.path}\`.`,
      impact: impactOf(after, old, field.path),
      before: originOf(field.written ?? field.schema ?? old.site),
    })
  }
}

function impactOf(graph: Graph, operation: Operation, path?: string): readonly Impact[] {
  const impact: Impact[] = []
  for (const call of nodesOfKind(graph, 'call')) {
    if (call.name !== `${operation.api}.${operation.name}`) continue
    const journey = nodeOf(graph, 'journey', nodeOf(graph, 'step', call.step)?.journey)
    const owner = journey?.owner === undefined ? {} : { owner: journey.owner }
    const needs = call.needs.map((id) => nodeOf(graph, 'need', id))
    const touched = needs.filter((need) => need !== undefined && need.path === path)
    if (path === undefined) impact.push({ step: nameOf(call.step), ...owner, severity: 'breaks' })
    for (const need of touched) {
      const fallback = need?.absent
      impact.push({
        step: nameOf(call.step),
        need: need!.path,
        ...owner,
        severity: fallback === undefined ? 'breaks' : 'degrades',
        ...(fallback !== undefined && { fallback }),
      })
    }
  }
  return impact
}

interface Told extends Pick<Change, 'code' | 'location' | 'message' | 'impact'> {
  readonly before: NonNullable<Change['origin']['before']>
}

function changeOf(operation: Operation, told: Told): Change {
  const { api, name, method, path } = operation
  const { code, location, message, impact, before } = told
  const steps = [...new Set(impact.map((one) => one.step))]
  const isBreaking = impact.some((one) => one.severity === 'breaks')
  return {
    fingerprint: fingerprintOf([code, operation.id, location]),
    code,
    level: isBreaking ? 'breaking' : 'warning',
    class: 'breaking',
    promise: 'WIRE',
    api,
    operation: { id: name, method, path },
    location,
    message,
    impact,
    reach: {
      operations: [`${api}.${name}`],
      fields: [],
      steps,
      counts: { operations: 1, fields: 0, steps: steps.length },
    },
    decidedBy: 'journeys',
    subjects: [operation.id],
    origin: { before },
  }
}
