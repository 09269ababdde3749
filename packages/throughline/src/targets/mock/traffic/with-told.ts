import type { Operation } from '@throughline/core'
import { answerWith } from '../answer.ts'
import type { Answer } from '../answer.ts'
import { NONE } from '../prefer.ts'
import type { Preferences } from '../prefer.ts'
import type { Manner } from '../rest-call.ts'
import type { Scenario } from '../scenario.ts'
import type { DataChoice } from '../world/dataset.ts'
import { recipeToken } from './replay-token.ts'
import type { Because, RuleLook, Told } from './told.ts'

export interface Decided {
  readonly operations: readonly Operation[]
  readonly pathParameters?: ReadonlyMap<string, string>
  readonly scenario: Scenario | undefined
  readonly looks: readonly RuleLook[]
  /** Whether a flaky rule failed this time. */
  readonly fails: boolean
  readonly ground: { readonly seed: string; readonly filled: DataChoice }
  readonly manner: Manner
  readonly preferences: Preferences
  readonly turn: number
  /** Whether a scenario has a say in the outcome. */
  readonly spelledOut: boolean
  /** Whether the request and a few words are enough to make the answer again. */
  readonly repeatable: boolean
}

/** The answer with what was decided for it, and its replay token where that can be short: who notes it, says so in its headers. */
export function withTold(answer: Answer, decided: Decided): Answer {
  const { operations, pathParameters, scenario, looks, ground, preferences } = decided
  const token =
    decided.repeatable && answer.stream === undefined ? tokenOf(answer, decided) : undefined
  const told: Writable<Told> = {
    operations,
    because: answer.because ?? (decided.spelledOut ? SPELLED_OUT : BARE),
    seed: preferences.seed ?? ground.seed,
    dataset: ground.filled.name,
  }
  if (pathParameters !== undefined) told.pathParameters = pathParameters
  if (scenario !== undefined) told.scenario = played(scenario, looks)
  if (preferences !== NONE && Object.keys(preferences).length > 0) told.preferences = preferences
  if (token !== undefined) told.token = token
  return answerWith(answer, answer.headers, told, answer.body)
}

type Writable<Value> = { -readonly [Name in keyof Value]: Value[Name] }

const SPELLED_OUT: Because = { kind: 'spelled-out' }
const BARE: Because = { kind: 'bare' }

function tokenOf(
  answer: Answer,
  { scenario, looks, fails, ground, manner, preferences, turn }: Decided,
): string {
  const taken = looks.find((one) => one.not === undefined)
  const { seed, dynamic, errors } = manner
  const dataset = ground.filled.name
  if (scenario === undefined && !fails && answer.delay === undefined)
    return recipeToken({ seed, dynamic, errors, dataset, preferences }, answer)
  return recipeToken(
    {
      seed,
      dynamic,
      errors,
      dataset,
      preferences,
      ...(scenario !== undefined &&
        taken !== undefined && { scenario: scenario.name, rule: taken.rule }),
      ...(fails && { fails }),
      ...(answer.delay !== undefined && { turn }),
    },
    answer,
  )
}

function played(scenario: Scenario, looks: readonly RuleLook[]): NonNullable<Told['scenario']> {
  const { name, title, kind, step } = scenario
  return { name, title, kind, looks, ...(step !== undefined && { step }) }
}
