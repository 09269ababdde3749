import { htmlAnswer, jsonAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Mock } from './mock.ts'
import type { MockOptions } from './mock-options.ts'
import type { MockRequest } from './mock-request.ts'
import { overviewPage, playedPage } from './pages.ts'
import { problemAnswer } from './problem.ts'
import type { ImposedFault } from './imposed.ts'
import { proxyControl } from './proxy/control.ts'
import { nearestScenarios, scenarioNamed, scenariosOf } from './scenario.ts'
import {
  SCENARIO_COOKIE,
  SESSION_COOKIE,
  cookieOf,
  sessionOf,
  setCookie,
  shortSession,
} from './session.ts'
import { NOT_KEPT, only } from './control-answer.ts'
import { controlContract } from './control-contract.ts'
import { dataControl } from './data-control.ts'
import type { Place } from './data-control.ts'
import { jsonObjectIn } from './request-json.ts'
import type { SessionSettings } from './session-settings.ts'
import { trafficControl } from './traffic/traffic-control.ts'
import { dataNamed } from './world/dataset.ts'
import type { Outbox } from './outgoing.ts'
import { webhookControl } from './webhook-control.ts'
import type { Worlds } from './world/worlds.ts'

export interface ControlCall {
  readonly mock: Mock
  readonly request: MockRequest
  readonly path: string
  readonly query: string
  readonly options: MockOptions
  readonly world: Worlds
  readonly settings: SessionSettings
  readonly imposed: ImposedFault
  readonly box: Outbox
  /** Where data can be put, as the session of this request finds it. */
  readonly places: () => readonly Place[]
  /** Forgets how often rules have held: of one session, or of all. */
  readonly recount: (session?: string) => void
}

/**
 * The mock's own addresses, under `/_throughline/`:
 *
 *     GET  /                  a page with everything that can be played
 *     GET  situation          what is played for everybody, and for this browser
 *     PUT  situation          {"scenario": name or null}: for everybody; with "session": "…" for one session
 *     PUT  dataset            {"dataset": name or null}: what fills the world of this session
 *     GET  scenarios          everything that can be played
 *     GET  play/<scenario>    for this browser; then on to ?to=
 *     GET  normal             this browser is back to normal; POST: everybody is
 *     POST reset              this session's data is as it was before anybody wrote; ?everything=true: all of everybody
 *     POST snapshot           keeps a copy of this session's data: {"snapshot": id}
 *     POST restore/<id>       this session's data is as it was then
 *     PUT  fault              one call answers this, is cut or waits, for everybody; DELETE ends it
 *     GET  proxy              which backends there are, and who answers what; PUT changes it
 *     GET  violations         how backends and requests to them differ from the contract; DELETE forgets them
 *     GET  webhooks           the webhooks and callbacks of the contracts; POST webhooks/<name> with {"target": URL} sends one
 *     GET  events             each new situation, as server-sent events
 *     GET  browser.js         a module for pages: shows what is played and follows it
 *     GET  openapi.yaml       all of this as a contract
 *
 * and those of `trafficControl` and `dataControl`. Only pages of this machine and of the workspace's own origins may
 * change what everybody sees, or read what others asked.
 */
export function control(call: ControlCall): Answer | Promise<Answer> {
  const { mock, request, path } = call
  const place = path.slice('/_throughline'.length).replace(/^\//, '')
  const { method } = request
  if (place === 'situation') {
    if (method === 'PUT') return isTrusted(call) ? putSituation(call) : untrusted()
    return only(method, ['GET', 'HEAD', 'PUT']) ?? jsonAnswer(200, situationOf(call), NOT_KEPT)
  }
  if (place === 'dataset')
    return only(method, ['PUT']) ?? (isTrusted(call) ? putDataset(call) : untrusted())
  if (/^(calls|verify|traffic|why\/.*|data(\/.*)?)$/.test(place)) {
    if (!isTrusted(call)) return untrusted()
    const answer = trafficControl(place, request, call.query, mock.traffic, () => mock.graph)
    return (
      answer ??
      dataControl(
        method,
        place.slice('data/'.length),
        request.body,
        call.places(),
        call.world.of(sessionOf(request)),
      )
    )
  }
  if (place === 'webhooks' || place.startsWith('webhooks/')) {
    if (!isTrusted(call)) return untrusted()
    const name = place === 'webhooks' ? undefined : decoded(place.slice('webhooks/'.length))
    return webhookControl(request, name, {
      graph: mock.graph,
      box: call.box,
      seed: String(call.options.seed ?? 1),
    })
  }
  if (place === 'normal' && method === 'POST') {
    if (!isTrusted(call)) return untrusted()
    mock.play(null)
    return jsonAnswer(200, situationOf(call), NOT_KEPT)
  }
  if (place === 'reset' || place === 'snapshot' || place.startsWith('restore/'))
    return only(method, ['POST']) ?? (isTrusted(call) ? inWorld(call, place) : untrusted())
  if (place === 'fault') return isTrusted(call) ? call.imposed.control(request) : untrusted()
  if (place === 'proxy' || place === 'violations')
    return isTrusted(call)
      ? proxyControl(place, request, call.options.backends, mock.graph)
      : untrusted()
  const wrong = only(method, place === 'normal' ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'])
  if (place === '')
    return wrong ?? htmlAnswer(200, overviewPage(mock, sessionScenario(call)), NOT_KEPT)
  if (place === 'scenarios') return wrong ?? jsonAnswer(200, { scenarios: listOf(mock) }, NOT_KEPT)
  if (place === 'browser.js' && call.options.browserScript !== undefined) {
    return (
      wrong ?? {
        status: 200,
        headers: ['Content-Type', 'text/javascript; charset=utf-8', ...NOT_KEPT],
        body: Buffer.from(call.options.browserScript()),
      }
    )
  }
  if (place === 'openapi.yaml')
    return (
      wrong ?? {
        status: 200,
        headers: ['Content-Type', 'application/yaml; charset=utf-8', ...NOT_KEPT],
        body: Buffer.from(controlContract()),
      }
    )
  if (place === 'events') return wrong ?? events(mock)
  if (place === 'normal') return wrong ?? forBrowser(call, undefined)
  if (place.startsWith('play/')) return wrong ?? play(call, place.slice('play/'.length))
  return problemAnswer(404, {
    title: 'The mock has no such address. GET /_throughline/ shows what it has',
  })
}

/** What a session does with its world as a whole. Without a session it is the one that everybody shares. */
function inWorld(call: ControlCall, place: string): Answer {
  const { world, request, settings, imposed, recount, mock } = call
  const session = sessionOf(request)
  if (place === 'reset' && new URLSearchParams(call.query).get('everything') === 'true') {
    world.resetAll()
    settings.forget()
    imposed.end()
    recount()
    mock.play(null)
    mock.traffic.clear()
    return { status: 204, headers: NOT_KEPT, body: undefined }
  }
  if (place === 'snapshot') return jsonAnswer(201, { snapshot: world.snapshot(session) }, NOT_KEPT)
  if (place === 'reset') {
    world.reset(session)
    recount(session)
  } else if (!world.restore(session, place.slice('restore/'.length)))
    return problemAnswer(404, {
      title: 'There is no such snapshot. POST /_throughline/snapshot takes one',
    })
  return { status: 204, headers: NOT_KEPT, body: undefined }
}

function situationOf({ mock, request, settings }: ControlCall): object {
  const name =
    cookieOf(request.header('cookie'), SCENARIO_COOKIE) ?? settings.scenarioOf(sessionOf(request))
  const own = name === undefined ? undefined : scenarioNamed(mock.graph, name)
  return {
    situation: mock.situation,
    session: own === undefined ? null : { scenario: own.name, title: own.title },
  }
}

function sessionScenario({ mock, request }: ControlCall): string | undefined {
  const name = cookieOf(request.header('cookie'), SCENARIO_COOKIE)
  return name !== undefined && scenarioNamed(mock.graph, name) !== undefined ? name : undefined
}

function putSituation(call: ControlCall): Answer {
  const { mock, settings, recount } = call
  const sent = jsonObjectIn(call.request.body)
  const scenario = sent && ownText(sent, 'scenario')
  const session = sent && ownText(sent, 'session')
  if (sent === undefined || scenario === undefined || (session === undefined && 'session' in sent))
    return problemAnswer(400, {
      title: 'Send {"scenario": "name"}, or {"scenario": null} for back to normal',
    })
  if (typeof session === 'string' && session !== '') {
    const found = scenario === null ? undefined : scenarioNamed(mock.graph, scenario)
    if (scenario !== null && found === undefined) return unknown(mock, scenario)
    const name = shortSession(session)
    settings.set(name, 'scenario', found?.name)
    recount(name)
    const own = found === undefined ? null : { scenario: found.name, title: found.title }
    return jsonAnswer(200, { situation: mock.situation, session: own }, NOT_KEPT)
  }
  if (mock.play(scenario) === undefined) return unknown(mock, scenario ?? '')
  return jsonAnswer(200, situationOf(call), NOT_KEPT)
}

/** A text or null; `undefined` for anything else. */
function ownText(value: Readonly<Record<string, unknown>>, key: string): string | null | undefined {
  const one = Object.hasOwn(value, key) ? value[key] : undefined
  return typeof one === 'string' || one === null ? one : undefined
}

function putDataset({ request, settings, options }: ControlCall): Answer {
  const sent = jsonObjectIn(request.body)
  const dataset = sent && ownText(sent, 'dataset')
  if (dataset === undefined)
    return problemAnswer(400, {
      title: 'Send {"dataset": "many"}, or {"dataset": null} for the usual one',
    })
  if (dataset !== null) {
    const { problems } = dataNamed(dataset, options.readFile ?? (() => undefined))
    if (problems[0] !== undefined) return problemAnswer(404, { title: problems[0].slice(0, 500) })
  }
  settings.set(sessionOf(request), 'dataset', dataset ?? undefined)
  return jsonAnswer(200, { dataset }, NOT_KEPT)
}

function unknown(mock: Mock, name: string): Answer {
  const near = nearestScenarios(mock.graph, name)
  return problemAnswer(404, {
    title: `There is no scenario ${name.slice(0, 100)}${near[0] === undefined ? '' : `. Did you mean ${near[0]}?`}`,
    detail: 'GET /_throughline/scenarios lists all of them.',
    ...(near.length > 0 && { nearest: near }),
  })
}

function listOf(mock: Mock): readonly object[] {
  return scenariosOf(mock.graph).map(({ name, title, kind, step, condition, show }) => ({
    name,
    title,
    kind,
    ...(step && { step }),
    ...(condition && { condition }),
    ...(show && { show }),
    play: playLink(name),
  }))
}

/** The address that plays a scenario in one browser: may be sent to a tester. */
export function playLink(name: string): string {
  return `/_throughline/play/${name.split('/').map(encodeURIComponent).join('/')}`
}

function play(call: ControlCall, raw: string): Answer {
  const name = decoded(raw)
  const scenario = scenarioNamed(call.mock.graph, name)
  return scenario === undefined ? unknown(call.mock, name) : forBrowser(call, scenario.name)
}

/** Without a valid encoding it is looked up as it stands. */
function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}

function forBrowser(call: ControlCall, scenario: string | undefined): Answer {
  const session =
    scenario === undefined ? undefined : (call.options.newSession ?? (() => crypto.randomUUID()))()
  const cookies = [
    'Set-Cookie',
    setCookie(SCENARIO_COOKIE, scenario),
    'Set-Cookie',
    setCookie(SESSION_COOKIE, session),
    ...NOT_KEPT,
  ]
  const to = new URLSearchParams(call.query).get('to')
  if (to === null) return htmlAnswer(200, playedPage(call.mock, scenario), cookies)
  const target = targetOf(to, call)
  if (target === undefined)
    return problemAnswer(400, {
      title:
        "The play link leads to a foreign address. Only this mock and the workspace's own app may be reached",
    })
  return { status: 303, headers: ['Location', target, ...cookies], body: undefined }
}

/** Where a play link may lead: a path of this server, or one of the workspace's own origins. */
function targetOf(to: string, { request, options }: ControlCall): string | undefined {
  const own = `http://${request.header('host') ?? 'localhost'}`
  if (!URL.canParse(to, own)) return undefined
  const url = new URL(to, own)
  if (url.host === new URL(own).host && /^https?:$/.test(url.protocol))
    return url.pathname + url.search + url.hash
  return (options.origins ?? []).includes(url.origin) ? url.href : undefined
}

function events(mock: Mock): Answer {
  return {
    status: 200,
    headers: ['Content-Type', 'text/event-stream', ...NOT_KEPT],
    body: undefined,
    stream(send) {
      const tell = (): void => send(`data: ${JSON.stringify({ situation: mock.situation })}\n\n`)
      tell()
      const stop = mock.subscribe(tell)
      const heartbeat = setInterval(() => send(': still here\n\n'), 15_000)
      heartbeat.unref()
      return () => {
        clearInterval(heartbeat)
        stop()
      }
    },
  }
}

/** A page elsewhere must not change what everybody sees; no Origin is no page. */
export function isTrusted({
  request,
  options,
}: {
  readonly request: MockRequest
  readonly options: MockOptions
}): boolean {
  const origin = request.header('origin')
  if (origin === undefined) return request.header('sec-fetch-site') !== 'cross-site'
  if ((options.origins ?? []).includes(origin)) return true
  if (!URL.canParse(origin)) return false
  const { hostname } = new URL(origin)
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  )
}

function untrusted(): Answer {
  return problemAnswer(403, {
    title:
      "Only pages of this machine and of the workspace's own app may change what everybody sees, or read what others asked",
  })
}
