import type { Command } from './command.ts'

/** Every command, in the order of `throughline --help`. Each is loaded only when it is asked for. */
export const commands: Readonly<
  Record<
    string,
    {
      readonly summary: string
      readonly load: () => Promise<Command>
      /** Commands of two words: `throughline test ui`. */
      readonly under?: Readonly<Record<string, () => Promise<Command>>>
    }
  >
> = {
  dev: {
    summary: 'Studio, mock and app, following your files: the daily command',
    load: async () => (await import('./commands/dev.ts')).dev,
  },
  init: {
    summary: 'Write a workspace from a contract',
    load: async () => (await import('./commands/init.ts')).init,
  },
  check: {
    summary: 'Link everything and print what is wrong',
    load: async () => (await import('./commands/check.ts')).check,
  },
  diff: {
    summary: 'What changed in contracts and journeys, and which steps it breaks',
    load: async () => (await import('./commands/diff.ts')).diff,
  },
  test: {
    summary: 'Whether a running backend keeps the contracts, and which steps suffer where not',
    load: async () => (await import('./commands/test.ts')).test,
    under: { ui: async () => (await import('./commands/test-ui.ts')).testUi },
  },
  audit: {
    summary: 'What people see on each screen of a running app when each of its calls fails',
    load: async () => (await import('./commands/audit.ts')).audit,
  },
  discover: {
    summary: 'Contracts, journeys and needs from what a running app calls and reads',
    load: async () => (await import('./commands/discover.ts')).discover,
  },
  monitor: {
    summary: 'Try journeys on a schedule, and tell somebody when they fail',
    load: async () => (await import('./commands/monitor.ts')).monitor,
  },
  report: {
    summary: 'What really happened on the journeys: waits, drop-off, errors, and what to change',
    load: async () => (await import('./commands/report.ts')).report,
  },
  mock: {
    summary: 'Serve every operation of a contract or workspace',
    load: async () => (await import('./commands/mock.ts')).mock,
  },
  docs: {
    summary: 'The living documentation: a site, one file, Markdown, or published where people read',
    load: async () => (await import('./commands/docs.ts')).docs,
  },
  lineage: {
    summary: 'Which classified data reaches which screen and person, why, under which rule',
    load: async () => (await import('./commands/lineage.ts')).lineage,
  },
  freshness: {
    summary: 'How old each answer may be on each screen: tolerated, promised and seen',
    load: async () => (await import('./commands/freshness.ts')).freshness,
  },
  import: {
    summary: "Take in another tool's mocks, requests, recordings and examples",
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  export: {
    summary: 'Write the mock, or the requests of tests, down for another tool',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  comment: {
    summary: 'Put a report on the pull request that a CI job runs for',
    load: async () => (await import('./commands/comment.ts')).comment,
  },
  propose: {
    summary: 'Propose a change of a contract to those who own it',
    load: async () => (await import('./commands/propose.ts')).propose,
  },
  decide: {
    summary: 'Look at what is proposed, sign it, apply it',
    load: async () => (await import('./commands/decide.ts')).decide,
  },
  agenda: {
    summary: 'The workshop page: open gaps, decisions that wait, what changed',
    load: async () => (await import('./commands/agenda.ts')).agenda,
  },
  explain: {
    summary: 'What a diagnostic means, with an example',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  completion: {
    summary: 'Completion for bash, zsh or fish',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
}
