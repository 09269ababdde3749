import type { Operation } from '@throughline/core'
import type { Answer } from './answer.ts'
import { parsedOr } from './body-value.ts'
import { filledIn, hasTemplate } from './filled-in.ts'
import { seedLike } from './locale.ts'
import type { MockRequest } from './mock-request.ts'
import { withObserved } from './observed-latency.ts'
import { preferencesOf } from './prefer.ts'
import { filledWith } from './rest-turn.ts'
import { effectOn } from './scenario.ts'
import type { Asked } from './scenario.ts'
import type { ServedApi } from './served-apis.ts'
import { sessionOf } from './session.ts'
import type { RuleLook } from './traffic/told.ts'
import { withTold } from './traffic/with-told.ts'
import { preparing, scenarioFor, seedFor, usualData } from './wishes.ts'
import type { Works } from './works.ts'

/** The mock's own answer to a GraphQL document. */
export function asGraphql(
  works: Works,
  api: ServedApi,
  request: MockRequest,
  query: string,
): Answer | Promise<Answer> {
  const scenario = scenarioFor(works, request)
  if (scenario !== undefined && 'status' in scenario) return scenario
  if (request.upgrade !== undefined && /^websocket$/i.test(request.upgrade)) return OVER_A_SOCKET
  const loading = preparing(works, scenario, request)
  if (loading !== undefined) return loading.then(() => asGraphql(works, api, request, query))
  const preferences = preferencesOf(request.header('prefer'))
  const looks: RuleLook[] = []
  const operations = new Set<Operation>()
  let affected = false
  const own = works.turn++
  const session = sessionOf(request)
  const untouched = works.world.isUntouched(session)
  const dataset = scenario?.dataset ?? usualData(works, request)
  const filled = works.grounds.dataOf(dataset ?? works.options.dataset)
  const seed = seedFor(works, scenario, request)
  const answer = api.graphql()!.answer({
    request,
    query,
    seed: preferences.seed === undefined ? seed : seedLike(preferences.seed, seed),
    turn: own,
    now: works.manner.now(),
    places: works.grounds.places((resources) => works.grounds.of(resources, dataset, seed)),
    world: scenario?.kind === 'state' ? works.world.branch(session) : works.world.of(session),
    lived: !untouched,
    filled,
    effect(asked: Asked) {
      for (const one of asked.operations) operations.add(one)
      if (scenario === undefined) return undefined
      const counts = works.counts.of(scenario, request)
      const taken = effectOn(scenario, asked, counts, (look) => looks.push(look))
      const effect = taken && withObserved(taken, asked.operations[0], works.grounds.observed)
      affected ||= effect !== undefined
      if (effect === undefined || !hasTemplate(effect)) return effect
      const filled = filledIn(
        effect,
        filledWith(works, asked, request, effect, seedFor(works, scenario, request)),
      )
      if ('refused' in filled) return { status: '500' }
      return filled.text === undefined ? filled : { ...filled, body: parsedOr(filled.text) }
    },
  })
  const finish = (one: Answer): Answer =>
    withTold(one, {
      operations: [...operations],
      scenario,
      looks,
      fails: false,
      ground: {
        seed: works.manner.seed,
        filled,
      },
      manner: works.manner,
      preferences,
      turn: own,
      spelledOut: affected,
      repeatable: untouched && !affected,
    })
  return answer instanceof Promise ? answer.then(finish) : finish(answer)
}

/** Each operation over the connection is a request of its own. */
const OVER_A_SOCKET: Answer = { status: 101, headers: [], body: undefined, speaks: 'graphql' }
