import { htmlAnswer, jsonAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Mock, MockOptions, MockRequest } from './mock.ts'
import { overviewPage, playedPage } from './pages.ts'
import { problemAnswer } from './problem.ts'
import { nearestScenarios, scenarioNamed, scenariosOf } from './scenario.ts'
import { SCENARIO_COOKIE, SESSION_COOKIE, cookieOf, sessionOf, setCookie } from './session.ts'
import type { Worlds } from './world/worlds.ts'

export interface ControlCall {
  readonly mock: Mock
  readonly request: MockRequest
  readonly path: string
  readonly query: string
  readonly options: MockOptions
  readonly world: Worlds
}

/**
 * The mock's own addresses, under `/_throughline/`:
 *
 *     GET  /                  a page with everything that can be played
 *     GET  situation          what is played for everybody, and for this browser
 *     PUT  situation          {"scenario": name or null}: for everybody
 *     GET  scenarios          everything that can be played
 *     GET  play/<scenario>    for this browser; then on to ?to=
 *     GET  normal             this browser is back to normal; POST: everybody is
 *     POST reset              this session's data is as it was before anybody wrote
 *     POST snapshot           keeps a copy of this session's data: {"snapshot": id}
 *     POST restore/<id>       this session's data is as it was then
 *     GET  events             each new situation, as server-sent events
 *     GET  browser.js         a module for pages: shows what is played and follows it
 *
 * Only pages of this machine and of the workspace's own origins may change what everybody sees.
 */
export function control(call: ControlCall): Answer {
  const { mock, request, path } = call
  const place = path.slice('/_throughline'.length).replace(/^\//, '')
  const { method } = request
  if (place === 'situation') {
    if (method === 'PUT') return isTrusted(call) ? putSituation(call) : untrusted()
    return only(method, ['GET', 'HEAD', 'PUT']) ?? jsonAnswer(200, situationOf(call), NOT_KEPT)
  }
  if (place === 'normal' && method === 'POST') {
    if (!isTrusted(call)) return untrusted()
    mock.play(null)
    return jsonAnswer(200, situationOf(call), NOT_KEPT)
  }
  if (place === 'reset' || place === 'snapshot' || place.startsWith('restore/'))
    return only(method, ['POST']) ?? (isTrusted(call) ? inWorld(call, place) : untrusted())
  const wrong = only(method, ['GET', 'HEAD'])
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
  if (place === 'events') return wrong ?? events(mock)
  if (place === 'normal') return wrong ?? forBrowser(call, undefined)
  if (place.startsWith('play/')) return wrong ?? play(call, place.slice('play/'.length))
  return problemAnswer(404, {
    title: 'The mock has no such address. GET /_throughline/ shows what it has',
  })
}

/** What a session does with its world as a whole. Without a session it is the one that everybody shares. */
function inWorld({ world, request }: ControlCall, place: string): Answer {
  const session = sessionOf(request)
  if (place === 'snapshot') return jsonAnswer(201, { snapshot: world.snapshot(session) }, NOT_KEPT)
  if (place === 'reset') world.reset(session)
  else if (!world.restore(session, place.slice('restore/'.length)))
    return problemAnswer(404, {
      title: 'There is no such snapshot. POST /_throughline/snapshot takes one',
    })
  return { status: 204, headers: NOT_KEPT, body: undefined }
}

const NOT_KEPT = ['Cache-Control', 'no-store']

function only(method: string, allowed: readonly string[]): Answer | undefined {
  if (allowed.includes(method)) return undefined
  const text = allowed.join(', ')
  return problemAnswer(405, { title: `${method.slice(0, 20)} is not allowed here. Use ${text}` }, [
    'Allow',
    text,
  ])
}

function situationOf({ mock, request }: ControlCall): object {
  const name = cookieOf(request.header('cookie'), SCENARIO_COOKIE)
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
  const scenario = scenarioIn(call.request.body)
  if (scenario === undefined)
    return problemAnswer(400, {
      title: 'Send {"scenario": "name"}, or {"scenario": null} for back to normal',
    })
  if (call.mock.play(scenario) === undefined) return unknown(call.mock, scenario ?? '')
  return jsonAnswer(200, situationOf(call), NOT_KEPT)
}

function scenarioIn(body: Uint8Array | undefined): string | null | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body ?? []).toString())
    const scenario: unknown =
      value !== null && typeof value === 'object' ? Reflect.get(value, 'scenario') : undefined
    return typeof scenario === 'string' || scenario === null ? scenario : undefined
  } catch {
    return undefined
  }
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
  let name = raw
  try {
    name = decodeURIComponent(raw)
  } catch {
    // no valid encoding: looked up as it stands
  }
  const scenario = scenarioNamed(call.mock.graph, name)
  return scenario === undefined ? unknown(call.mock, name) : forBrowser(call, scenario.name)
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
  if (url.origin === new URL(own).origin) return url.pathname + url.search + url.hash
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
function isTrusted({ request, options }: ControlCall): boolean {
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
      "Only pages of this machine and of the workspace's own app may change what everybody sees",
  })
}
