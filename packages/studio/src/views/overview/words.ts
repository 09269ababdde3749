const number = new Intl.NumberFormat('en')
const counted = (count: number, one: string, many = `${one}s`): string =>
  `${number.format(count)} ${count === 1 ? one : many}`

/** What the overview says. */
export const words = {
  title: 'Overview',
  lead: (journeys: number, steps: number, operations: number, apis: number) =>
    `${counted(journeys, 'journey')} of ${counted(steps, 'step')}, served by ${counted(operations, 'operation')} of ${counted(apis, 'contract')}.`,
  leadBare: (operations: number, apis: number) =>
    `${counted(operations, 'operation')} of ${counted(apis, 'contract')}, no journeys yet.`,
  leadNothing: 'The workspace has neither contracts nor journeys yet.',
  plain: (value: number) => number.format(value),
  open: 'What is still open',
  gaps: 'Missing fields',
  gapsHint: (count: number) =>
    count === 0 ? 'Every need is in a contract' : 'needed on a screen, in no contract',
  undecided: 'Undecided states',
  undecidedHint: (count: number) =>
    count === 0 ? 'Every unhappy path is designed' : 'nobody has said what people see',
  overBudget: 'Over budget',
  overBudgetHint: (count: number) =>
    count === 0
      ? 'Every promise can be kept'
      : count === 1
        ? 'step promises less time than its calls'
        : 'steps promise less time than their calls',
  unowned: 'Without an owner',
  unownedHint: (count: number) =>
    count === 0 ? 'Everything has a team' : 'APIs and journeys that no team has',
  journeys: 'Journeys',
  allJourneys: 'All journeys',
  noGaps: 'No gaps',
  gap: (count: number) => counted(count, 'gap'),
  steps: (count: number) => counted(count, 'step'),
  stationGap: 'this step has a gap',
  apis: 'APIs',
  allOperations: 'All operations',
  operations: (count: number) => counted(count, 'operation'),
  called: (count: number) =>
    count === 0 ? 'no step calls it yet' : `${counted(count, 'operation')} called by steps`,
  lacking: (count: number) => `${number.format(count)} missing`,
  owner: (team: string) => `owned by ${team}`,
  nobody: 'owned by nobody',
  more: (count: number) => `and ${counted(count, 'more group', 'more groups')}`,
  mock: 'On the mock',
  mockNormal: 'Everything answers normally.',
  mockHint: 'Every operation answers as its contract says. Play a state from a journey to see it.',
  mockUrl: 'Answers at',
  problems: 'Problems',
  allProblems: 'All problems',
  noProblems: 'Nothing to mend',
  noProblemsHint: 'All files link, and every rule holds.',
  errors: (count: number) => counted(count, 'error'),
  warnings: (count: number) => counted(count, 'warning'),
  notes: (count: number) => counted(count, 'note'),
  start: {
    title: 'Say what people do with it',
    text: 'A journey says which steps people take and which fields each screen needs. Throughline then says what the contract lacks. This drafts one journey for each tag of the contract, and never overwrites a file:',
    command: 'throughline init',
    after: 'The page fills by itself as soon as the files are saved.',
  },
} as const
