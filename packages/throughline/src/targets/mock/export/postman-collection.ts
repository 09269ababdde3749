import { STATUS_CODES } from 'node:http'
import type { Graph } from '@throughline/core'
import type { Exported, ExportOptions } from './export-format.ts'
import { textOf, untold, writtenCases } from './written-cases.ts'

/** A Postman collection (2.1): a folder for each API, a request for each operation, its answers as saved examples. */
export function postmanCollection(graph: Graph, options: ExportOptions = {}): Exported {
  const { operations, leftOut } = writtenCases(graph, options, 'Postman')
  const several = graph.apis.length > 1
  const folders = Map.groupBy(operations, ({ operation }) => operation.api)
  const item = [...folders].map(([api, all]) => ({
    name: api,
    item: all.map(({ operation, cases, comment }) => {
      const path = operation.path.replace(/\{([^}]+)\}/g, ':$1').replace(/^\//, '')
      const own = several ? `${api}/${path}` : path
      const names = operation.parameters().filter((one) => one.in === 'path')
      const request = {
        method: operation.method,
        header: [],
        description: comment,
        url: {
          raw: `{{baseUrl}}/${own}`,
          host: ['{{baseUrl}}'],
          path: own.split('/'),
          query: operation
            .parameters()
            .filter((one) => one.in === 'query')
            .map((one) => ({ key: one.name, value: '', disabled: true })),
          variable: names.map((one) => ({ key: one.name, value: '' })),
        },
      }
      return {
        name: operation.name,
        request,
        response: cases.flatMap((one, index) => {
          const not = untold(one, operation)
          if (not !== undefined) leftOut.add(not)
          if (not !== undefined) return []
          return [
            {
              name: `${one.status} ${STATUS_CODES[one.status] ?? ''}${index === 0 ? '' : ` ${index + 1}`}`,
              originalRequest: request,
              status: STATUS_CODES[one.status] ?? '',
              code: one.status,
              header: Object.entries(one.headers).map(([key, value]) => ({ key, value })),
              body: textOf(one) ?? '',
            },
          ]
        }),
      }
    }),
  }))
  const collection = {
    info: {
      name: graph.name === '' ? 'Throughline' : graph.name,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: [{ key: 'baseUrl', value: 'http://localhost:4401' }],
    item,
  }
  return { text: `${JSON.stringify(collection, null, 2)}\n`, leftOut: [...leftOut] }
}
