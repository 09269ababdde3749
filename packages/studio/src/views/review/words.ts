import type { ImpactSeverity, PromiseTo, ThreadState } from '@throughline/core'
import { counted } from '../../strings.ts'
import type { Verdict } from './review-address.ts'

const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** `24 Nov 2026, 10:15`; what is no date stays the text it is. */
function when(at: string, format: Intl.DateTimeFormat): string {
  const found = Date.parse(at)
  return Number.isNaN(found) ? at : format.format(found)
}

/** What the review and everything that people decide say. */
export const words = {
  title: 'Review',
  lead: 'What changes in the contracts and journeys, and what people will see of it.',
  tabs: { label: 'What to review', changes: 'Changes', proposals: 'Proposals' },
  day: (at: string) => when(at, date),
  moment: (at: string) => when(at, moment),
  plain: (count: number) => counted(count, '').trim(),

  base: {
    label: 'Compare with',
    branch: (revision: string) => `Where this branch left ${revision.replace(/\.{3}$/, '')}`,
    head: 'The last commit',
    before: 'The commit before it',
    other: 'Another version',
    otherHint: 'A branch, a tag or a commit',
    open: 'Compare',
    is: (by: string, day: string) => `${by}, ${day}`,
  },
  read: { label: 'Read as', words: 'Plain words', fields: 'Fields', raw: 'Raw' },

  verdict: {
    breaking: (screens: number) =>
      screens === 0 ? 'Something breaks' : `${counted(screens, 'screen')} would break`,
    warning: (screens: number) =>
      screens === 0
        ? 'Nothing breaks; some changes are worth a look'
        : `Nothing breaks; ${counted(screens, 'screen')} will look different`,
    info: 'Nothing breaks',
    none: 'Nothing differs',
  },
  figures: {
    label: 'The verdict',
    broken: 'Screens broken',
    degraded: 'Show less, or a surprise',
    helped: 'Get what they waited for',
    changes: 'Changes',
    accepted: (count: number) => `${counted(count, 'is', 'are')} accepted`,
    semver: {
      major: 'a major version',
      minor: 'a minor version',
      patch: 'a patch',
      none: 'no release',
    },
    asks: (version: string) => `Asks for ${version}`,
    decided: (decided: number, count: number) =>
      `The journeys decided ${decided} of ${counted(count, 'change')} that the contract alone cannot judge`,
  },
  filters: {
    label: 'Filter the changes',
    journey: 'Journey',
    team: 'Team',
    verdict: 'Effect',
    all: 'All',
    clear: 'Clear the filters',
    shown: (count: number, all: number) =>
      count === all ? counted(all, 'change') : `${count} of ${counted(all, 'change')}`,
    nothing: 'No change fits these filters.',
    left: (shown: number, all: number) =>
      `The worst ${shown} of ${counted(all, 'change')} are shown. \`throughline diff\` prints them all.`,
  },
  verdicts: {
    breaks: 'Breaks a screen',
    degrades: 'A fallback is shown',
    surprises: 'Nobody designed for it',
    helps: 'Helps a screen',
    none: 'No screen touched',
    accepted: 'Accepted',
  } satisfies Record<Verdict, string>,
  severity: {
    breaks: 'Breaks',
    degrades: 'Degrades',
    surprises: 'Surprises',
    helps: 'Helps',
  } satisfies Record<ImpactSeverity, string>,
  effect: {
    breaks: (screens: number) => `Breaks ${counted(screens, 'screen')}`,
    degrades: (screens: number) =>
      `${counted(screens, 'screen')} shows less`.replace(/screens shows/, 'screens show'),
    surprises: (screens: number) => `Not designed on ${counted(screens, 'screen')}`,
    helps: (screens: number) =>
      screens === 1 ? 'Closes a need' : `Helps ${counted(screens, 'screen')}`,
    breaking: 'Breaks others',
    warning: 'Worth a look',
    safe: 'Safe',
    accepted: 'Accepted',
  },
  journey: {
    walkedBy: (persona: string) => `walked by ${persona}`,
    owner: (owner: string) => `owned by ${owner}`,
    also: 'Also touched by',
    others: 'No screen is touched',
    othersLead: 'No journey here uses what these change.',
    acceptedTitle: 'Accepted for a while',
    marked: (kind: string, needs: readonly string[]) =>
      `Wireframe of a ${kind} screen${needs.length > 0 ? `; touched: ${needs.join(', ')}` : ''}`,
    screens: (title: string) => `Touched screens of ${title}`,
  },
  card: {
    open: 'Decide',
    openHint: (message: string) => `Decide about: ${message.replaceAll('`', '')}`,
    inWords: {
      breaks: (need: string | undefined) =>
        need === undefined
          ? 'stops working'
          : `needs “${need}” and says nothing about it being gone`,
      degrades: (need: string | undefined, fallback: string | undefined) =>
        `${need === undefined ? 'shows what was designed for it' : `does without “${need}”`}${fallback === undefined ? '' : `: “${fallback}”`}`,
      surprises: (need: string | undefined) =>
        need === undefined
          ? 'may get what nobody designed for'
          : `may get a “${need}” that nobody designed for`,
      helps: (need: string | undefined) =>
        need === undefined ? 'gets what it waited for' : `gets the “${need}” it waited for`,
    },
    client: (client: string) => `in ${client}, which is still supported`,
    moreSteps: (count: number) => `and ${counted(count, 'more step')}`,
    unused: 'No journey here uses it.',
    decidedBy: {
      journeys: 'The journeys decided this: the contract alone cannot tell.',
      contract: undefined,
    },
    was: 'Was',
    is: 'Is now',
    nothing: 'nothing',
    acceptedUntil: (day: string) => `Accepted until ${day}`,
    acceptedBy: (by: string) => `by ${by}`,
    where: 'Where',
    rule: 'Rule',
    promise: 'Promise',
    promises: {
      WIRE: 'running clients',
      SDK: 'generated code',
      UX: 'people in front of screens',
      DOCS: 'readers',
    } satisfies Record<PromiseTo, string>,
    owner: 'Owner',
    reach: 'Reaches',
    reached: (operations: number, fields: number, steps: number) =>
      [counted(operations, 'operation'), counted(fields, 'field'), counted(steps, 'step')].join(
        ', ',
      ),
    contract: 'The contract alone',
    classes: { breaking: 'breaking', depends: 'cannot tell', safe: 'safe' },
    moreFields: (count: number) => `and ${counted(count, 'more field')}`,
    noSource: 'It stands in no file on this side.',
    side: { before: 'Then', after: 'Now' },
  },
  panel: {
    kind: 'Change',
    way: 'A way that breaks nobody',
    ask: 'Ask for a compatible way',
    asked: 'Proposed: the old stays beside the new for now',
    seeProposal: 'See the proposal',
    planLoading: 'Looking for a way',
    noOverlay:
      'The old and the new can not stand side by side in one contract: the new one needs another name, path or version.',
    phases: { expand: 'First', migrate: 'Then', contract: 'Last' },
    keepTitle: (message: string) =>
      `Keep for now: ${message.replaceAll('`', '').replace(/\.$/, '')}`.slice(0, 200),
    accept: 'Accept it for a while',
    acceptLead:
      'The change stays. It is told apart until the day comes, and `throughline diff` passes.',
    reason: 'Why is it all right?',
    reasonHint: 'Somebody will ask in three months.',
    expires: 'Until',
    doAccept: 'Accept',
    acceptedIn: (file: string) => `Written to ${file}`,
    gone: 'This change is not there any more.',
    goneHint: 'The files have changed, or it is compared with another version.',
  },

  empty: {
    noGit: 'There is no earlier version yet',
    noGitHint:
      'A review compares the files with an earlier version in git. Commit the workspace once; from then on every change is shown here.',
    noGitCommand: 'git init && git add . && git commit -m "Start"',
    noRevision: 'There is no such version',
    back: 'Compare with the usual one',
    nothing: 'Nothing has changed',
    nothingSince: (subject: string) =>
      `The contracts and journeys say the same as in “${subject}”.`,
    nothingHint: 'Save a change, or compare with an older version.',
  },

  comments: {
    title: 'Comments',
    label: 'Comment',
    placeholder: 'Say what you think',
    send: 'Comment',
    sending: 'Sending',
    none: 'Nobody has said anything yet.',
    count: (count: number) => counted(count, 'comment'),
    named: (count: number) => (count === 1 ? 'comment' : 'comments'),
    resolve: 'Resolve',
    reopen: 'Open again',
    resolved: 'Resolved',
    failed: (detail: string) => `It was not written: ${detail}`,
    readOnly: 'The workspace is only shown: nothing can be said or decided here.',
    proposals: 'Proposed for this',
    threadPage: 'Open the thread',
    notCommitted: (detail: string) => `It is written, but not committed: ${detail}`,
    by: (by: string) => `As ${by}`,
    anonymous: 'Say who you are first',
  },
  said: {
    proposal: 'proposed it',
    newVersion: 'proposed a new version',
    comment: '',
    approve: (team: string) => `approved it for ${team}`,
    object: (team: string) => `asked ${team === '' ? '' : `for ${team} `}for a change`,
    decision: {
      approved: 'approved it',
      applied: 'applied it',
      declined: 'declined it',
      resolved: 'resolved it',
      reopened: 'opened it again',
    },
    stale: 'about an earlier version',
  },

  proposals: {
    lead: 'What somebody wants to change, who must agree, and what it does to screens.',
    state: 'Which proposals',
    states: {
      open: 'Not decided',
      applied: 'Applied',
      declined: 'Declined',
      all: 'All',
    },
    stateWords: {
      open: 'Open',
      approved: 'Approved',
      applied: 'Applied',
      declined: 'Declined',
      superseded: 'Superseded',
      resolved: 'Resolved',
    } satisfies Record<ThreadState, string>,
    list: 'Proposals',
    opened: (by: string, day: string) => `${by}, ${day}`,
    waitsFor: (teams: readonly string[]) => `Waits for ${teams.join(' and ')}`,
    toApply: 'Can be applied',
    comments: (count: number) => counted(count, 'comment'),
    screens: (count: number) =>
      count === 0 ? 'touches no screen' : `touches ${counted(count, 'screen')}`,
    none: 'Nothing is proposed',
    noneOf: 'No proposal is in this state',
    noneHint:
      'Open a missing need in a journey, in the needs or in the reference, and ask the owners for it: it becomes a proposal that everybody can look at.',
    seeGaps: 'See the missing fields',
    unknown: 'There is no such thread',
    unknownHint: 'It may have been removed, or the address is cut.',
    toList: 'All proposals',
  },
  proposal: {
    by: (by: string) => by,
    on: 'About',
    versions: (count: number) => `version ${count}`,
    problem: 'It can not be applied as the files are now',
    changes: 'What it changes',
    noChanges: 'It changes nothing that a consumer sees.',
    actions: 'Field by field',
    does: { update: 'Adds or changes', copy: 'Copies', remove: 'Removes' },
    edits: 'Edits of journeys',
    raw: 'As it is written',
    screens: 'Screens that it touches',
    noScreens: 'It touches no screen.',
    signOff: 'Sign-off',
    signed: (given: number, all: number) => `${given} of ${all}`,
    noTeam: 'No team owns what it touches: one approval is enough.',
    because: (because: readonly string[]) => `for ${because.join(', ')}`,
    status: {
      waiting: 'Waiting',
      approved: 'Approved',
      objected: 'Asked for a change',
      stale: 'Signed an earlier version',
    },
    yourTurn: 'Your turn',
    why: 'Say why, so others can follow',
    team: 'Sign for',
    approve: 'Approve',
    object: 'Ask for a change',
    decline: 'Decline',
    declineTitle: 'Decline the proposal?',
    declineText: 'Everybody sees who declined it and why. It can be opened again.',
    declineYes: 'Decline it',
    apply: 'Apply',
    applyTitle: 'Write it into the files?',
    applyText: 'The contract is changed where it stands; its comments and layout stay.',
    applyYes: 'Write it',
    no: 'Leave it',
    reopen: 'Open again',
    applied: 'It is written into the files.',
    try: 'Try it on the mock',
    tryLead: 'The mock answers as if it were merged, for whoever sends this header.',
    tryNow: (operation: string) => `Ask ${operation}`,
    tryFailed: (detail: string) => `The mock was not asked: ${detail}`,
    answered: (status: number) => `It answered ${status}`,
    thread: 'What was said',
  },
  propose: {
    button: (owner: string | undefined) =>
      owner === undefined ? 'Propose this field' : `Ask ${owner} for it`,
    title: (field: string) => `Propose “${field}”`,
    lead: 'It becomes a change of the contract that everybody can look at, try on the mock and sign.',
    name: 'What is proposed',
    why: 'Why is it needed?',
    guessed: 'What was guessed',
    change: 'The change of the contract',
    send: 'Propose it',
    loading: 'Writing a draft',
    done: 'Proposed',
    see: 'See the proposal',
    already: 'Proposed already',
  },
  me: {
    title: 'Who are you?',
    lead: 'Your name stands beside what you say. Your team decides what waits for you. Kept on this machine.',
    name: 'Name',
    nameHint: (person: string) => `Without one you speak as ${person}, whom git knows.`,
    nameHintNobody: 'A name and an e-mail address, as in git: Ada Lovelace <ada@example.com>',
    team: 'Team',
    noTeam: 'All teams that I am a member of',
    save: 'Remember',
    cancel: 'Cancel',
    you: (name: string) => `You are ${name}`,
    nobody: 'Say who you are',
    forTeam: (team: string) => `for ${team}`,
  },
  waiting: {
    title: 'What waits for you',
    all: 'All proposals',
    sign: 'To sign',
    apply: 'To apply',
    answer: 'To answer',
    nothing: 'Nothing waits for you.',
    nothingHint:
      'Proposals that your team must sign, and questions about your journeys, stand here.',
    noTeam: 'Say which team you belong to, and what waits for it stands here.',
    counts: (count: number) => `waiting for you: ${count}`,
  },
  history: {
    title: 'History',
    lead: 'What commits changed here, the newest first.',
    now: 'Not committed yet',
    nowHint: 'in the files on the disk',
    begins: 'It begins here',
    none: 'Nothing has changed since it began.',
    noneSo: (count: number) => `None of the last ${counted(count, 'commit')} changed it.`,
    more: (count: number) => `and ${counted(count, 'more change')}`,
    older: 'Look further back',
    looked: (count: number) => `${counted(count, 'commit')} that touched its files were compared.`,
    compare: 'Review since then',
    steps: (steps: readonly string[]) => `touches ${steps.join(', ')}`,
    noGit: 'There is no git history here.',
    noGitHint: 'Commit the workspace once: from then on, what changes stands here.',
    levels: { breaking: 'Breaks', warning: 'Worth a look', info: 'Safe' },
  },
} as const
