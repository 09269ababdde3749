import type { Fault } from './fault.ts'
import type { Seen, Visited } from './visit.ts'

export const goodVerdicts = ['message', 'fallback', 'redirect', 'unchanged'] as const
export const badVerdicts = [
  'blank',
  'white page',
  'endless loading',
  'garbage',
  'silent',
  'wrong success',
  'retry storm',
  'frozen',
] as const

/** What somebody gets when a call goes wrong. */
export type Verdict = (typeof goodVerdicts)[number] | (typeof badVerdicts)[number]

export interface Judgement {
  readonly verdict: Verdict
  /** Why, as a sentence for somebody who does not read code. */
  readonly why: string
  /** The words that people read then, where there are any. */
  readonly said?: string
}

/** The screen on a good day: two renders, and what differs between them is noise. */
export interface Healthy {
  readonly sight: Seen
  readonly noise: ReadonlySet<string>
  readonly calls: ReadonlyMap<string, number>
}

export function isBad(verdict: Verdict): boolean {
  return (badVerdicts as readonly string[]).includes(verdict)
}

/** What differs between two renders of a healthy screen: clocks, banners in turn, random numbers. */
export function noiseOf(first: Seen, second: Seen): ReadonlySet<string> {
  const [a, b] = [new Set(first.tree), new Set(second.tree)]
  return new Set(
    [
      ...first.tree.filter((line) => !b.has(line)),
      ...second.tree.filter((line) => !a.has(line)),
    ].map(shape),
  )
}

/** Judges one cell by what can be perceived; `call` is the name of the call that went wrong. */
export function judge(call: string, fault: Fault, healthy: Healthy, visited: Visited): Judgement {
  const { sight, end } = visited
  if (end === 'crashed')
    return { verdict: 'frozen', why: 'The page crashes: the browser shows that it died.' }
  if (end === 'unanswered')
    return {
      verdict: 'endless loading',
      why: `The server waits as long as the call does: after ${Math.round(visited.waited / 1_000)} s people still have no page.`,
    }
  if (end === 'unreachable')
    return {
      verdict: 'white page',
      why: 'There is no page at all: the browser says that nobody answers.',
    }
  if (sight === undefined)
    return { verdict: 'frozen', why: 'The page no longer answers: nothing can be clicked.' }
  const asked = visited.calls.get(call) ?? 0
  const usual = healthy.calls.get(call) ?? 1
  if (visited.loads > 5)
    return { verdict: 'retry storm', why: 'The page loads itself again and again.' }
  if (asked > usual * 6 + 8)
    return {
      verdict: 'retry storm',
      why: `The call is sent ${asked} times instead of ${usual === 1 ? 'once' : `${usual} times`}: many people at once would take down what is already ill.`,
    }
  const stored = sight.stored.find(
    (one) =>
      /=("?)(null|undefined|NaN|\[object \w+\])\1$/.test(one) &&
      !healthy.sight.stored.includes(one),
  )
  if (stored !== undefined)
    return {
      verdict: 'wrong success',
      why: `It goes on as if all were well, and keeps \`${stored.split('=')[0]}\` without a value.`,
    }
  if (visited.left !== undefined)
    return { verdict: 'redirect', why: `People are sent to ${new URL(visited.left).origin}.` }
  const judged = judgeSight(fault, healthy, visited, sight)
  const [thrown] = visited.errors
  return isBad(judged.verdict) && thrown !== undefined
    ? { ...judged, why: `${judged.why} Its script failed: “${thrown}”.` }
    : judged
}

/** Whether nothing better or worse can come by waiting. */
export function isFinal(fault: Fault, healthy: Healthy, sight: Seen): boolean {
  const { lost, gained } = difference(healthy, sight)
  if (sight.busy.length > healthy.sight.busy.length) return false
  if (lost.length === 0 && gained.length === 0) return true
  return explanation(fault, healthy, sight, gained) !== undefined
}

function judgeSight(
  fault: Fault,
  healthy: Healthy,
  { dialogs, waiting, waited }: Visited,
  sight: Seen,
): Judgement {
  const { lost, gained } = difference(healthy, sight)
  const late = sight.after >= 1_000 ? `, within ${Math.round(sight.after / 1_000)} s` : ''
  if (sight.text === '' && !sight.picture && dialogs.length === 0)
    return { verdict: 'white page', why: 'The page is white: there is nothing on it at all.' }
  if (barePhrase.test(sight.text))
    return {
      verdict: 'garbage',
      why: `People read an error as programs say it, and nothing else: “${cut(sight.text)}”.`,
    }
  const gainedWords = gainedLines(healthy, sight, gained)
  const junk = [...gainedWords, ...dialogs].flatMap((line) => garbageIn(line, fault) ?? [])[0]
  if (junk !== undefined)
    return { verdict: 'garbage', why: `People read ${junk.what}: “${cut(junk.line)}”.` }
  if (sight.wide && !healthy.sight.wide)
    return { verdict: 'garbage', why: 'The page becomes much wider than its window.' }
  if (pathOf(sight.url) !== pathOf(healthy.sight.url))
    return { verdict: 'redirect', why: `People are led to ${pathOf(sight.url)}${late}.` }
  const failing = !mild.has(fault.kind)
  const success = gainedWords.find((line) => successWords.test(line) && !apology.test(line))
  if (failing && success !== undefined)
    return { verdict: 'wrong success', why: `It says that all went well: “${cut(success)}”.` }
  const said = dialogs[0] ?? explanation(fault, healthy, sight, gained)
  if (said !== undefined)
    return {
      verdict: 'message',
      why: `People are told${late}: “${cut(said)}”.`,
      said: lineOf(said, sight),
    }
  if (isLoading(healthy, sight, gained))
    return {
      verdict: 'endless loading',
      why: `After ${Math.round(waited / 1_000)} s it still looks as if something were coming${sight.busy[0] === undefined ? '' : ` (${sight.busy[0]})`}.`,
    }
  if (waiting !== undefined && lost.length === 0) {
    const meanwhile = difference(healthy, waiting)
    const told =
      meanwhile.lost.length === 0 ||
      waiting.busy.length > 0 ||
      isLoading(healthy, waiting, meanwhile.gained) ||
      waiting.live.length > 0
    return told
      ? { verdict: 'unchanged', why: 'It says that something is coming, and then it comes.' }
      : {
          verdict: 'silent',
          why: 'For 3 s nothing says that something is still coming; it looks finished.',
        }
  }
  if (lost.length === 0 && gained.length === 0)
    return {
      verdict: 'unchanged',
      why: 'The screen is as on a good day: it does not depend on this.',
    }
  const nothing = gainedWords.find((line) => emptyWords.test(line))
  if (failing && nothing !== undefined)
    return {
      verdict: 'silent',
      why: `It says that there is nothing (“${cut(nothing)}”), ${changed.has(fault.kind) ? 'though there is something' : 'though nobody knows: the call failed'}.`,
    }
  const kept = keptShare(healthy, lost)
  if (large.has(fault.kind) && gained.length > 0)
    return { verdict: 'unchanged', why: 'It shows what it was given, and stays readable.' }
  const zero = gainedWords.find((line) => zeroes.test(line))
  if (failing && zero !== undefined && !healthy.sight.lines.some((line) => zeroes.test(line)))
    return { verdict: 'garbage', why: `People read a zero that nobody gave: “${cut(zero)}”.` }
  if (gainedWords.length > 0 && gained.some(isContent))
    return {
      verdict: 'fallback',
      why: `Something else stands there instead${late}: “${cut(gainedWords[0]!)}”.`,
    }
  if (without.has(fault.kind) && kept >= 0.5)
    return { verdict: 'fallback', why: 'What is missing is left out; all else stays.' }
  if (kept < 0.5)
    return {
      verdict: 'blank',
      why: `Most of the screen is missing (“${cut(wordsOf(lost.find(isContent) ?? lost[0] ?? ''))}” and more), and nobody says why.`,
    }
  return lost.length === 0
    ? { verdict: 'unchanged', why: 'All that people see on a good day is there.' }
    : {
        verdict: 'silent',
        why: `A part is missing without a word: “${cut(wordsOf(lost.find(isContent) ?? lost[0]!))}”.`,
      }
}

function difference(
  { sight: good, noise }: Healthy,
  sight: Seen,
): { readonly lost: readonly string[]; readonly gained: readonly string[] } {
  const [before, now] = [new Set(good.tree), new Set(sight.tree)]
  const matters = (line: string): boolean => isContent(line) && !noise.has(shape(line))
  return {
    lost: good.tree.filter((line) => !now.has(line) && matters(line)),
    gained: sight.tree.filter((line) => !before.has(line) && matters(line)),
  }
}

/** Lines of text that were not there on a good day. */
function gainedLines(
  { sight: good }: Healthy,
  sight: Seen,
  gained: readonly string[],
): readonly string[] {
  const before = new Set(good.lines)
  const lines = sight.lines.filter((line) => !before.has(line))
  return lines.length > 0 || gained.length === 0 ? lines : gained.map(wordsOf)
}

/** A line of the tree that says something: `list:` alone does not. */
function isContent(line: string): boolean {
  return /"|:\s*\S/.test(line)
}

function wordsOf(line: string): string {
  const named = /^[\w-]+ "((?:[^"\\]|\\.)*)"/.exec(line)?.[1]
  const after = /:\s+(.+)$/.exec(line)?.[1]
  return (after ?? named ?? line).replace(/^["']|["']$/g, '')
}

function shape(line: string): string {
  return line.replace(/\d+/g, '#')
}

function keptShare({ sight }: Healthy, lost: readonly string[]): number {
  const size = (lines: readonly string[]): number =>
    lines.filter(isContent).reduce((sum, line) => sum + wordsOf(line).length, 0)
  const all = size(sight.tree)
  return all === 0 ? 1 : 1 - size(lost) / all
}

function isLoading({ sight: good }: Healthy, sight: Seen, gained: readonly string[]): boolean {
  if (sight.busy.length > good.busy.length) return true
  return gained.some((line) => loadingWords.test(wordsOf(line)))
}

/** The words that tell somebody what happened: a new alert or status, an apology, a way to try again. */
function explanation(
  fault: Fault,
  { sight: good }: Healthy,
  sight: Seen,
  gained: readonly string[],
): string | undefined {
  const before = new Set(good.live.map(({ text }) => text))
  const live = sight.live.find(
    ({ role, text }) =>
      !before.has(text) &&
      !loadingWords.test(text) &&
      !successWords.test(text) &&
      (apology.test(text) || !emptyWords.test(text) || fault.kind === 'empty-list') &&
      (role === 'alert' || role.includes('dialog') || !/^\d*\s*\w*$/.test(text)),
  )
  if (live !== undefined) return live.text
  const lines = gainedLines({ sight: good, noise: new Set(), calls: new Map() }, sight, gained)
  const apologised = lines.find((line) => apology.test(line))
  if (apologised !== undefined) return apologised
  if (fault.kind === 'empty-list' || fault.kind === '404') {
    const nothing = lines.find((line) => emptyWords.test(line))
    if (
      nothing !== undefined &&
      (fault.kind === 'empty-list' || /not found|no longer/i.test(nothing))
    )
      return nothing
  }
  if (fault.kind === '401') {
    const signIn = lines.find((line) => /\b(sign|log) ?in\b|anmelden|connexion/i.test(line))
    if (signIn !== undefined) return signIn
  }
  const again = gained.find((line) => /^(button|link) /.test(line) && retryWords.test(line))
  return again === undefined ? undefined : wordsOf(again)
}

/** Nothing has failed: what the screen says of it may be as on any day. */
const mild: ReadonlySet<string> = new Set(['empty-list', 'huge', 'slow', 'empty', 'long', 'rtl'])
const large: ReadonlySet<string> = new Set(['huge', 'long', 'rtl'])
const without: ReadonlySet<string> = new Set(['missing', 'null', 'empty', 'unlisted'])
const changed: ReadonlySet<string> = new Set([
  'nulls',
  'missing',
  'null',
  'unlisted',
  'empty-object',
])
/** All that some servers say when they fail. */
const barePhrase =
  /^(\d{3} )?(Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)\.?$/i
const retryWords = /\b(retry|try again|reload|refresh)\b|erneut|nochmal|réessayer|reintentar/i
const apology =
  /\b(sorry|oops|error occurred|went wrong|something broke|fail(ed|ure)? to|failed|could ?n[o']t|could not|can ?n[o']t|cannot|unable|unavailable|not available|offline|no connection|problem|trouble|try again|retry|timed? out|too long|not found|no longer|expired|out of order|not respond\w*|leider|fehlgeschlagen|nicht möglich|désolé|impossible|indisponible|lo sentimos)\b|can['’]t|couldn['’]t|isn['’]t (here|there)/i
const loadingWords =
  /\b(loading|please wait|one moment|just a moment|fetching|wird geladen|lädt|chargement|cargando)\b|^(wait|working)\s*(\.\.\.|…)$/i
const emptyWords =
  /\b(no|zero|0) (\w+ ){0,2}(found|yet|results?|items?|products?|orders?|entries|data|things?|reviews?)\b|\b(is|are) empty\b|\bnothing (here|yet|found|to show)\b|^(empty|nothing|none)\b|keine \w+|aucun\w*|total: 0\b/i
const zeroes = /(^|[^\d.,:-])0([.,]0+)?(?![\d.,:-]*\d)/
const successWords =
  /\b(success(ful|fully)?|signed in|logged in|welcome|saved|thank you|thanks for|confirmed|order placed|all done|completed)\b/i

function garbageIn(
  line: string,
  fault: Fault,
): { readonly what: string; readonly line: string }[] | undefined {
  for (const [pattern, what] of garbage) if (pattern.test(line)) return [{ what, line }]
  if (!large.has(fault.kind) && line.length > 2_000) return [{ what: 'a flood of text', line }]
  return undefined
}

const garbage: readonly (readonly [RegExp, string])[] = [
  [/\[object \w+\]/, 'an object that nobody turned into words'],
  [/\bundefined\b/, 'the word “undefined”'],
  [/\bNaN\b/, 'a number that is none'],
  [/\bInvalid Date\b/i, 'a date that is none'],
  [/(^|[\s:,("'])null($|[\s,.)"'!])/, 'the word “null”'],
  [/\b[A-Z]\w+(Error|Exception)\b/, 'an error as programs say it'],
  [
    /Unexpected (token|end of)|is not (a function|iterable|valid JSON)|Cannot read propert|\bin JSON at position\b/,
    'an error as programs say it',
  ],
  [
    /Failed to fetch|Load failed|net::ERR_|ECONN\w+|Request failed with status code/,
    'an error as programs say it',
  ],
  [/^Error: |\bHTTP (error )?[45]\d\d\b|^(Error )?[45]\d\d$/, 'an error as programs say it'],
  [/\bat \S+ \(?\S+:\d+:\d+\)?/, 'the inside of a program'],
  [/\{\s*"[\w-]+"\s*:/, 'the answer of a machine'],
  [/\$\{\w+|\{\{\s*\w+/, 'a blank that nobody filled in'],
]

function pathOf(url: string): string {
  const { pathname, hash } = new URL(url)
  return pathname + (/^#!?\//.test(hash) ? hash : '')
}

/** The first line of what was said that is not just a status in words: an alert can be a heading, a sentence and a button. */
function lineOf(said: string, sight: Seen): string {
  const lines = sight.lines.filter((line) => line.length > 3 && said.includes(line))
  return cut(lines.find((line) => !reasonPhrase.test(line)) ?? lines[0] ?? said)
}

const reasonPhrase = /^(\d{3} )?(Internal Server Error|Unauthorized|Not Found)\.?$/i

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 90 ? `${line.slice(0, 89)}…` : line
}
