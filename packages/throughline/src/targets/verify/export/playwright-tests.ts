import { hurtBy, type Graph } from '@throughline/core'
import { plannedJourneys, type PlannedCall } from './planned-journeys.ts'

/** Journeys as API tests for Playwright Test: one test for each, its calls as steps, with what the screens need of each answer. */
export function playwrightTests(
  graph: Graph,
  options: {
    readonly seed?: string
    readonly readFile?: (path: string) => Uint8Array | undefined
  },
): { readonly text: string; readonly leftOut: readonly string[] } {
  const { journeys, leftOut } = plannedJourneys(graph, options)
  const bases = graph.apis.flatMap(({ name, contract, environments }) => {
    if (contract?.protocol !== 'rest') return []
    const [address = `http://localhost:4401/${name}`] = environments.values()
    const variable = `${name.replaceAll(/\W/g, '_').toUpperCase()}_URL`
    return [
      `  ${text(name)}: process.env[${text(variable)}] ?? ${text(address.replace(/\/+$/, ''))},`,
    ]
  })
  const needsToken = journeys.some(({ calls }) =>
    calls.some(({ operation }) => operation.security().length > 0),
  )
  const lines = [
    "import { expect, test } from '@playwright/test'",
    '',
    'const bases: Record<string, string> = {',
    ...bases,
    '}',
    ...(needsToken
      ? [
          "const credentials: Record<string, string> = process.env['TOKEN'] ? { Authorization: `Bearer ${process.env['TOKEN']}` } : {}",
        ]
      : []),
  ]
  for (const { name, title, calls } of journeys) {
    lines.push('', `test(${text(`${name}: ${title}`)}, async ({ request }) => {`)
    const names = new Map(calls.map((call, index) => [call, `answer${index + 1}`]))
    for (const call of calls) lines.push(...stepLines(graph, call, names))
    lines.push('})')
  }
  return { text: `${lines.join('\n')}\n`, leftOut }
}

function stepLines(
  graph: Graph,
  call: PlannedCall,
  names: ReadonlyMap<PlannedCall, string>,
): readonly string[] {
  const { step, operation, case: one, told, status, needs, isJson } = call
  const own = names.get(call)!
  const { request } = one
  const path = operation.path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const source = told.find((each) => each.name === name)
    return source === undefined
      ? escapedTemplate(request.pathParameters.get(name) ?? '')
      : `\${encodeURIComponent(String(${names.get(source.by)!}${source.at.map(access).join('')}))}`
  })
  const query = request.query === '' ? '' : `?${escapedTemplate(request.query)}`
  const headers = request.headers.map(([name, value]) => `${text(name)}: ${text(value)}`)
  const secured = operation.security().length > 0
  const all = [...headers, ...(secured ? ['...credentials'] : [])]
  const body = request.body === undefined ? undefined : new TextDecoder().decode(request.body)
  const isRead =
    isJson &&
    (needs.length > 0 || [...names.keys()].some((each) => each.told.some(({ by }) => by === call)))
  const others = [...new Set(hurtBy(graph, operation, '').map((hurt) => hurt.step))].filter(
    (each) => each !== step.name,
  )
  return [
    ...(others.length > 0
      ? [`  // Also called by ${others.join(', ')}.`.replaceAll(/[\r\n\u2028\u2029]/g, ' ')]
      : []),
    `  const ${own} = await test.step(${text(`${step.name}: ${operation.method} ${operation.path}`)}, async () => {`,
    `    const response = await request.fetch(\`\${bases[${text(operation.api)}]}${path}${query}\`, {`,
    `      method: ${text(operation.method)},`,
    '      maxRedirects: 0,',
    ...(all.length > 0 ? [`      headers: { ${all.join(', ')} },`] : []),
    ...(body === undefined ? [] : [`      data: ${text(body)},`]),
    '    })',
    `    expect(response.status()).toBe(${status})`,
    ...(isRead
      ? [
          '    const body = await response.json()',
          ...[...new Set(needs.map(({ names: each }) => JSON.stringify(each)))].map(
            (each) => `    expect(body).toHaveProperty(${each})`,
          ),
          '    return body',
        ]
      : []),
    '  })',
  ]
}

function access(name: string): string {
  return /^\d+$/.test(name)
    ? `[${name}]`
    : /^[A-Za-z_$][\w$]*$/.test(name)
      ? `.${name}`
      : `[${text(name)}]`
}

/** A literal of TypeScript, whatever is in it. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

function escapedTemplate(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')
}
