import { counted } from '../../strings.ts'

/** What the data page says. */
export const words = {
  title: 'Data',
  lead: 'Which classified data reaches which screen and person, why, and under which rule.',
  tabs: { label: 'What about the data', reach: 'Where it goes', freshness: 'Freshness' },
  classes: 'Classes of data',
  reach: (fields: number, screens: number) =>
    fields === 0
      ? 'In no contract'
      : `${counted(fields, 'field')}, ${screens === 0 ? 'on no screen' : `on ${counted(screens, 'screen')}`}`,
  unneededCount: (count: number) => `${count} for nobody`,
  brokenCount: (count: number) => counted(count, 'broken rule'),
  noRule: 'No rule is written down',
  notDeclared: 'No class of the policy takes it, so no rule holds',
  filter: 'Show',
  all: 'All',
  unneeded: 'For nobody',
  broken: 'Against a rule',
  persona: 'Person',
  allPersonas: 'All people',
  journey: 'Journey',
  allJourneys: 'All journeys',
  owner: 'Team',
  allOwners: 'All teams',
  find: 'Filter fields',
  clear: 'Show all data',
  asTable: 'Show as table',
  asMap: 'Show as lines',
  markdown: 'Record of processing (Markdown)',
  shown: (matching: number, total: number) =>
    matching === total
      ? `${counted(total, 'place')} where classified data travels`
      : `${matching} of ${counted(total, 'place')} where classified data travels`,
  first: (shown: number, matching: number) =>
    `The first ${shown} of ${matching}. Choose a class or a journey for the rest.`,
  firstRows: (shown: number, rows: number) =>
    `The first ${shown} of ${counted(rows, 'row')}. Export saves them all.`,
  more: (count: number) => `Show ${count} more`,
  sections: {
    unneeded: {
      title: 'Returned, but no screen needs it',
      text: 'These steps get the data all the same. Leave it out of the answer, or let a step say why it needs it.',
    },
    broken: {
      title: 'Where a rule is broken',
      text: 'The class must not be in such a place.',
    },
  },
  column: {
    field: 'Data',
    operation: 'Travels',
    step: 'Screen',
    persona: 'Person',
    why: 'Why',
  },
  way: {
    returned: (team?: string) => (team === undefined ? 'returned' : `returned by ${team}`),
    sent: (team?: string) => (team === undefined ? 'sent' : `sent to ${team}`),
    url: (team?: string) => (team === undefined ? 'in the URL' : `in the URL, to ${team}`),
    header: (team?: string) => (team === undefined ? 'in a header' : `in a header, to ${team}`),
  },
  nobody: 'No step sends or shows it',
  notNeeded: (several: boolean) => (several ? 'needs none of it' : 'does not need it'),
  noReason: 'Nobody wrote why',
  goal: 'for',
  breaks: 'Breaks the rule',
  problem: 'See the problem',
  masked: (how: string) => `masked: ${how}`,
  record: 'Record of processing',
  nothing: {
    unneeded: 'Every classified field that a step gets is needed by some screen.',
    broken: 'No rule is broken: every class stays where the policy lets it be.',
    found: 'No classified data fits this filter.',
  },
  empty: {
    title: 'No data is classified yet',
    text: 'Say in a contract what a field is, beside its type:',
    contract: 'x-data-classification: { category: PII, sensitivity: confidential }',
    or: 'Or name classes once for all contracts, with their rules, in policy.yaml:',
    policy:
      'classes:\n  personal:\n    contains: [email, phone]\n    rule: never in logs, never in a URL',
  },
  freshness: {
    lead: 'How old each answer may be on each screen: what the screen tolerates, what the policy and the contract say.',
    file: 'Freshness',
    find: 'Filter reads',
    clear: 'Show all reads',
    verdict: {
      stale: {
        title: 'Shown out of date',
        short: 'Out of date',
        text: 'The contract, or what the backend answers, lets it be kept for longer than the screen tolerates.',
      },
      unsaid: {
        title: 'Nobody has said how old',
        short: 'Nobody said',
        text: 'Say it under freshness in policy.yaml for all screens, or with maxAge of the call for this one.',
      },
      advice: {
        title: 'Could be better',
        short: 'Advice',
        text: 'It fits, and the screen could be faster or the backend spared.',
      },
      fits: {
        title: 'As it should be',
        short: 'Fits',
        text: 'Somebody has said how old it may be, and the contract does not say otherwise.',
      },
    },
    column: {
      step: 'Screen',
      operation: 'Reads',
      call: 'Screen tolerates',
      policy: 'Policy',
      contract: 'Contract',
      observed: 'Answers',
      advice: 'What to do',
    },
    asPolicy: 'as the policy',
    nothingSaid: 'says nothing',
    noAdvice: 'Nothing',
    notAsked: 'not asked',
    tested: {
      before: 'Answers are what',
      after: (when: string) => `said in the test of ${when}.`,
      none: 'What a real backend says about caching stands here after a test of it:',
      start: 'Test an environment',
    },
    andMore: (count: number) => ` and ${count} more`,
    shown: (matching: number, total: number) =>
      matching === total ? counted(total, 'read') : `${matching} of ${counted(total, 'read')}`,
    first: (shown: number, total: number) =>
      `The first ${shown} of ${total}. throughline freshness --format csv writes all.`,
    nothing: 'No read fits this filter.',
    empty: {
      title: 'No step reads anything yet',
      text: 'Name what a step calls, and how old its answer may be:',
      step: 'calls: [{ operation: store.getPrices, needs: [amount], maxAge: 60s }]',
    },
  },
} as const
