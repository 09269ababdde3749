import type { Graph } from '@throughline/core'
import { plannedJourneys, type PlannedCall } from './planned-journeys.ts'

/** Journeys as a Postman collection (2.1) with tests: a folder for each journey, a request for each call, ids handed on. */
export function postmanTests(
  graph: Graph,
  options: {
    readonly seed?: string
    readonly readFile?: (path: string) => Uint8Array | undefined
  },
): { readonly text: string; readonly leftOut: readonly string[] } {
  const { journeys, leftOut } = plannedJourneys(graph, options)
  const secured = journeys.some(({ calls }) =>
    calls.some(({ operation }) => operation.security().length > 0),
  )
  const bases = graph.apis.flatMap(({ name, contract, environments }) => {
    if (contract?.protocol !== 'rest') return []
    const [address = `http://localhost:4401/${name}`] = environments.values()
    return [{ key: `${name}Url`, value: address.replace(/\/+$/, '') }]
  })
  const collection = {
    info: {
      name: `${graph.name === '' ? 'Throughline' : graph.name}: journeys`,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    ...(secured && {
      auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    }),
    variable: [...bases, ...(secured ? [{ key: 'token', value: '' }] : [])],
    item: journeys.map(({ name, title, calls }) => ({
      name: title,
      description: name,
      item: calls.map((call) => itemOf(call, calls)),
    })),
  }
  return { text: `${JSON.stringify(collection, null, 2)}\n`, leftOut }
}

function itemOf(call: PlannedCall, calls: readonly PlannedCall[]): object {
  const { id, step, operation, case: one, told, status, needs, isJson } = call
  const { request } = one
  const wanted = calls.flatMap((each) => each.told.filter(({ by }) => by === call))
  const path = operation.path
    .replace(/\{([^}]+)\}/g, ':$1')
    .split('/')
    .slice(1)
  const query = request.query.split('&').flatMap((pair) => {
    const [key = '', ...value] = pair.split('=')
    return key === '' ? [] : [{ key, value: value.join('=') }]
  })
  const base = `{{${operation.api}Url}}`
  const body = request.body === undefined ? undefined : new TextDecoder().decode(request.body)
  const exec = [
    `pm.test('${step.step}: answers ${status}', () => pm.response.to.have.status(${status}))`,
    ...(isJson && needs.length + wanted.length > 0
      ? [
          'const body = pm.response.json()',
          ...[...new Set(needs.map(({ names }) => names.map(bracket).join('')))].map(
            (property) =>
              `pm.test(${JSON.stringify(`${step.step} has ${property.replace(/^\./, '')}`)}, () => pm.expect(body).to.have.nested.property(${JSON.stringify(property.replace(/^\./, ''))}))`,
          ),
          ...wanted.map(
            ({ name, at }) =>
              `pm.collectionVariables.set(${JSON.stringify(`${id}-${name}`)}, body${at.map((each) => (/^\d+$/.test(each) ? `[${each}]` : `[${JSON.stringify(each)}]`)).join('')})`,
          ),
        ]
      : []),
  ]
  return {
    name: `${step.step}: ${operation.name}`,
    event: [{ listen: 'test', script: { type: 'text/javascript', exec } }],
    request: {
      method: operation.method,
      description: step.title,
      header: request.headers.map(([key, value]) => ({ key, value })),
      url: {
        raw: `${base}/${path.join('/')}${request.query === '' ? '' : `?${request.query}`}`,
        host: [base],
        path,
        ...(query.length > 0 && { query }),
        variable: [...request.pathParameters].map(([key, value]) => {
          const source = told.find((each) => each.name === key)
          return { key, value: source === undefined ? plain(value) : `{{${source.by.id}-${key}}}` }
        }),
      },
      ...(body !== undefined && {
        body: {
          mode: 'raw',
          raw: body,
          ...(isJsonText(body) && { options: { raw: { language: 'json' } } }),
        },
      }),
    },
    response: [],
  }
}

function bracket(name: string): string {
  return /^[\w$]+$/.test(name) ? `.${name}` : `[${name}]`
}

function isJsonText(text: string): boolean {
  return /^\s*[[{]/.test(text)
}

function plain(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
