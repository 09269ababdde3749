import { counted } from '../../strings.ts'

/** What the states matrix says. */
export const words = {
  title: 'States',
  lead: 'What people see when the data is late, partial or gone. Play puts the mock server in that state.',
  grid: 'Steps and what people see when they go another way',
  instructions:
    'Arrow keys move between cells, Enter opens what is known about one, m plays it on the mock.',
  step: 'Step',
  decided: (decided: number, all: number) => ({ decided, rest: `of ${all} decided` }),
  decidedWords: (decided: number, all: number) => `${decided} of ${all} decided`,
  filter: 'Show',
  all: 'All',
  undecided: 'Not decided',
  journey: 'Journey',
  allJourneys: 'All journeys',
  play: 'Play',
  playOf: (label: string, step: string) => `Play ${label} on ${step}`,
  playing: 'On the mock',
  decide: 'Decide',
  decideOf: (label: string, step: string) => `Decide what people see: ${label} on ${step}`,
  undecidedHint: 'Say what people see then',
  inherited: 'App-wide pattern',
  cannot: 'Cannot happen',
  notAsked: 'Nobody has to decide',
  notAskedHint:
    'It can happen, as the step calls several operations. No rule of the workspace asks what people see then.',
  noCalls: 'No calls, so nothing can go another way',
  more: (count: number) => counted(count, 'more', 'more'),
  shown: (steps: number, undecided: number) =>
    `${counted(steps, 'step')} shown, ${undecided} not decided`,
  nothing: {
    undecided: 'Everything that can go another way is decided.',
    journey: (name: string) => `The workspace has no journey “${name}”.`,
  },
  clear: 'Show all steps',
  empty: {
    title: 'No steps yet',
    text: 'A row stands here for every step of a journey, with what people see while it loads, when it is empty and when it fails.',
    action: 'This drafts journeys from the contracts, and never overwrites a file:',
    command: 'throughline init',
  },
  csv: {
    journey: 'Journey',
    step: 'Step',
    screen: 'Screen',
    condition: 'Condition',
    meaning: 'In words',
    status: 'Status',
    show: 'What people see',
    recover: 'How they get on',
    test: 'Proved by',
    calls: 'Calls',
    scenario: 'Played by',
  },
  panel: {
    others: 'All ways into this cell',
    snippet: 'To write there',
    blueprint: 'On the blueprint',
    file: 'The step is written in',
    unsaid: 'Nobody has said what people see here.',
  },
} as const
