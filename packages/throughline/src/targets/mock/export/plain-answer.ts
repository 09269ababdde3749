import { successResponse } from '@throughline/core'
import type { Operation } from '@throughline/core'
import type { Answer } from '../answer.ts'
import type { Effect } from '../effect.ts'
import { NONE } from '../prefer.ts'
import { restAnswer } from '../rest.ts'
import { dataNamed } from '../world/dataset.ts'
import type { Ground } from '../world/base.ts'
import type { Resources } from '../world/resources.ts'
import { worlds } from '../world/worlds.ts'
import type { ExportOptions } from './export-format.ts'

/** What everything that is exported together grows on. */
export function exportGround(
  resources: Resources,
  { seed = '1', dataset = '', readFile = () => undefined }: ExportOptions,
): Ground {
  const { choice } = dataNamed(dataset, readFile)
  return {
    resources,
    seed,
    dynamic: false,
    filled: choice,
    dataset: choice.dataset,
    known: new Map(),
  }
}

/**
 * What an operation answers in a world that nobody has touched, whatever the request: that it went well, even where the thing
 * it is about would have to be put there first.
 */
export function plainAnswer(
  operation: Operation,
  pathParameters: ReadonlyMap<string, string>,
  effect: Effect | undefined,
  ground: Ground,
  { readFile = () => undefined }: ExportOptions,
): Answer {
  const answered = (wanted: Effect | undefined): Answer =>
    restAnswer(
      {
        operation,
        pathParameters,
        method: operation.method,
        path: operation.path,
        query: '',
        header: () => undefined,
        body: undefined,
        preferences: NONE,
        effect: wanted,
        world: worlds().of(''),
        ground,
        turn: 0,
        unchecked: true,
      },
      { seed: ground.seed, dynamic: false, errors: false, readFile, now: () => 0 },
    )
  const answer = answered(effect)
  const { status } = successResponse(operation) ?? {}
  const isMissing = answer.status === 404 && effect?.status === undefined
  return isMissing && /^2\d\d$/.test(status ?? '')
    ? answered({ ...effect, status: status! })
    : answer
}
