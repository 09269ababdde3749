import { STATUS_CODES } from 'node:http'
import type { Graph } from '@throughline/core'
import { harFile } from '../record/har.ts'
import type { Exported, ExportOptions } from './export-format.ts'
import { concretePath, textOf, untold, writtenCases } from './written-cases.ts'

/** A HAR file with an entry for each answer, for tools that play recordings (Playwright's `routeFromHAR`). */
export function harAnswers(graph: Graph, options: ExportOptions = {}): Exported {
  const { operations, leftOut } = writtenCases(graph, options, 'a HAR file')
  const several = graph.apis.length > 1
  const entries = operations.flatMap(({ operation, cases, comment }) =>
    cases.flatMap((one) => {
      const not = untold(one, operation)
      if (not !== undefined && one.base64 === undefined) {
        leftOut.add(not)
        return []
      }
      const wanted: unknown = one.when?.['query']
      const query = wanted !== null && typeof wanted === 'object' ? Object.entries(wanted) : []
      const search = new URLSearchParams(query.map(([name, value]) => [name, String(value)]))
      const text = textOf(one) ?? one.base64 ?? ''
      const delay =
        one.delay === undefined ? 0 : typeof one.delay === 'number' ? one.delay : one.delay[0]
      return [
        JSON.stringify({
          startedDateTime: '2000-01-01T00:00:00.000Z',
          time: delay,
          request: {
            method: operation.method,
            url: `http://localhost:4401${several ? `/${operation.api}` : ''}${concretePath(operation, one)}${query.length === 0 ? '' : `?${search}`}`,
            httpVersion: 'HTTP/1.1',
            cookies: [],
            headers: [],
            queryString: [...search].map(([name, value]) => ({ name, value })),
            headersSize: -1,
            bodySize: -1,
          },
          response: {
            status: one.status,
            statusText: STATUS_CODES[one.status] ?? '',
            httpVersion: 'HTTP/1.1',
            cookies: [],
            headers: Object.entries(one.headers).map(([name, value]) => ({ name, value })),
            content: {
              size: Buffer.byteLength(text),
              mimeType: one.headers['content-type'] ?? 'x-unknown',
              text,
              ...(one.base64 !== undefined && { encoding: 'base64' }),
            },
            redirectURL: one.headers['location'] ?? '',
            headersSize: -1,
            bodySize: -1,
          },
          cache: {},
          timings: { send: 0, wait: delay, receive: 0 },
          comment,
        }),
      ]
    }),
  )
  return { text: harFile(entries, '1'), leftOut: [...leftOut] }
}
