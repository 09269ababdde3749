import type {
  Estimate,
  ExperimentReport,
  Gain,
  LaterWait,
  StepCost,
  StepReport,
  SurveyGroup,
  SurveyResult,
} from '@throughline/core'

/** Milliseconds for people: `420 ms`, `1.2 s`, `3 min`. */
export function time(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 100_000) return `${Math.round(ms / 100) / 10} s`
  return `${Math.round(ms / 60_000)} min`
}

/** A share for people: `12 %`, `0.4 %`. */
export function percent(share: number): string {
  const value = share * 100
  return `${Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value)} %`
}

/** What slow answers of a step cost, in a sentence or two; never a figure without what it is. */
export function costText(cost: StepCost): string {
  if (cost.kind === 'too-few') return `No figure: ${cost.because}`
  const { difference, won, label } = cost
  const head = cost.claimed
    ? `Had nobody waited longer than ${time(cost.budget)} because of the server, about ${Math.round(won.value)} more of ${cost.visits} visits (${interval(won, (one) => String(Math.round(one)))}) would have gone on: ${points(difference)}.`
    : `No effect of slow answers can be told from chance: ${points(difference)}.`
  return `${head} This is an ${label}.${cost.because.map((one) => ` ${one}`).join('')}`
}

function points(difference: Estimate): string {
  return `${percent(difference.value)} of the visits (${interval(difference, percent)})`
}

function interval({ low, high }: Estimate, word: (value: number) => string): string {
  return `95 %: ${word(low)} to ${word(high)}`
}

/** What was answered to a survey, in a few sentences. */
export function surveyText(result: SurveyResult): string {
  const { answers, quota, mean, distribution, scale, unhappy, happy } = result
  const of = quota === undefined ? '' : ` of at most ${quota}`
  const chosen = distribution.map(({ value, answers: count }) => `${value}: ${count}`).join(', ')
  const average =
    mean === undefined
      ? ''
      : `, ${Math.round(mean * 10) / 10} on average${scale === undefined ? '' : ` of ${scale.from} to ${scale.to}`}`
  return [
    `${answers} ${answers === 1 ? 'answer' : 'answers'}${of}${average}${chosen === '' ? '' : ` (${chosen})`}.`,
    ...(unhappy === undefined || happy === undefined ? [] : [groupsText(unhappy, happy)]),
  ].join(' ')
}

function groupsText(unhappy: SurveyGroup, happy: SurveyGroup): string {
  const beside = (
    name: 'waited' | 'troubled',
    word: (value: number) => string,
  ): string | undefined =>
    unhappy[name] === undefined || happy[name] === undefined
      ? undefined
      : `${word(unhappy[name])} of the ${unhappy.answers} unhappy and ${word(happy[name])} of the ${happy.answers} happy`
  const waited =
    unhappy.waited === undefined || happy.waited === undefined
      ? undefined
      : `half of the ${unhappy.answers} unhappy had waited longer than ${time(unhappy.waited)}, half of the ${happy.answers} happy longer than ${time(happy.waited)}`
  const troubled = beside('troubled', percent)
  const said = [waited, troubled === undefined ? undefined : `${troubled} had met an error`].filter(
    (one) => one !== undefined,
  )
  if (said.length === 0)
    return `What the ${unhappy.answers} unhappy and the ${happy.answers} happy had waited is not said: too few.`
  const sentence = said.join('; ')
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}. This is an association.`
}

/** What came of an experiment, in a few sentences. */
export function experimentText(one: ExperimentReport): string {
  const {
    kind,
    state,
    step,
    journey,
    operation,
    delay = 0,
    from,
    until,
    stopped,
    arms,
    result,
  } = one
  const when = `${from?.slice(0, 10) ?? ''} to ${until === undefined ? '' : new Date(Date.parse(until) - 1).toISOString().slice(0, 10)}`
  const head =
    kind === 'flag'
      ? `Who did not finish ${journey}.`
      : `${operation ?? ''} up to ${time(delay)} later; who left ${step ?? ''}. ${
          stopped === undefined
            ? `${state[0]!.toUpperCase()}${state.slice(1)}, ${when}.`
            : `Ended by its guardrail on ${stopped.at.slice(0, 10)}. ${stopped.because}`
        }`
  if (state === 'planned') return head
  const left = arms.map(({ name, sessions, left: gone }) => `${name}: ${gone} of ${sessions}`)
  if (result.kind === 'broken') return `${head} ${left.join(', ')}. No figure: ${result.because}`
  const { difference, anytime, verdict, label } = result
  const often = `however often one looks, ${interval({ ...difference, ...anytime }, percent)}`
  const direction = difference.value < 0 ? 'Fewer' : 'More'
  const finding = {
    sure: `${direction} leave, ${points(difference)} for a single look; ${often}`,
    early: `Too early to say: ${direction.toLowerCase()} leave, ${points(difference)}, were this the only look; ${often}`,
    luck: `No difference can be told from chance, ${points(difference)}`,
  }[verdict]
  return `${head} ${left.join(', ')}. ${finding}. This is an ${label}.`
}

/** What a survey is called: the question that people saw. */
export function surveyTitle({ question, survey }: SurveyResult): string {
  return question ?? survey
}

/** `-85 ms, -2 kB each time, 120 times` */
export function gainText({ ms = 0, bytes = 0, calls = 0, times }: Gain): string {
  const each = [
    ...(ms >= 1 ? [`${time(ms)} sooner`] : []),
    ...(bytes >= 1 ? [`${Math.round(bytes / 100) / 10} kB less`] : []),
    ...(calls >= 1 ? [`${calls} request${calls === 1 ? '' : 's'} fewer`] : []),
  ]
  const seen = `${times.toLocaleString('en')} time${times === 1 ? '' : 's'}`
  return each.length === 0 ? `seen ${seen}` : `${each.join(', ')}; seen ${seen}`
}

/** What people waited after a step had loaded: for a click, for scrolling. */
export function laterText({ waits, p75, leftWaiting }: LaterWait): string {
  const left = leftWaiting === 0 ? '' : `, ${leftWaiting} left meanwhile`
  return `once loaded, waited ${waits} times more, three of four less than ${time(p75)}${left}`
}

/** `p75 1.2 s of 800 ms` */
export function waitText({ wait }: StepReport): string {
  if (wait === undefined) return 'too few'
  return wait.budget === undefined ? time(wait.p75) : `${time(wait.p75)} of ${time(wait.budget)}`
}

export function dropText({ dropOff, sessions, wentOn }: StepReport): string {
  return dropOff === undefined ? '' : `${percent(dropOff)} (${sessions - wentOn})`
}
