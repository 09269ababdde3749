/** What can be wrong with a state, and what each means. The names stand in reports and in baselines. */
export const stateChecks = {
  'not-shown': 'The state is played, and its `test` finds nothing that can be seen.',
  'endless-loading': 'It looks as if something were still coming, and nothing comes.',
  blank: 'There is nothing on the page at all.',
  frozen: 'The page no longer answers, or dies.',
  'script-error': 'A script of the page fails, and nobody catches it.',
  'wrong-success': 'The call failed, and the journey goes on as if it had not.',
  'always-shown': 'What `test` finds is there on a good day as well, so it proves nothing.',
  'retry-storm': 'The call is sent again and again.',
  unreachable: 'The browser cannot get to the screen, or cannot do what `via` says.',
  'not-called': 'The call is never made, so that nothing can go wrong with it.',
  'wrong-selector': '`test` is no selector that Playwright understands.',
  'taken-down': 'A call that no need of the screen depends on fails, and the screen goes with it.',
  'over-budget': 'With every answer within its budget, the screen is ready later than it promises.',
  'not-announced': 'The state appears outside of any live region, and nothing has the focus.',
  'focus-lost': 'The keyboard was on something before, and is nowhere now.',
  'retry-unreachable':
    'The journey promises to try again, and no such button is reached by keyboard.',
  accessibility: 'A rule of axe is broken in this state and not on a good day.',
  'no-test': 'The state has no `test`, so a browser cannot prove it.',
} as const

export type StateCheck = keyof typeof stateChecks

export interface StateFinding {
  readonly check: StateCheck
  /** `info` fails no run. */
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
}
