import {
  hurtBy,
  seededChoices,
  successResponse,
  type Graph,
  type Operation,
} from '@throughline/core'
import { caseOf, type Case } from '../case.ts'
import { ledgerFrom, recipeCase, type Ledger } from '../ledger.ts'
import { usualRequest } from '../usual-request.ts'

/**
 * Requests as an `.http` file, which VS Code's REST Client, JetBrains' HTTP client and httpyac send: for each operation the one that a
 * test run begins with, and one for each other status that `reached/` knows how to bring about. Each names the steps that make it.
 */
export function httpRequests(
  graph: Graph,
  {
    seed = '1',
    readFile = () => undefined,
  }: {
    readonly seed?: string
    readonly readFile?: (path: string) => Uint8Array | undefined
  },
): { readonly text: string; readonly leftOut: readonly string[] } {
  const variables: string[] = []
  const requests: string[] = []
  const leftOut: string[] = []
  let needsToken = false
  for (const { name, contract, environments } of graph.apis) {
    if (contract === undefined) continue
    if (contract.protocol !== 'rest') {
      leftOut.push(`${name}: GraphQL has no place in it yet`)
      continue
    }
    const [address = `http://localhost:4401/${name}`] = environments.values()
    variables.push(`@${name} = ${address.replace(/\/+$/, '')}`)
    const kept = readFile(`reached/${name}.json`)
    const ledger = kept && ledgerFrom(new TextDecoder().decode(kept), name)
    for (const operation of contract.operations)
      for (const [title, one] of casesOf(operation, ledger ?? new Map(), seed)) {
        const text = one === undefined ? undefined : requestText(operation, title, one, graph)
        if (text === undefined) leftOut.push(`${title}: its request cannot be written as text`)
        else {
          requests.push(text)
          needsToken ||= operation.security().length > 0
        }
      }
  }
  if (needsToken) variables.push('@token = put-yours-here')
  return { text: [`${variables.join('\n')}\n`, ...requests].join('\n'), leftOut }
}

function* casesOf(
  operation: Operation,
  ledger: Ledger,
  seed: string,
): Generator<readonly [title: string, one: Case | undefined]> {
  const name = `${operation.api}.${operation.name}`
  const recipes = ledger.get(name) ?? new Map()
  const success = successResponse(operation)?.status
  const usual = success === undefined ? undefined : recipes.get(success)
  yield [
    name,
    (usual && recipeCase(operation, success!, usual)) ??
      caseOf({
        operation,
        phase: 'examples',
        name: 'plain',
        said: usualRequest(operation, { choices: seededChoices(`${seed} ${name}`) }),
      }),
  ]
  for (const [status, recipe] of recipes)
    if (status !== success) yield [`${name} ${status}`, recipeCase(operation, status, recipe)]
}

function requestText(
  operation: Operation,
  title: string,
  { request }: Case,
  graph: Graph,
): string | undefined {
  const body = request.body === undefined ? '' : plainText(request.body)
  // A line of three hashes ends a request, whatever it stands in.
  if (body === undefined || /^###/m.test(body)) return undefined
  const steps = [...new Set(hurtBy(graph, operation, '').map(({ step }) => step))]
  const { method, path, query, headers } = request
  return [
    `### ${title}`,
    ...(steps.length === 0 ? [] : [`# ${steps.join(', ')}`]),
    `${method} {{${operation.api}}}${path}${query === '' ? '' : `?${query}`}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(operation.security().length === 0 ? [] : ['Authorization: Bearer {{token}}']),
    ...(body === '' ? [] : ['', body]),
    '',
  ].join('\n')
}

function plainText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
