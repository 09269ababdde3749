import { counted } from '../../strings.ts'

const number = new Intl.NumberFormat('en')
const moment = new Intl.DateTimeFormat('en', {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** What the tests page says. */
export const words = {
  title: 'Tests',
  lead: 'Whether a running backend keeps what the contracts promise, and which steps suffer where it does not.',
  start: {
    title: 'Start a run',
    target: 'Backend',
    mock: 'The mock',
    phases: 'Phases',
    phaseHints: {
      examples: 'What the contract shows, and what lists say that there is',
      coverage: 'Each parameter and property inside and beyond its bounds',
      identities: 'Without credentials, and with wrong ones',
      stateful: 'The life of a thing: made, read, changed, deleted',
      journeys: 'The calls of each step in order, budgets, what a browser may',
      graphql: 'Queries for each field, and the documents of the UI',
      fuzz: 'Generated requests, one in three wrong in one place',
    } satisfies Record<string, string> as Readonly<Record<string, string>>,
    writes: 'Send what changes data, too',
    always: 'A run on the mock has a world of its own: nothing it makes is seen elsewhere.',
    readsOnly: 'Only what reads is sent.',
    writesToo: 'Things are made, changed and deleted there.',
    production: (target: string) =>
      `Looks like production: from here it is only read. For everything: throughline test --target ${target} --allow-writes`,
    button: 'Start',
    failed: (detail: string) => `No run was started: ${detail}`,
    readOnly:
      'This studio only shows. Start throughline dev without --read-only to run tests here.',
    noPhase: 'Choose at least one phase.',
  },
  running: {
    title: (target: string) => `Asking ${target === 'mock' ? 'the mock' : target}`,
    stop: 'Stop',
    stopping: 'Stopping',
    part: 'How far the run is',
    figures: (cases: number, rate: number) =>
      `${counted(cases, 'case')}, ${number.format(rate)} a second`,
    findings: (count: number) => counted(count, 'finding'),
    left: (seconds: number) =>
      seconds < 90 ? `about ${seconds} s to go` : `about ${Math.ceil(seconds / 60)} min to go`,
    failed: (detail: string) => `The run goes on: ${detail}`,
    nothingYet: 'Nothing found until now.',
    coverage: 'What was reached is counted when the run ends.',
  },
  empty: {
    title: 'Nothing has been tested yet',
    text: 'Start a run above. On the command line this does the same, and its runs show here as well:',
    command: 'throughline test --target http://localhost:8080',
  },
  runs: {
    title: 'Runs',
    label: 'The newest twenty runs, newest first',
    now: 'Now',
    by: { studio: 'in the studio', cli: 'on the command line' },
    clean: 'nothing found',
    problems: (count: number) => counted(count, 'finding'),
    outcome: { running: 'running', done: '', stopped: 'stopped', ended: 'ended early' },
  },
  run: {
    at: (iso: string) => moment.format(new Date(iso)),
    target: (target: string) => (target === 'mock' ? 'The mock' : target),
    took: (ms: number) =>
      ms < 1000
        ? `${ms} ms`
        : ms < 90_000
          ? `${(ms / 1000).toFixed(1)} s`
          : `${Math.round(ms / 60_000)} min`,
    cases: (cases: number) => counted(cases, 'case'),
    reads: 'only what reads',
    narrowed: (how: string) => `narrowed by ${how}`,
    gone: 'This run is not kept any more',
    goneHint: 'The newest twenty are kept.',
    newest: 'Open the newest',
    stopped: {
      title: 'Stopped before everything was asked',
      text: 'What is not found in it says nothing.',
    },
    ended: {
      title: 'It ended early',
      text: 'Is it running, and is this its address? Environments stand under apis in throughline.yaml.',
    },
    leftOut: (names: string) =>
      `Not asked, because they look as if they ended sessions or data: ${names}.`,
  },
  tabs: { label: 'What of it', findings: 'Findings', coverage: 'Coverage by journey' },
  show: {
    label: 'Which findings',
    all: 'All',
    new: 'New',
    gone: 'Gone',
    find: 'Filter findings',
    clear: 'Show all',
    nothing: 'No finding fits this filter.',
    onlyStep: (step: string) => `Only what hurts ${step}`,
    compared: (iso: string) => `Compared with the run of ${moment.format(new Date(iso))}.`,
    first: 'No run before asked the same, so nothing is called new.',
    status: (count: number, all: number) =>
      count === all ? counted(all, 'finding') : `${count} of ${counted(all, 'finding')}`,
  },
  clean: {
    title: 'Nothing was found',
    text: (cases: number, tested: number, total: number) =>
      `${counted(cases, 'case')} on ${number.format(tested)} of ${counted(total, 'operation')}. What was not reached stands under the coverage.`,
  },
  finding: {
    new: 'new',
    gone: 'gone',
    times: (count: number) => (count === 1 ? 'once' : `${number.format(count)} times`),
    hurts: 'Hurts',
    noStep: 'No step needs it',
    operation: 'Operation',
    check: 'Check',
    where: 'Where',
    answered: 'Answered with',
    count: 'Met',
    again: 'Send it again',
    curl: 'The command that shows it',
    copy: 'Copy the command',
  },
  coverage: {
    parts: {
      operations: 'Operations',
      needs: 'Needs',
      statuses: 'Statuses',
      states: 'Unhappy paths',
    },
    whole: 'Everything',
    of: (reached: number, total: number) => `${number.format(reached)} of ${number.format(total)}`,
    none: 'none',
    missing: (count: number) => `${number.format(count)} not reached`,
    all: 'All reached',
    before: 'reached before',
    list: 'What each journey promises, and what of it was reached',
  },
} as const
