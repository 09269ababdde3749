const number = new Intl.NumberFormat('en')
const counted = (count: number, one: string, many = `${one}s`): string =>
  `${number.format(count)} ${count === 1 ? one : many}`

/** What the page of problems says. */
export const words = {
  title: 'Problems',
  lead: (total: number) => `${counted(total, 'problem')}, by who can mend them.`,
  leadClean: 'What the files and the contracts do not agree on.',
  filter: 'Filter problems',
  filters: 'Filters',
  all: 'All',
  clear: 'Show all',
  shown: (count: number, total: number) =>
    count === total
      ? counted(total, 'problem')
      : `${number.format(count)} of ${counted(total, 'problem')}`,
  first: (shown: number, total: number) =>
    `The first ${number.format(shown)} of ${number.format(total)}. Mend some, and the rest follows.`,
  facets: { side: 'Whose mend', severity: 'How bad', owner: 'Team', code: 'Rule' },
  sides: { ux: 'UX', backend: 'Backend', both: 'Both' },
  sideLead: {
    ux: 'A journey has to say something',
    backend: 'A contract has to give something',
    both: 'To be agreed between the two',
  },
  severities: { error: 'Errors', warning: 'Warnings', info: 'Notes' },
  nobody: 'Nobody yet',
  mend: 'A mend',
  related: 'See also',
  rule: 'The rule',
  examples: 'A wrong and a right example',
  show: 'Show it in the studio',
  more: (count: number) => counted(count, 'more problem'),
  nothing: 'No problem fits this filter.',
  clean: {
    title: 'Nothing to mend',
    text: 'All files link, and every rule holds. Waived problems are not counted.',
  },
  plain: (value: number) => number.format(value),
} as const
