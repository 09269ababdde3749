import { withoutHeaders } from './answer.ts'
import type { Answer } from './answer.ts'
import { locate } from './locate.ts'
import type { MockRequest } from './mock-request.ts'
import { NONE } from './prefer.ts'
import { problemAnswer } from './problem.ts'
import { restAnswer } from './rest.ts'
import { effectOfRule, scenarioNamed } from './scenario.ts'
import { replayTokenOf, sumOf } from './traffic/replay-token.ts'
import type { Recipe } from './traffic/replay-token.ts'
import type { Works } from './works.ts'
import type { Ground } from './world/base.ts'
import { dataNamed } from './world/dataset.ts'
import type { Resources } from './world/resources.ts'
import { worlds } from './world/worlds.ts'

/** The answer of an earlier request, asked for by its token: the worlds and counters of this mock are left alone. */
export function replayed(
  works: Works,
  token: string,
  request: MockRequest,
  path: string,
  query: string,
): Answer | Promise<Answer> {
  const read = replayTokenOf(token)
  if (read === undefined)
    return problemAnswer(400, {
      title: 'Throughline-Replay is no token. Send it as an answer of a mock had it',
    })
  if (read.kind === 'answer') return onceMore(works, read.answer, token)
  if (read.kind === 'remembered') {
    const exchange = works.log.get(read.id)
    return exchange === undefined || exchange.cut
      ? problemAnswer(410, {
          title: 'Nobody remembers the answer of this token any more',
          detail: 'An answer that is too long for a header can be given again only for a while.',
        })
      : onceMore(works, exchange.answer, token)
  }
  const { recipe, status, sum } = read
  const answer = madeAgain(works, recipe, status, request, path, query)
  if (answer === undefined) return changedSince(status)
  const finish = (one: Answer): Answer =>
    one.status === status && sumOf(one) === sum ? onceMore(works, one, token) : changedSince(status)
  return answer instanceof Promise ? answer.then(finish) : finish(answer)
}

/** What the files of now give for a recipe; `undefined` where they lack its scenario, operation or data. */
function madeAgain(
  works: Works,
  recipe: Recipe,
  status: number,
  request: MockRequest,
  path: string,
  query: string,
): Answer | Promise<Answer> | undefined {
  const scenario =
    recipe.scenario === undefined ? undefined : scenarioNamed(works.graph, recipe.scenario)
  if (recipe.scenario !== undefined && scenario === undefined) return undefined
  const found = locate(works.apis, request, path, query)
  if (found.kind === 'none') return undefined
  const { choice: filled, problems } = dataNamed(recipe.dataset, works.manner.readFile)
  const groundOf = (resources: Resources): Ground => ({
    resources,
    seed: recipe.seed,
    dynamic: recipe.dynamic,
    filled,
    dataset: filled.dataset,
    known: new Map(),
  })
  const world = worlds().of('')
  const turn = recipe.turn ?? 0
  if (found.kind === 'graphql')
    return found.api.graphql()!.answer({
      request,
      query,
      seed: recipe.preferences.seed ?? recipe.seed,
      turn,
      now: works.manner.now(),
      effect: () => undefined,
      places: works.grounds.places(groundOf),
      world,
      lived: false,
      filled,
    })
  if (problems.length > 0 && filled.name !== recipe.dataset) return undefined
  return restAnswer(
    {
      operation: found.match.operation,
      pathParameters: found.match.pathParameters,
      method: request.method,
      path,
      query,
      header: request.header,
      body: request.body,
      preferences: Object.keys(recipe.preferences).length === 0 ? NONE : recipe.preferences,
      effect:
        scenario === undefined || recipe.rule === undefined
          ? undefined
          : effectOfRule(scenario, recipe.rule, recipe.fails === true),
      world,
      ground: groundOf(found.api.resources()),
      turn,
      admitted: status !== 401,
    },
    { ...works.manner, seed: recipe.seed, dynamic: recipe.dynamic, errors: recipe.errors },
  )
}

function onceMore(works: Works, answer: Answer, token: string): Answer {
  const headers = withoutHeaders(answer.headers, OWN_HEADERS)
  return {
    ...answer,
    headers,
    told: {
      operations: answer.told?.operations ?? [],
      because: { kind: 'replayed' },
      seed: works.manner.seed,
      dataset: '',
      token,
    },
  }
}

/** The headers that a replayed answer gets anew. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['throughline-replay', 'throughline-why'])

function changedSince(status: number): Answer {
  return problemAnswer(409, {
    title: 'This answer cannot be given again: the contract, its examples or the data have changed',
    detail: `The token is of an answer with status ${status}. Send the same method, address and body with it, to a mock of the same files.`,
  })
}
