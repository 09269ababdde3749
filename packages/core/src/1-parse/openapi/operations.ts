import type { Operation, OperationId } from '../../operation/operation.ts'
import { diagnostic, quoted, type Diagnostic } from '../../text/diagnostic.ts'
import { child, isObject, originOf, type Site } from '../../text/site.ts'
import type { ApiDeclaration, Stage } from '../declarations.ts'
import { resolve } from '../reference.ts'
import { isTrue, once, textAt, textsAt, valueAt } from './own.ts'
import { parametersOf, type ParameterSites } from './parameters.ts'
import { requestBodyOf } from './request-body.ts'
import { responsesOf } from './responses.ts'
import { securityOf } from './security.ts'

interface Operations {
  readonly operations: readonly Operation[]
  /** Ids that stand twice. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Every operation under `paths`, in the contract's order. Their parts are computed on first use. */
export function operationsOf(root: Site, api: ApiDeclaration): Operations {
  const byId = new Map<OperationId, Operation>()
  const diagnostics: Diagnostic[] = []
  for (const { method, path, site, item } of operationSites(root)) {
    const written = textAt(site.value, 'operationId')
    let name = written === undefined || written === '' ? `${method} ${path}` : written
    const earlier = byId.get(`op:${api.id}.${name}`)
    if (earlier !== undefined) {
      const at = originOf(
        child(site, 'operationId') ?? site,
        site.value === earlier.site.value ? 'key' : 'value',
      )
      const related = [
        {
          origin: originOf(child(earlier.site, 'operationId') ?? earlier.site),
          message: 'it stands here first',
        },
      ]
      if (site.value !== earlier.site.value) {
        diagnostics.push(
          diagnostic('TL2006', at, { id: quoted(name) }, { subject: `${api.id}.${name}`, related }),
        )
      }
      name = `${method} ${path}`
    }
    const id: OperationId = `op:${api.id}.${name}`
    if (!byId.has(id)) byId.set(id, operationOf(root, api, { id, name, method, path, site, item }))
  }
  return { operations: [...byId.values()], diagnostics }
}

/**
 * The operations of one path item wherever it stands: of a callback or a webhook. They are named by method and `path`, which is
 * whatever people know them by.
 */
export function operationsOfItem(
  root: Site,
  item: Site,
  api: string,
  path: string,
): readonly Operation[] {
  const declared = { id: api, stages: new Map<string, Stage>() }
  return [...methodsOf(resolve(item))].map(({ method, site }) => {
    const name = `${method} ${path}`
    const id: OperationId = `op:${api}.${name}`
    return operationOf(root, declared, { id, name, method, path, site, item: resolve(item) })
  })
}

/** Methods that have a key of their own; any other stands under `additionalOperations` (3.2). */
const methods = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
])

interface OperationSite {
  readonly method: string
  readonly path: string
  readonly site: Site
  /** The path items it may inherit parameters from: the one it is written in. */
  readonly item: Site
}

function* operationSites(root: Site): Generator<OperationSite> {
  const paths = child(root, 'paths')
  if (paths === undefined) return
  const resolved = resolve(paths)
  if (!isObject(resolved.value)) return
  for (const path of Object.keys(resolved.value)) {
    if (!path.startsWith('/')) continue
    const written = child(resolved, path)!
    const target = resolve(written)
    const done = new Set<string>()
    // A path item's own operations come before those of the path item it refers to.
    for (const item of target.value === written.value ? [written] : [written, target]) {
      for (const { method, site } of methodsOf(item)) {
        if (done.has(method)) continue
        done.add(method)
        yield { method, path, site, item }
      }
    }
  }
}

function* methodsOf(item: Site): Generator<{ readonly method: string; readonly site: Site }> {
  if (!isObject(item.value)) return
  for (const key of Object.keys(item.value)) {
    if (methods.has(key)) {
      const site = resolve(child(item, key)!)
      if (isObject(site.value)) yield { method: key.toUpperCase(), site }
    } else if (key === 'additionalOperations') {
      const additional = child(item, key)!
      if (!isObject(additional.value)) continue
      for (const method of Object.keys(additional.value)) {
        const site = resolve(child(additional, method)!)
        if (isObject(site.value)) yield { method, site }
      }
    }
  }
}

interface Named extends OperationSite {
  readonly id: OperationId
  readonly name: string
}

function operationOf(
  root: Site,
  api: Pick<ApiDeclaration, 'id' | 'stages' | 'owner' | 'stage'>,
  { id, name, method, path, site, item }: Named,
): Operation {
  const { value } = site
  const title = textAt(value, 'summary')
  const description = textAt(value, 'description')
  const extension = valueAt(value, 'x-throughline')
  const stage =
    api.stages.get(name) ??
    stageIn(valueAt(extension, 'stage')) ??
    stageIn(valueAt(value, 'x-stage'))
  const deprecated = isTrue(value, 'deprecated') || stage === 'deprecated'
  const owner = textAt(extension, 'owner') ?? textAt(value, 'x-owner') ?? api.owner
  const sunset = textAt(value, 'x-sunset')
  const sites: () => ParameterSites = once(() => parametersOf(root, site, item))
  return {
    kind: 'operation',
    id,
    api: api.id,
    name,
    protocol: 'rest',
    method,
    path,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    tags: textsAt(value, 'tags') ?? [],
    deprecated,
    ...(sunset !== undefined && { sunset }),
    stage: stage ?? (deprecated ? 'deprecated' : (api.stage ?? 'live')),
    ...(owner !== undefined && { owner }),
    site,
    parameters: () => sites().parameters,
    requestBody: once(() => requestBodyOf(root, site, sites())),
    responses: once(() => responsesOf(root, site)),
    security: once(() => securityOf(root, site)),
  }
}

const stages: ReadonlySet<unknown> = new Set<Stage>([
  'planned',
  'mocked',
  'beta',
  'live',
  'deprecated',
])

function stageIn(value: unknown): Stage | undefined {
  return stages.has(value) ? (value as Stage) : undefined
}
