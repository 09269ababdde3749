import { createHash } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { addressOf } from '../browser/address-of.ts'
import { pathTemplate } from './call-name.ts'
import { faultsOf, type Fault, type FaultKind, underData } from './fault.ts'
import {
  isBad,
  isFinal,
  judge,
  noiseOf,
  type Healthy,
  type Judgement,
  type Verdict,
} from './judge.ts'
import { conditions, type Promised, type PromisedCall } from './promised.ts'
import type { ThroughMock } from './through-mock.ts'
import {
  visit,
  type Recorded,
  type RecordedCall,
  type Visited,
  type VisitOptions,
} from './visit.ts'
import { whyNotOpened } from '../browser/why-not-opened.ts'

export interface AuditOptions {
  /** Where the app runs. */
  readonly app: string
  /** The screens, as paths (`/basket`, `#/basket`); where none is named, those that links lead to. */
  readonly routes?: readonly string[]
  /** How many screens at most. */
  readonly most: number
  readonly kinds: ReadonlySet<FaultKind>
  /** Milliseconds of a person's time that a screen may take to say something. */
  readonly budget: number
  /** How many pages are open at once. */
  readonly workers: number
  readonly storageState?: NonNullable<VisitOptions['storageState']>
  readonly promised?: Promised
  /** The mock that faults come from, one at a time; else they are made up in the browser. */
  readonly through?: ThroughMock
  /** Only the cell with this id. */
  readonly cell?: string
  readonly screenshots?: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface Progress {
  readonly phase: 'learning' | 'cells'
  readonly done: number
  /** Of the cells, once the screens are known. */
  readonly total: number
  readonly bad: number
  /** How often each verdict was given so far. */
  readonly verdicts: ReadonlyMap<Verdict, number>
}

export interface AuditReport {
  readonly app: string
  readonly screens: readonly Screen[]
  readonly cells: readonly Cell[]
  /** What somebody should know who reads the cells: screens that could not be opened, calls that failed already. */
  readonly notes: readonly string[]
  /** Somebody ended it before all cells were done. */
  readonly stopped: boolean
}

/** A screen as it is on a good day. */
interface Screen {
  readonly screen: string
  readonly url: string
  readonly title: string
  readonly calls: readonly string[]
  readonly picture?: Buffer
}

/** One screen, one of its calls, one fault: what people get. */
export interface Cell {
  /** The same in each run: `checkout/basket/store.getBasket/500`, or `/basket::GET /api/basket::500`. */
  readonly id: string
  readonly screen: string
  /** `store.getBasket`, or `GET /api/basket` where no contract knows it. */
  readonly call: string
  readonly fault: string
  readonly kind: FaultKind
  /** `answers 500` */
  readonly words: string
  readonly verdict: Verdict
  readonly bad: boolean
  readonly why: string
  /** The words that people read then. */
  readonly said?: string
  /** How often the call was sent, where that is more often than on a good day. */
  readonly sent?: number
  /** The journey's step, where there is one. */
  readonly step?: string
  /** The fields of the answer that the step needs. */
  readonly needs?: readonly string[]
  /** What the journey says that people see then. */
  readonly promised?: string
  /** What it is under the step's `states`, where the journey does not say yet what people see: `5xx`. */
  readonly undecided?: string
  /** No need of this screen depends on the call, and yet it takes the screen down. */
  readonly unneeded?: true
  /** No step lists this field, and yet the screen is another one without it. */
  readonly unlisted?: true
  readonly milliseconds: number
  readonly picture?: Buffer
}

const mostAlike = 2

interface Learned {
  readonly screen: string
  readonly url: string
  readonly healthy: Healthy
  readonly recorded: Recorded
  readonly first: Visited
}

interface Task {
  readonly learned: Learned
  readonly call: RecordedCall
  readonly known: PromisedCall | undefined
  readonly fault: Fault
  readonly id: string
}

/**
 * What people get on each screen of a running app when each of its calls goes wrong. Opens pages in `browser` and prints nothing;
 * what was judged before `signal` ended it is in the report.
 */
export async function audit(browser: Browser, options: AuditOptions): Promise<AuditReport> {
  const notes: string[] = []
  const learned = await learn(browser, options, notes)
  const tasks = learned.flatMap((one) => tasksOf(one, options, notes))
  const cells = new Map<string, Cell>()
  const verdicts = new Map<Verdict, number>()
  let next = 0
  let bad = 0
  const isStopped = (): boolean => options.signal?.aborted === true
  const work = async (): Promise<void> => {
    for (;;) {
      const task = tasks[next++]
      if (task === undefined || isStopped()) return
      const cell = await run(browser, task, options)
      if (isStopped()) return
      cells.set(task.id, cell)
      if (cell.bad) bad += 1
      verdicts.set(cell.verdict, (verdicts.get(cell.verdict) ?? 0) + 1)
      options.onProgress?.({ phase: 'cells', done: cells.size, total: tasks.length, bad, verdicts })
    }
  }
  await Promise.all(
    Array.from({ length: options.through === undefined ? options.workers : 1 }, work),
  )
  return {
    app: options.app,
    screens: learned.map(({ screen, url, first, healthy }) => ({
      screen,
      url,
      title: healthy.sight.title,
      calls: [...healthy.calls.keys()],
      ...(first.picture !== undefined && { picture: first.picture }),
    })),
    cells: tasks.flatMap(({ id }) => cells.get(id) ?? []),
    notes,
    stopped: isStopped(),
  }
}

/** Opens each screen twice: what it calls and shows, and what of that is noise. Follows links where no screens are named. */
async function learn(
  browser: Browser,
  options: AuditOptions,
  notes: string[],
): Promise<readonly Learned[]> {
  const { app, most, promised, signal, cell } = options
  // One cell needs its own screen and no other.
  const own = cell?.includes('::') === true ? cell.split('::')[0] : promised?.screenOf(cell ?? '')
  const routes = options.routes ?? (own === undefined ? undefined : [own])
  const found: Learned[] = []
  const seen = new Set<string>()
  const queue: string[] = []
  const alike = new Map<string, number>()
  const add = (url: string, named = false): void => {
    const path = screenOf(url, app)
    const key = promised?.pattern(path) ?? pathTemplate(path)
    if (seen.has(key)) return
    // A shop of a thousand products has one product page: two of a kind are enough.
    const folder = /^(.*[^/]\/)[^/]+$/.exec(path)?.[1]
    const count = folder === undefined ? 0 : (alike.get(folder) ?? 0)
    if (folder !== undefined && !named) {
      if (count >= mostAlike) return
      alike.set(folder, count + 1)
    }
    seen.add(key)
    queue.push(url)
  }
  if (routes === undefined) add(app)
  for (const route of routes ?? promised?.screens ?? []) add(addressOf(route, app), true)
  const isStopped = (): boolean => signal?.aborted === true
  while (queue.length > 0 && found.length < most && !isStopped()) {
    const url = queue.shift()!
    const visiting = {
      budget: options.budget,
      ...(options.through !== undefined && { through: options.through }),
      ...(options.storageState !== undefined && { storageState: options.storageState }),
      ...(signal !== undefined && { signal }),
    }
    const first = await visit(browser, url, {
      ...visiting,
      ...(options.screenshots === true && { screenshot: true }),
    })
    const screen = screenOf(url, app)
    if (first.sight === undefined) {
      notes.push(
        `${screen} cannot be opened: ${first.problem === undefined ? 'the page does not answer' : whyNotOpened(first.problem)}.`,
      )
      continue
    }
    const second = await visit(browser, url, visiting)
    const again = second.sight ?? first.sight
    if (first.end === 'restless')
      notes.push(`${screen} never comes to rest; it was looked at after 20 s.`)
    found.push({
      screen,
      url,
      first,
      healthy: { sight: first.sight, noise: noiseOf(first.sight, again), calls: first.calls },
      recorded: new Map([...second.recorded, ...first.recorded]),
    })
    options.onProgress?.({
      phase: 'learning',
      done: found.length,
      total: 0,
      bad: 0,
      verdicts: new Map(),
    })
    if (routes === undefined)
      for (const link of first.sight.links)
        if (isScreen(link.url, link.text, app)) add(addressOf(link.url, app))
  }
  if (queue.length > 0 && !isStopped())
    notes.push(
      `${queue.length} more ${queue.length === 1 ? 'screen was' : 'screens were'} found and left out: name those that matter with --route, or raise --screens.`,
    )
  return found
}

/** Every fault of every call of a screen; calls that failed already are told of and left out. */
function tasksOf(
  learned: Learned,
  { kinds, promised, cell, through }: AuditOptions,
  notes: string[],
): readonly Task[] {
  const calls = new Map<string, RecordedCall>()
  for (const call of learned.recorded.values())
    if (!calls.has(call.name)) calls.set(call.name, call)
  for (const name of learned.healthy.calls.keys())
    if (![...calls.keys()].includes(name))
      notes.push(`${learned.screen}: ${name} gets no answer on a good day.`)
  if (learned.healthy.calls.size === 0)
    notes.push(
      through === undefined
        ? `${learned.screen} calls nothing from the browser: a server renders it, or it shows no data. Let the server ask the mock, and name the mock with --through.`
        : `${learned.screen} asks the mock for nothing.`,
    )
  return [...calls.values()].flatMap((call) => {
    if (call.answer.status >= 400) {
      notes.push(`${learned.screen}: ${call.name} answers ${call.answer.status} on a good day.`)
      return []
    }
    const graphql = / (\w+)$/.exec(call.name.slice(call.method.length + 1))?.[1]
    const known = promised?.call(learned.screen, call.method, call.url, graphql)
    const needed = known?.fields ?? []
    // The one field at the top of a GraphQL answer is `data`: no use to anybody who wants to know which field hurts.
    const fields = graphql !== undefined ? underData(needed, call.answer) : needed
    const hasTop = graphql === undefined && fields.length === 0
    return faultsOf(call.answer, kinds, hasTop ? undefined : fields).flatMap((fault) => {
      const id =
        known?.step === undefined
          ? `${learned.screen}::${call.name}::${fault.name}`
          : `${known.step}/${known.operation}/${fault.name}`
      return cell === undefined || cell === id ? [{ learned, call, known, fault, id }] : []
    })
  })
}

async function run(browser: Browser, task: Task, options: AuditOptions): Promise<Cell> {
  const { learned, call, known, fault, id } = task
  const { healthy, recorded, url } = learned
  const before = performance.now()
  const visited = await visit(browser, url, {
    fault: { call: call.name, outcome: fault.outcome },
    recorded,
    budget: options.budget,
    isFinal: (sight) => isFinal(fault, healthy, sight),
    ...(options.through !== undefined && { through: options.through }),
    ...(options.storageState !== undefined && { storageState: options.storageState }),
    ...(options.screenshots === true && { screenshot: true }),
    ...(options.signal !== undefined && { signal: options.signal }),
  })
  const judged = advanced(judge(call.name, fault, healthy, visited), visited, known)
  const { verdict, said } = judged
  const unlisted = fault.kind === 'unlisted' && verdict !== 'unchanged'
  const bad = isBad(verdict) || unlisted
  const promise = known?.shows(fault.kind)
  const condition = fault.kind === '500' ? '5xx' : conditions[fault.kind][0]
  const undecided =
    known !== undefined &&
    condition !== undefined &&
    !conditions[fault.kind].some((one) => known.decided(one))
  const unneeded = bad && known?.needed === false && takesDown.has(verdict)
  const sent = visited.calls.get(call.name) ?? 0
  const why = unneeded
    ? `${judged.why} No step needs anything of this call: the screen should stay.`
    : unlisted
      ? `${judged.why} No step lists this field, and yet the screen depends on it.`
      : judged.why
  return {
    id,
    screen: learned.screen,
    call: known?.operation ?? call.name,
    fault: fault.name,
    kind: fault.kind,
    words: fault.words,
    verdict,
    bad,
    why,
    ...(said !== undefined && { said }),
    ...(sent > (healthy.calls.get(call.name) ?? 1) && { sent }),
    ...(known?.step !== undefined && { step: known.step }),
    ...(known !== undefined && known.fields.length > 0 && { needs: known.fields }),
    ...(promise !== undefined && { promised: promise }),
    ...(undecided && { undecided: condition }),
    ...(unneeded && { unneeded }),
    ...(unlisted && { unlisted }),
    milliseconds: Math.round(performance.now() - before),
    ...(visited.picture !== undefined && { picture: visited.picture }),
  }
}

/** Led on to a later step of the journey though the call went wrong is no way out: it is a success that never was. */
function advanced(judged: Judgement, { sight }: Visited, known?: PromisedCall): Judgement {
  if (judged.verdict !== 'redirect' || sight === undefined) return judged
  const { pathname, hash } = new URL(sight.url)
  const path = pathname + (/^#!?\//.test(hash) ? hash : '')
  return known?.advances(path) === true
    ? {
        verdict: 'wrong success',
        why: `The journey goes on to ${path} as if the call had done what it should.`,
      }
    : judged
}

const takesDown: ReadonlySet<Verdict> = new Set([
  'white page',
  'blank',
  'endless loading',
  'frozen',
  'retry storm',
])

/** `/basket`, `/#/basket`: the screen of an address, as people name it. */
function screenOf(url: string, app: string): string {
  const { pathname, hash } = new URL(url)
  const base = new URL(app).pathname.replace(/\/$/, '')
  const path =
    base !== '' && pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname
  return path + (/^#!?\//.test(hash) ? hash : '')
}

/** Whether a link leads to a screen of the app, and not out of it, to a file, or to something that changes things. */
function isScreen(url: string, text: string, app: string): boolean {
  if (!URL.canParse(url)) return false
  const { origin, pathname, hash } = new URL(url)
  if (origin !== new URL(app).origin) return false
  if (/\.(?!html?$)[a-z\d]{2,5}$/i.test(pathname) || pathname.startsWith('/_throughline'))
    return false
  if (hash !== '' && !/^#!?\//.test(hash)) return false
  return !/log-?_?\s?out|sign-?_?\s?out|delete|remove|unsubscribe|abmelden/i.test(
    `${pathname} ${hash} ${text}`,
  )
}

/** A short name of what a picture shows: two alike are kept once. */
export function pictureId(picture: Buffer): string {
  return createHash('sha256').update(picture).digest('hex').slice(0, 12)
}
