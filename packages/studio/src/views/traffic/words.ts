import { counted } from '../../strings.ts'

const number = new Intl.NumberFormat('en')

/** What the traffic page says. */
export const words = {
  title: 'Traffic',
  lead: 'What is asked of the mock, as it is asked: by which step, how it was answered and why.',
  find: 'Filter calls',
  filter: 'Which calls',
  all: 'All',
  problems: 'Went wrong',
  unplanned: 'In no journey',
  pause: 'Pause',
  resume: 'Go on',
  from: 'Whose calls',
  mock: 'Of the mock',
  visits: 'Of real visits',
  visit: {
    lead: 'What real visits do, as it comes in: each call and page with its step.',
    live: 'What is new shows within seconds.',
    list: 'What visits did, the youngest first',
    shown: (count: number, all: number) =>
      count === all
        ? `${counted(all, 'event')} of the last hour`
        : `${number.format(count)} of ${counted(all, 'event')} of the last hour`,
    nothing: 'Nothing of the last hour fits this filter.',
    title: 'Nobody was seen within the last hour',
    text: 'Put this line into your pages, and open one. Backends that speak OpenTelemetry send their traces to the same address.',
    kinds: {
      view: 'Came to the page',
      call: 'Called',
      error: 'Error on the page',
      state: 'Saw',
      click: 'Clicked in vain',
      leave: 'Left',
      survey: 'Answered',
    },
    backend: (service: string | undefined) =>
      service === undefined ? 'the backend says' : `${service} says`,
    outcomes: {
      ok: 'answered',
      error: 'failed',
      aborted: 'given up by the page',
      pending: 'left before the answer',
      timeout: 'no answer in time',
    } as Readonly<Record<string, string>>,
    noStep: 'On no step',
  },
  paused: 'Paused: new calls wait.',
  live: 'New calls show at once.',
  clear: 'Clear',
  clearFailed: (detail: string) => `Nothing was cleared: ${detail}`,
  showAll: 'Show all',
  shown: (count: number, all: number) =>
    count === all ? counted(all, 'call') : `${number.format(count)} of ${counted(all, 'call')}`,
  first: (count: number) => `The last ${number.format(count)} calls. The mock remembers no more.`,
  nothing: 'No call fits this filter.',
  list: 'Calls, the youngest first',
  noStep: 'No step calls this',
  noOperation: 'No operation answers',
  others: (count: number) => `and ${counted(count, 'other step')}`,
  ms: (ms: number) =>
    ms >= 1000
      ? `${(ms / 1000).toFixed(1)} s`
      : `${number.format(ms < 10 ? ms : Math.round(ms))} ms`,
  never: 'never',
  faults: { timeout: 'Timeout', reset: 'Cut', truncate: 'Cut short' },
  empty: {
    title: 'Nothing has been asked yet',
    text: 'Open your app on the mock, or try an operation in the reference. Each call shows here with the step it belongs to and why it was answered as it was.',
    try: 'Or send one from a terminal:',
    openApp: 'Open the app',
  },
  panel: {
    operation: 'Operation',
    steps: 'Called by',
    when: 'When',
    session: 'Session',
    everybody: 'the one that everybody shares',
    took: 'Took',
    delay: (ms: string) => `${ms} of it the scenario wanted`,
    decided: 'What decided the answer',
    notTaken: 'What was not taken',
    request: 'Request',
    response: 'Answer',
    violations: 'How the request breaks the contract',
    valid: 'The request keeps the contract.',
    notChecked: 'The answer did not depend on the request.',
    nearest: 'Nearest operations',
    bytes: (count: number) => `${number.format(count)} bytes`,
    headers: 'Headers',
    body: 'Body',
    noBody: 'No body.',
    again: 'The same answer again',
    portable: 'From any mock of the same files. The token stands for everything that was decided.',
    notPortable: 'As long as this mock remembers it: the answer is too long for a token.',
    copyCurl: 'Copy the command',
    curl: 'Command that gives the same answer again',
    gone: 'Nobody remembers this call any more',
    goneHint: 'The mock remembers its last 1,000 calls, until it ends or somebody clears them.',
  },
} as const
