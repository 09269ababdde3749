import { counted } from '../../strings.ts'

/** What the flow of a journey says. */
export const words = {
  label: (title: string) => `Ways through ${title}`,
  instructions: {
    across:
      'Arrow right follows a way on, arrow left goes back along it, up and down go to the steps beside. Enter opens a step.',
    down: 'Arrow down follows a way on, arrow up goes back along it, left and right go to the steps beside. Enter opens a step.',
  },
  step: (number: number, title: string) => `${number}. ${title}`,
  missing: (count: number) => counted(count, 'gap'),
  unplanned: (count: number) => `${count} may be absent`,
  undecided: (count: number) => counted(count, 'undecided state', 'undecided states'),
  over: (ms: number) => `+${ms} ms`,
  fine: 'No gaps',
  noCalls: 'No calls',
  calls: (count: number) => counted(count, 'call'),
  ends: 'The journey ends here',
  away: (journey: string) => `in ${journey}`,
  edge: { or: 'or', back: 'back', skips: (count: number) => `skips ${count}` },
  /** What a step leads to, for those who do not see the lines. */
  on: (title: string) => `goes on to ${title}`,
  back: (title: string) => `goes back to ${title}`,
  legend: {
    label: 'Lines',
    said: 'As the file says',
    implied: 'The next one in the file',
    back: 'Back to an earlier step',
  },
  picture: (title: string) => `Flow of ${title}`,
} as const
