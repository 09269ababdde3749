import type { Answer } from './answer.ts'

/** Lets the page of this origin read the answer, cookies and all headers included. */
export function corsHeaders(origin: string, answer: Answer): readonly string[] {
  const names = answer.headers.filter(
    (one, index) => index % 2 === 0 && !/^(access-control-|set-cookie$|vary$)/i.test(one),
  )
  return [
    'Access-Control-Allow-Origin',
    origin,
    'Access-Control-Allow-Credentials',
    'true',
    ...(names.length === 0
      ? []
      : ['Access-Control-Expose-Headers', [...new Set(names)].join(', ')]),
    'Vary',
    'Origin',
  ]
}

/** What a browser asks before it sends a request that a form could not: everything is allowed. */
export function preflight(header: (name: string) => string | undefined): Answer {
  const method = header('access-control-request-method') ?? 'GET'
  const wanted = header('access-control-request-headers')
  const isPrivate = header('access-control-request-private-network') === 'true'
  return {
    status: 204,
    headers: [
      'Access-Control-Allow-Methods',
      [
        ...new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY', 'OPTIONS', method]),
      ].join(', '),
      ...(wanted === undefined ? [] : ['Access-Control-Allow-Headers', wanted]),
      ...(isPrivate ? ['Access-Control-Allow-Private-Network', 'true'] : []),
      'Access-Control-Max-Age',
      '600',
    ],
    body: undefined,
  }
}
