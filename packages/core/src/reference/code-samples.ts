import type { Operation } from '../operation/operation.ts'
import type { CodeSample, RequestDraft } from './reference.ts'

/** The same request for a shell and for a page; for GraphQL the query by itself too. `base` is what paths are added to. */
export function codeSamples(
  operation: Operation,
  draft: RequestDraft,
  base: string,
): readonly CodeSample[] {
  const request = {
    method: operation.protocol === 'graphql' ? 'POST' : operation.method,
    url: addressOf(operation, draft, base),
    draft,
  }
  return [
    ...(operation.protocol === 'graphql'
      ? [
          {
            kind: 'graphql',
            label: 'GraphQL',
            language: 'graphql',
            text: queryIn(draft.body),
          } as const,
        ]
      : []),
    { kind: 'curl', label: 'curl', language: 'bash', text: curl(request) },
    { kind: 'fetch', label: 'TypeScript', language: 'typescript', text: fetching(request) },
  ]
}

interface SampleRequest {
  readonly method: string
  readonly url: string
  readonly draft: RequestDraft
}

/** Where a request goes: the base, the path with its parameters filled in, the query. GraphQL: the base itself. */
export function addressOf(
  { protocol, path }: Operation,
  { pathParameters, query }: RequestDraft,
  base: string,
): string {
  const filled = protocol === 'graphql' ? '' : filledPath(path, pathParameters)
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => `${encoded(name)}=${encoded(one)}`),
  )
  return `${base}${filled}${pairs.length === 0 ? '' : `${filled.includes('?') ? '&' : '?'}${pairs.join('&')}`}`
}

/** `/orders/{orderId}` with every parameter that is given, encoded so that it stays one part of the path. */
export function filledPath(path: string, parameters: Readonly<Record<string, string>>): string {
  return path.replace(/\{([^{}]{1,200})\}/g, (whole, name: string) =>
    Object.hasOwn(parameters, name) ? encoded(parameters[name]!) : whole,
  )
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

function curl({ method, url, draft }: SampleRequest): string {
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${shell(method)} `}${shell(url)}`,
    ...Object.entries(draft.headers).map(([name, value]) => `-H ${shell(`${name}: ${value}`)}`),
    ...(draft.body === undefined ? [] : [`--data-raw ${shell(draft.body)}`]),
  ]
  return lines.join(' \\\n  ')
}

/** One word of a POSIX shell, whatever is in it. */
function shell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

function fetching({ method, url, draft }: SampleRequest): string {
  const { headers, body } = draft
  const options = [
    ...(method === 'GET' ? [] : [`method: ${script(method)},`]),
    ...(Object.keys(headers).length === 0
      ? []
      : [
          `headers: { ${Object.entries(headers)
            .map(([name, value]) => `${script(name)}: ${script(value)}`)
            .join(', ')} },`,
        ]),
    ...(body === undefined ? [] : [`body: ${bodyCode(body)},`]),
  ]
  const given =
    options.length === 0 ? '' : `, {\n${options.map((line) => `  ${line}`).join('\n')}\n}`
  return `const response = await fetch(${script(url)}${given})\nif (!response.ok) throw new Error(\`\${response.status} \${response.statusText}\`)\nconst answer = await response.json()\n`
}

/** JSON bodies as the object they are. */
function bodyCode(body: string): string {
  try {
    const value: unknown = JSON.parse(body)
    return `JSON.stringify(${indentedScript(value)})`
  } catch {
    return script(body)
  }
}

function indentedScript(value: unknown): string {
  return safe(JSON.stringify(value, null, 2)).replaceAll('\n', '\n  ')
}

function script(value: unknown): string {
  return safe(JSON.stringify(value))
}

/** Line separators end a string in old scripts, and `</` a script element. */
function safe(json: string): string {
  return json
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replaceAll('</', '<\\/')
}

function queryIn(body: string | undefined): string {
  try {
    const value: unknown = JSON.parse(body ?? '')
    return value !== null &&
      typeof value === 'object' &&
      'query' in value &&
      typeof value.query === 'string'
      ? value.query
      : ''
  } catch {
    return ''
  }
}
