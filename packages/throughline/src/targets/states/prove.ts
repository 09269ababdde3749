import type { Browser } from 'playwright-core'
import { sightOf, type Sight } from '../browser/sight.ts'
import { axeOn, type AxeViolation } from './axe.ts'
import type { StateCheck, StateFinding } from './finding.ts'
import type { PlannedState } from './plan.ts'
import { hasFocus, isSeen, perceived } from './seen-state.ts'
import { openStage, type Stage, type StageOptions } from './stage.ts'
import { act, CannotDo, type RunScript } from './via.ts'
import { whyNotOpened } from '../browser/why-not-opened.ts'

export interface ProveOptions extends StageOptions {
  /** Where a path of the app is, as an address. */
  readonly addressOf: (path: string) => string
  readonly script: RunScript
  /** Milliseconds of a person's time after which whatever is not there yet counts as never shown. */
  readonly patience: number
  /** The source of axe-core. */
  readonly axe?: string
  readonly screenshots: boolean
}

/** A step's screen on a good day, up to and with one call. */
export interface GoodDay {
  readonly sight: Sight | undefined
  /** Before the call was made by what `via` says; the same as `sight` for a call made by arriving. */
  readonly before: Sight | undefined
  readonly calls: ReadonlyMap<string, number>
  readonly violations: readonly AxeViolation[]
  /** Of the selectors asked for, those that were seen before the call was made. */
  readonly seen: ReadonlySet<string>
  readonly errors: readonly string[]
  readonly problem?: string
  readonly picture?: Buffer
}

export interface Proof {
  readonly findings: readonly StateFinding[]
  /** Whether the state was seen. */
  readonly shown: boolean
  /** Milliseconds of a person's time until it was. */
  readonly after?: number
  /** How often the call was sent. */
  readonly sent: number
  readonly picture?: Buffer
}

/** Real milliseconds: on a busy machine a click takes its time. */
const actionPatience = 6_000

/** The screen of a step on a good day, with what the call's `via` does. `tests` are looked for before that. */
export async function goodDay(
  browser: Browser,
  { step, call }: Pick<PlannedState, 'step' | 'call'>,
  tests: readonly string[],
  options: ProveOptions,
): Promise<GoodDay> {
  const stage = await openStage(browser, options)
  const { page } = stage
  let before: Sight | undefined
  const seen = new Set<string>()
  try {
    await stage.play(undefined)
    await arrive(stage, step, options, step.via)
    await stage.settle()
    before = await sightOf(page)
    for (const test of tests) if (await isSeen(page, test).catch(() => false)) seen.add(test)
    if (call.via.length > 0) {
      await act(page, call.via, acting(stage, options))
      await stage.settle()
    }
    const sight = call.via.length > 0 ? await sightOf(page) : before
    return {
      sight,
      before,
      calls: new Map(stage.calls),
      violations: options.axe === undefined ? [] : ((await axeOn(page, options.axe)) ?? []),
      seen,
      errors: stage.errors,
      ...(await pictured(stage, options)),
    }
  } catch (error) {
    return {
      sight: undefined,
      before,
      calls: new Map(stage.calls),
      violations: [],
      seen,
      errors: stage.errors,
      problem: error instanceof CannotDo ? error.message : firstLine(error),
    }
  } finally {
    await stage.close()
  }
}

/** Plays one state in a session of its own and looks whether people see what the journey promises. Never rejects for what a page does. */
export async function prove(
  browser: Browser,
  planned: PlannedState,
  good: GoodDay,
  nextScreens: readonly string[],
  options: ProveOptions,
): Promise<Proof> {
  const { step, call, condition, test, recover } = planned
  if (test === undefined)
    return {
      findings: [
        found(
          'no-test',
          'info',
          'It has no `test`, so a browser cannot prove it: give it a Playwright selector.',
        ),
      ],
      shown: false,
      sent: 0,
    }
  if (good.problem !== undefined)
    return { findings: [found('unreachable', 'error', good.problem)], shown: false, sent: 0 }
  const findings: StateFinding[] = []
  const say = (check: StateCheck, severity: StateFinding['severity'], message: string): void => {
    findings.push(found(check, severity, message))
  }
  const stage = await openStage(browser, options)
  const { page } = stage
  let shown = false
  let after: number | undefined
  try {
    const opening = step.via.filter(({ kind }) => kind === 'goto')
    const acts = call.via.length > 0
    let keyboard = false
    if (acts) {
      await stage.play(undefined)
      await arrive(stage, step, options, step.via)
      await stage.settle()
      await stage.play(planned.id)
      // Where the keyboard is has to be seen before the answer changes the page.
      if (condition !== 'loading' && condition !== 'timeout')
        stage.late((name) => (name === call.name ? 1 : 0))
      await act(page, call.via, acting(stage, options))
      keyboard = await hasFocus(page)
      stage.late(() => 0)
      stage.time = 1
      stage.release()
    } else {
      await stage.play(planned.id)
      await arrive(stage, step, options, opening)
    }
    let end = await stage.settle()
    if (!acts && step.via.length > opening.length && !(await isSeen(page, test))) {
      const rest = step.via.filter(({ kind }) => kind !== 'goto')
      await act(page, rest, { ...acting(stage, options), patience: 600 }).catch(
        (error: unknown) => {
          // What is missing because of the fault cannot be clicked.
          if (!(error instanceof CannotDo)) throw error
        },
      )
      end = await stage.settle()
    }
    let waited = 0
    for (const share of [0, 0.05, 0.15, 0.3, 0.5]) {
      if (share > 0) {
        end = await stage.advance(options.patience * share)
        waited += options.patience * share
      }
      if (end === 'frozen') break
      shown = await isSeen(page, test)
      if (shown) break
    }
    if (shown) after = Math.round(waited)
    const sight = end === 'frozen' ? undefined : await sightOf(page)
    const sent = stage.calls.get(call.name) ?? 0
    const usual = good.calls.get(call.name) ?? 1

    if (sight === undefined) say('frozen', 'error', 'The page no longer answers.')
    else if (sight.text === '' && !sight.picture && stage.dialogs.length === 0)
      say('blank', 'error', 'The page is white: there is nothing on it at all.')
    else if (!shown && sent === 0 && options.answer !== undefined)
      say(
        'not-called',
        'error',
        `The page never calls ${call.name}${acts ? ' by what `via` does' : ' by itself: say in `via` what people do so that it is called'}.`,
      )
    else if (
      !shown &&
      condition !== 'loading' &&
      sight.busy.length > (good.before?.busy.length ?? 0)
    )
      say(
        'endless-loading',
        'error',
        `After ${seconds(waited)} it still looks as if something were coming (${sight.busy[0]}); \`${test}\` is not seen.`,
      )
    else if (!shown)
      say(
        'not-shown',
        'error',
        `\`${test}\` is not seen${waited > 0 ? ` within ${seconds(waited)}` : ''}. The screen says: “${cut(newWords(sight, good.before))}”.`,
      )
    if (shown && condition !== 'partial' && good.seen.has(test))
      say(
        'always-shown',
        'error',
        `\`${test}\` is seen on a good day as well, so it proves nothing.`,
      )
    if (sent > usual * 6 + 8)
      say('retry-storm', 'error', `${call.name} is sent ${sent} times instead of ${usual}.`)
    for (const error of new Set(stage.errors.filter((one) => !good.errors.includes(one))))
      say('script-error', 'error', `A script of the page fails: “${cut(error)}”.`)
    if (sight !== undefined && isFailing(condition)) {
      const success = successIn(sight, good, nextScreens)
      if (success !== undefined) say('wrong-success', 'error', success)
    }
    const picture = sight === undefined ? {} : await pictured(stage, options)
    if (shown && sight !== undefined) {
      if (isFailing(condition)) {
        const how = await perceived(page, test)
        if (how?.announced === false)
          say(
            'not-announced',
            'warning',
            'It appears without a word to those who do not see it: put it into a live region (role=alert or status), or move the focus there.',
          )
        if (recover !== undefined && /retry|try again/i.test(recover) && how?.retry === false)
          say(
            'retry-unreachable',
            'warning',
            `The journey promises “${recover}”; no button for it is reached by keyboard.`,
          )
      }
      if (keyboard && condition !== 'loading' && !(await hasFocus(page)))
        say(
          'focus-lost',
          'warning',
          'The focus was on something before the answer came, and is nowhere now.',
        )
      if (options.axe !== undefined)
        for (const one of (await axeOn(page, options.axe)) ?? [])
          if (!good.violations.some(({ rule }) => rule === one.rule))
            say(
              'accessibility',
              one.impact === 'critical' || one.impact === 'serious' ? 'error' : 'warning',
              `${one.help} (${one.rule}): ${one.where}${one.count > 1 ? ` and ${one.count - 1} more` : ''}.`,
            )
    }
    if (shown && condition === 'loading') {
      await stage.play(undefined)
      stage.release('all')
      await stage.settle()
      if (stage.heldBack > 0) {
        stage.release('all')
        await stage.settle()
      }
      if (await isSeen(page, test))
        say('endless-loading', 'error', `The answer has come, and \`${test}\` is still seen.`)
    }
    return { findings, shown, sent, ...picture, ...(after !== undefined && { after }) }
  } catch (error) {
    if (error instanceof CannotDo) say('unreachable', 'error', error.message)
    else if (/selector|Unknown engine|Unexpected token/i.test(firstLine(error)))
      say('wrong-selector', 'error', `\`${test}\` is no selector: ${firstLine(error)}`)
    else say('frozen', 'error', `The page does not answer: ${firstLine(error)}`)
    return { findings, shown, sent: stage.calls.get(call.name) ?? 0 }
  } finally {
    await stage.close()
  }
}

/** A call that no step on this screen needs fails: most of what is seen on a good day must still be there. */
export async function proveUnneeded(
  browser: Browser,
  { step }: Pick<PlannedState, 'step'>,
  name: string,
  good: Sight,
  options: ProveOptions,
): Promise<Proof> {
  const stage = await openStage(browser, options)
  try {
    await stage.play(undefined)
    stage.breakCall(name)
    await arrive(
      stage,
      step,
      options,
      step.via.filter(({ kind }) => kind === 'goto'),
    )
    await stage.settle()
    await stage.advance(options.patience)
    const sight = await sightOf(stage.page)
    const lines = good.lines.length
    const kept = good.lines.filter((line) => sight?.lines.includes(line) === true).length
    const down = sight === undefined || (lines > 0 && kept < lines * 0.6)
    return {
      findings: down
        ? [
            found(
              'taken-down',
              'error',
              `${name} fails, which no step on this screen needs, and most of the screen goes with it.`,
            ),
          ]
        : [],
      shown: !down,
      sent: stage.calls.get(name) ?? 0,
      ...(await pictured(stage, options)),
    }
  } catch (error) {
    return { findings: [found('unreachable', 'error', firstLine(error))], shown: false, sent: 0 }
  } finally {
    await stage.close()
  }
}

/**
 * Milliseconds of a person's time until a screen has all its answers, or says why not, where each call takes so long; with those of
 * what the step's `via` does there. `loading` finds signs of loading that the journey names. `undefined` where it is still loading
 * after three times `patience`.
 */
export async function feltTime(
  browser: Browser,
  { step }: Pick<PlannedState, 'step'>,
  late: (name: string) => number,
  loading: readonly string[],
  options: ProveOptions,
): Promise<number | undefined> {
  const stage = await openStage(browser, options)
  try {
    await stage.play(undefined)
    stage.late(late)
    const opening = step.via.filter(({ kind }) => kind === 'goto')
    await arrive(stage, step, options, opening)
    await stage.settle()
    let end = await answered()
    if (end === 'answered' && step.via.length > opening.length) {
      const rest = step.via.filter(({ kind }) => kind !== 'goto')
      await act(stage.page, rest, acting(stage, options))
      await stage.settle()
      end = await answered()
    }
    return end === 'never' ? undefined : Math.round(stage.time)
  } catch {
    return undefined
  } finally {
    await stage.close()
  }

  /** Lets time pass until every answer is there, or the screen says by itself that it takes too long. */
  async function answered(): Promise<'answered' | 'given up' | 'never'> {
    while (stage.due !== undefined) {
      const wait = Math.min(stage.due - stage.time, 1_000)
      await stage.advance(wait)
      stage.time += wait
      if (stage.time > options.patience * 3) return 'never'
      if (stage.due !== undefined && stage.due > stage.time) {
        if (!(await isLoading(stage, loading))) return 'given up'
        continue
      }
      stage.release()
      await stage.settle()
    }
    return 'answered'
  }
}

async function isLoading({ page }: Stage, loading: readonly string[]): Promise<boolean> {
  const sight = await sightOf(page)
  if (sight === undefined || sight.busy.length > 0) return true
  for (const selector of loading) if (await isSeen(page, selector).catch(() => false)) return true
  return false
}

async function arrive(
  stage: Stage,
  step: PlannedState['step'],
  options: ProveOptions,
  via: PlannedState['step']['via'],
): Promise<void> {
  const [first, ...rest] = via
  const opens = first?.kind === 'goto'
  const screen = step.screen ?? '/'
  if (!opens && /(^|\/):|\{|\*/.test(screen))
    throw new CannotDo(
      `The route \`${screen}\` has names in it: say with \`via: [{ goto: ... }]\` where such a screen is.`,
    )
  await open(stage, options, opens ? first.path : screen)
  const others = opens ? rest : via
  if (others.length === 0) return
  await stage.settle()
  await act(stage.page, others, acting(stage, options))
}

async function open(stage: Stage, { addressOf }: ProveOptions, path: string): Promise<void> {
  const url = addressOf(path)
  await stage.page.goto(url, { waitUntil: 'commit', timeout: 15_000 }).catch((error: unknown) => {
    throw new CannotDo(`${url} cannot be opened: ${whyNotOpened(firstLine(error))}`)
  })
}

function acting(stage: Stage, options: ProveOptions) {
  return {
    async open(path: string) {
      await open(stage, options, path)
      await stage.settle()
    },
    script: options.script,
    patience: actionPatience,
  }
}

/** Whether people must be told that something did not work. */
function isFailing(condition: string): boolean {
  return !/^(loading|empty|partial|[123]..)$/.test(condition)
}

function successIn(
  sight: Sight,
  { sight: after, before }: GoodDay,
  nextScreens: readonly string[],
): string | undefined {
  const path = pathOf(sight.url)
  if (before !== undefined && path !== pathOf(before.url)) {
    if (after !== undefined && path === pathOf(after.url))
      return `The call failed, and the page goes on to ${path} as on a good day.`
    const next = nextScreens.find((screen) => matches(screen, path))
    if (next !== undefined) return `The call failed, and the journey goes on to ${next}.`
  }
  const known = new Set(before?.live.map(({ text }) => text))
  const said = after?.live.find(
    ({ text, role }) => role !== 'alert' && text.length > 8 && !known.has(text),
  )
  return said !== undefined && sight.live.some(({ text }) => text === said.text)
    ? `The call failed, and the page says as on a good day: “${cut(said.text)}”.`
    : undefined
}

function matches(screen: string, path: string): boolean {
  const [wanted, given] = [screen, path].map((one) =>
    one.replace(/^#/, '').split('/').filter(Boolean),
  )
  return (
    wanted!.length === given!.length &&
    wanted!.every((part, index) => /^[:{*]/.test(part) || part === given![index])
  )
}

function pathOf(url: string): string {
  const { pathname, hash } = new URL(url)
  return /^#!?\//.test(hash) ? hash : pathname
}

function newWords(sight: Sight, before: Sight | undefined): string {
  const known = new Set(before?.lines)
  const lines = sight.lines.filter((line) => !known.has(line))
  return (lines.length > 0 ? lines : sight.lines).join(' · ')
}

async function pictured(
  stage: Stage,
  { screenshots }: ProveOptions,
): Promise<{ readonly picture?: Buffer }> {
  if (!screenshots) return {}
  const picture = await stage.page
    .screenshot({ type: 'jpeg', quality: 45, timeout: 3_000, animations: 'disabled' })
    .catch(() => undefined)
  return picture === undefined ? {} : { picture }
}

function found(
  check: StateCheck,
  severity: StateFinding['severity'],
  message: string,
): StateFinding {
  return { check, severity, message }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 1 : 0).replace(/\.0$/, '')} s`
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300)
}
