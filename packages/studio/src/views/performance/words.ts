import type { AdviceKind, ClaimLabel, Gain } from '@throughline/core'
import { counted, strings } from '../../strings.ts'
import { bytes, ms, percent } from '../../ui/amounts.ts'
import type { Period } from './performance-address.ts'

const number = new Intl.NumberFormat('en')
const whole = (value: number): string => number.format(Math.round(value)).replace('-', '−')

/** What the performance page says. */
export const words = {
  title: strings.rail.performance,
  lead: 'What people waited for on each step, what they saw, and where they left.',

  pick: {
    period: 'Period',
    periods: {
      '1h': 'Last hour',
      '24h': 'Last 24 hours',
      '7d': 'Last 7 days',
      '30d': 'Last 30 days',
      '90d': 'Last 90 days',
      dates: 'Between two days',
    } satisfies Record<Period, string>,
    from: 'From',
    to: 'To',
    environment: 'Environment',
    anyEnvironment: 'Every environment',
    release: 'Release',
    anyRelease: 'Every release',
    device: 'Device',
    anyDevice: 'Every device',
    journey: 'Journey',
    anyJourney: 'All journeys',
    show: 'Shown as',
    bars: 'Bars',
    table: 'Table',
    all: 'Show everything',
  },

  seen: (sessions: number, views: number, calls: number) =>
    `${counted(sessions, 'visit')}, ${counted(views, 'page')}, ${counted(calls, 'call')}`,
  between: (first: string, last: string) => `${first} to ${last}`,
  least: (count: number) => `No figure stands for fewer than ${count} cases.`,
  refreshing: 'New evidence came: the figures follow.',

  empty: {
    title: 'Nobody has been seen yet',
    text: 'Put this line into your pages, and open one: every visit shows here as it happens. It sets no cookie and keeps no text that people type.',
    copy: 'Script tag',
    more: 'Backends that speak OpenTelemetry send their traces to the same address. Or read a recording of a browser first:',
    command: 'throughline report --from recording.har',
  },
  nothing: {
    title: 'Nobody was seen with this choice',
    text: 'There may be evidence of another period, environment, release or device.',
  },
  failed: (detail: string) => `The evidence cannot be read: ${detail}`,
  noJourney: 'Nobody has been seen on this journey yet.',

  journey: {
    finished: (finished: number, sessions: number) =>
      `reached the end, ${number.format(finished)} of ${counted(sessions, 'visit')}`,
    funnel: (title: string) => `Steps of ${title}`,
    open: 'Blueprint',
  },

  column: {
    step: 'Step',
    came: 'Came here',
    left: 'Left here',
    waited: 'Waited',
    saw: 'Saw instead',
    wentOn: 'Went on',
    p50: 'Waited p50, ms',
    p75: 'Waited p75, ms',
    p95: 'Waited p95, ms',
    budget: 'Budget p75, ms',
    over: 'Over budget',
    apdex: 'Apdex',
    leftWaiting: 'Left while waiting',
    errors: 'Errors',
    cost: 'Visits that slow answers cost',
    costLow: 'at least',
    costHigh: 'at most',
    label: 'What that is worth',
    journey: 'Journey',
    calls: 'Calls',
    failed: 'Failed',
  },

  step: {
    came: (sessions: number) => counted(sessions, 'visit'),
    left: (share: number) => `${percent(share)} left here`,
    end: 'the journey ends here',
    few: (have: number, least: number) =>
      have === 0
        ? 'Nobody yet'
        : `${number.format(least - have)} more ${least - have === 1 ? 'visit' : 'visits'} until there is a figure`,
    notMeasured: 'Wait not measured',
    waits: (p50: number, p95: number) => `half within ${ms(p50)}, 95 of 100 within ${ms(p95)}`,
    noBudget: 'no budget',
    asPlanned: 'Nothing else',
    sawTimes: (condition: string, share: string) => `${condition} ${share}`,
    errors: (count: number) => counted(count, 'page error'),
    moreSeen: (count: number) => `${count} more`,
  },

  cost: {
    title: 'What slow answers cost',
    labels: {
      association: 'Association',
      'adjusted estimate': 'Adjusted estimate',
      experiment: 'Experiment',
    } satisfies Record<ClaimLabel, string>,
    means: {
      association:
        'Slow answers and leaving come together here. It may be the wait, or something behind both, such as a train.',
      'adjusted estimate':
        'Each visit is compared with itself, had the server kept the budget while the network stayed as slow as it was. What nobody recorded cannot be adjusted for.',
      experiment: 'Who waits longer was drawn by lot, so the difference comes from the wait.',
    } satisfies Record<ClaimLabel, string>,
    won: (step: string, value: number, budget: number) =>
      `About ${counted(Math.round(value), 'more visit')} would have gone on from ${step}, had the server answered within ${ms(budget)}.`,
    together: (step: string, value: number, budget: number) =>
      `About ${counted(Math.round(value), 'more visit')} left ${step} among those who waited longer than ${ms(budget)} than would have otherwise.`,
    interval: (low: number, high: number) =>
      `95 % interval: ${whole(low)} to ${whole(high)} visits`,
    noFinding: (step: string) => `${step}: no difference that is more than luck.`,
    of: (slow: number, visits: number) =>
      `${number.format(slow)} of ${counted(visits, 'visit')} waited longer than the budget`,
    few: (step: string) => `${step}: too few cases.`,
    adjusted: 'Told apart by',
    checks: 'Checks',
    overlap: (share: number) => `${percent(share)} could as well have been slow as not`,
    placebo: (chance: number) =>
      `Placebo: the next step's speed seems to matter this much in ${percent(chance)} of cases by luck alone`,
    dose: 'The longer the wait, the more leave',
    doseRow: (from: number, to: number) => `${ms(from)} to ${ms(to)}`,
    stood: 'It stands after allowing for all steps looked at together.',
    fell: 'It does not stand once all steps are looked at together.',
  },

  hours: {
    title: 'Hour by hour',
    operation: 'Operation',
    lead: 'Three of four calls took less than this, in each hour with enough calls.',
    feltOn: 'Felt on',
    hour: 'Hour',
    calls: 'Calls',
    budget: 'Budget p75',
    longest: (hour: string, p75: number) => `longest ${ms(p75)} at ${hour}`,
    promised: (budget: number) => `budget ${ms(budget)}`,
    chart: (operation: string, hour: string, p75: number, budget: number | undefined) =>
      `${operation} hour by hour: longest ${ms(p75)} at ${hour}${budget === undefined ? '' : `, budget ${ms(budget)}`}`,
    csv: {
      operation: 'Operation',
      hour: 'Hour (UTC)',
      calls: 'Calls',
      p75: 'p75, ms',
      budget: 'Budget p75, ms',
    },
  },

  experiment: {
    title: 'Experiments',
    states: { planned: 'Planned', running: 'Running', ended: 'Over', stopped: 'Ended early' },
    later: (delay: number) => `up to ${ms(delay)} later`,
    between: (from: string, until: string) =>
      `${from.slice(0, 10)} to ${new Date(Date.parse(until) - 1).toISOString().slice(0, 10)}`,
    leaving: 'Who left',
    unfinished: 'Who did not finish the journey',
    stopped: (at: string, because: string) => `Ended on ${at.slice(0, 10)}. ${because}`,
    left: (left: number, sessions: number) =>
      `${number.format(left)} of ${number.format(sessions)} left`,
    found: (value: number) =>
      `${value < 0 ? 'Fewer' : 'More'} leave: ${percent(Math.abs(value))} of the visits.`,
    nothing: 'No difference that is more than luck.',
    early: (value: number) =>
      `Too early to say. ${value < 0 ? 'Fewer' : 'More'} leave so far, by ${percent(Math.abs(value))} of the visits, but who looks often sees such a difference now and then by luck.`,
    interval: (low: string, high: string) => `95 % interval of a single look: ${low} to ${high}`,
    anytime: (low: string, high: string) => `However often you look: ${low} to ${high}`,
    noFigure: (because: string) => `No figure: ${because}`,
    csv: {
      experiment: 'Experiment',
      state: 'State',
      step: 'Step',
      operation: 'Operation',
      arm: 'Arm',
      sessions: 'Visits',
      left: 'Left',
      troubled: 'Met an error',
      difference: 'Difference',
      low: 'at least',
      high: 'at most',
      anytimeLow: 'at least, however often looked at',
      anytimeHigh: 'at most, however often looked at',
    },
  },

  survey: {
    title: 'What people said',
    nowhere: 'of no known step',
    answers: (answers: number, quota: number | undefined) =>
      quota === undefined
        ? counted(answers, 'answer')
        : `${number.format(answers)} of at most ${counted(quota, 'answer')}`,
    mean: (mean: number) => `${mean.toFixed(1)} on average`,
    chose: (count: number, share: number) => `${number.format(count)} (${percent(share)})`,
    waited: (unhappy: number, happy: number) =>
      `Half of the unhappy had waited longer than ${ms(unhappy)}, half of the happy longer than ${ms(happy)}.`,
    troubled: (unhappy: string, happy: string) =>
      `An error had met ${unhappy} of the unhappy and ${happy} of the happy.`,
    tooFew: (unhappy: number, happy: number) =>
      `What they had waited is not said of ${number.format(unhappy)} unhappy and ${number.format(happy)} happy: too few.`,
    moreTexts: (count: number) => `and ${counted(count, 'more text')} in the CSV`,
    csv: {
      survey: 'Survey',
      question: 'Question',
      step: 'Step',
      what: 'What',
      value: 'Value',
      answers: 'Answers',
      text: 'Text',
      at: 'At',
      waitUnhappy: 'Median wait of the unhappy, ms',
      waitHappy: 'Median wait of the happy, ms',
    },
  },

  panel: {
    kind: 'Step',
    wait: 'Waited',
    half: 'Half waited less than',
    most: 'Three of four less than',
    almost: '95 of 100 less than',
    budget: 'Budget',
    over: 'Waited longer than that',
    apdex: 'Apdex',
    leftWaiting: 'Left while waiting',
    next: 'Until the next step',
    nextOf: (p50: number, p75: number) => `half within ${ms(p50)}, three of four within ${ms(p75)}`,
    later: 'Waited after it had loaded',
    laterTimes: 'Times somebody waited',
    patience: 'Still there while waiting',
    patienceAt: (stay: number, at: number) => `${percent(stay)} after ${ms(at)}`,
    patienceChart: (rows: string) => `Share still there, had nobody been answered: ${rows}`,
    shown: 'Saw instead',
    seenAs: (sessions: number, times: number) =>
      `${counted(sessions, 'visit')}, ${counted(times, 'time')}`,
    unseen: 'Only the answer is known, not what people saw.',
    undecided: 'Nobody has decided what is shown then.',
    errors: 'Errors on the page',
    calls: 'Calls',
    callsOf: (calls: number, failed: number) =>
      `${counted(calls, 'call')}, ${failed === 0 ? 'none failed' : `${number.format(failed)} failed`}`,
    critical: 'people wait for it',
    vitals: 'Vitals, p75',
    vital: { good: 'good', middling: 'needs work', poor: 'poor' },
    parts: 'Who',
    partOf: (wentOn: number, sessions: number) =>
      `${percent(wentOn / sessions)} of ${number.format(sessions)} went on`,
    advice: 'Advice for this step',
    states: 'Its states',
    blueprint: 'In the blueprint',
  },

  advice: {
    title: 'What to change',
    none: 'Nothing stands out that should be changed.',
    list: 'Advice, most gain first',
    kinds: {
      'over-fetch': 'Nobody reads it',
      waterfall: 'One after another',
      'repeated-calls': 'Asked again and again',
      'chatty-graphql': 'Chatty GraphQL',
      polling: 'Polling',
      'retry-storm': 'Retry storm',
      'uncached-repeat': 'Not cached',
      'missing-compression': 'Not compressed',
      'missing-pagination': 'Comes whole',
      'repeated-statement': 'Repeated statement',
      'slow-statement': 'Slow statement',
      'payload-growth': 'Grew',
      'contract-drift': 'Not in the contract',
      'undeclared-read': 'Read, not declared',
      'unread-need': 'Declared, not read',
      'missing-backend-spans': 'Backend is silent',
    } satisfies Record<AdviceKind, string>,
    steps: 'Felt on',
    place: 'Change it in',
    reference: 'Reference',
    gain: ({ ms: time, bytes: size, calls, times }: Gain) =>
      [
        ...(time === undefined ? [] : [ms(time)]),
        ...(size === undefined ? [] : [bytes(size)]),
        ...(calls === undefined ? [] : [counted(Math.round(calls), 'call')]),
      ].join(', ') || `seen ${counted(Math.round(times), 'time')}`,
    gains: 'saved each time',
    seen: (times: number) => `seen ${counted(Math.round(times), 'time')}`,
    csv: {
      kind: 'Advice',
      title: 'What',
      evidence: 'What was seen',
      change: 'What to do',
      ms: 'Gain, ms',
      bytes: 'Gain, bytes',
      calls: 'Gain, calls',
      times: 'Times seen',
      steps: 'Steps',
      place: 'Place',
    },
  },
} as const
