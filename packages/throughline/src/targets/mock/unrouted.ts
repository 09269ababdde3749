import type { Match, Operation } from '@throughline/core'
import { headerText } from './answer.ts'
import type { Answer } from './answer.ts'
import { problemAnswer } from './problem.ts'
import type { ServedApi } from './served-apis.ts'

/** 404 or 405 for what no contract describes, with the nearest that one does; OPTIONS says what may be asked. */
export function unrouted(
  apis: readonly ServedApi[],
  match: Exclude<Match, { kind: 'found' }>,
  method: string,
  path: string,
  seed: string,
): Answer {
  const told = (nearest: readonly string[]): Pick<Answer, 'told'> => ({
    told: { operations: [], because: { kind: 'unrouted', nearest }, seed, dataset: '' },
  })
  if (match.kind === 'method-not-allowed') {
    const allow = ['Allow', [...match.allow, 'OPTIONS'].join(', ')]
    if (method === 'OPTIONS') return { status: 204, headers: allow, body: undefined }
    const answer = problemAnswer(
      405,
      {
        title: `${headerText(method).slice(0, 20)} is not allowed here. Use ${match.allow.join(', ')}`,
      },
      allow,
    )
    return { ...answer, ...told(match.allow.map((one) => `${one} ${path.slice(0, 200)}`)) }
  }
  const prefixed = apis.length > 1
  const near = match.nearest().map((one) => placeOf(one, prefixed))
  for (const api of near.length === 0 && prefixed ? apis : []) {
    if (api.contract.protocol === 'graphql') continue
    const elsewhere = api.router().match(method, path)
    const operations =
      elsewhere.kind === 'found'
        ? [elsewhere.operation]
        : elsewhere.kind === 'not-found'
          ? elsewhere.nearest()
          : []
    near.push(...operations.map((one) => placeOf(one, true)))
  }
  const [nearest] = near
  const answer = problemAnswer(404, {
    title: `No operation answers ${headerText(method).slice(0, 20)} ${path.slice(0, 200)}.${nearest === undefined ? '' : ` The nearest is ${nearest}`}`,
    detail: prefixed
      ? `Paths begin with the name of the API: ${apis.map((one) => (one.contract.protocol === 'graphql' ? `/${one.name}/graphql` : `/${one.name}`)).join(', ')}.`
      : 'GET /_throughline/ shows what the mock serves.',
    ...(near.length > 0 && { nearest: near.slice(0, 5) }),
  })
  return { ...answer, ...told(near.slice(0, 5)) }
}

function placeOf({ method, path, api }: Operation, prefixed: boolean): string {
  return `${method} ${prefixed ? `/${api}` : ''}${path}`
}
