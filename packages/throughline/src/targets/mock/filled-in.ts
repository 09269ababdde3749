import type { Effect } from './effect.ts'
import { problemAnswer } from './problem.ts'
import type { Answer } from './answer.ts'
import { cookiesIn } from './session.ts'
import type { Scenario } from './scenario.ts'
import { loadTemplates, templates } from './template.ts'
import type { Escape, TemplateData } from './template.ts'

/** What a template is filled in with, taken from a request when it is needed. */
export interface FilledWith {
  readonly method: string
  readonly url: string
  readonly body: () => unknown
  readonly query: () => ReadonlyMap<string, string>
  readonly path: ReadonlyMap<string, string>
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly cookie: string | undefined
  readonly session: string
  readonly seed: string
  readonly call: number
  readonly now: number
}

/** Waits until the templates of a scenario can be filled in; `undefined` where there is nothing to wait for. */
export function templatesOf(scenario: Scenario): Promise<void> | undefined {
  if (templates() !== undefined) return undefined
  return scenario.rules.some((one) => hasTemplate(one.effect)) ? loadTemplates() : undefined
}

export function hasTemplate({ template, headers }: Effect): boolean {
  return (
    template !== undefined ||
    (headers !== undefined && Object.values(headers).some((one) => one.includes('{{')))
  )
}

/** The effect with its template filled in, or the problem that a wrong template is. */
export function filledIn(
  effect: Effect,
  request: FilledWith,
): Effect | { readonly refused: Answer } {
  const render = templates()
  if (render === undefined || !hasTemplate(effect)) return effect
  const data: TemplateData = {
    method: request.method,
    url: request.url,
    body: request.body(),
    query: Object.fromEntries(request.query()),
    path: Object.fromEntries(request.path),
    header: Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        value === undefined
          ? []
          : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')]],
      ),
    ),
    cookie: Object.fromEntries(cookiesIn(request.cookie)),
    session: request.session,
    seed: request.seed,
    call: request.call,
  }
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(effect.headers ?? {})) {
    const rendered = render(value, data, 'none', request.now)
    if ('problem' in rendered) return wrong(`its header ${name}`, rendered.problem)
    headers[name] = rendered.text
  }
  const own = effect.headers === undefined ? effect : { ...effect, headers }
  if (effect.template === undefined) return own
  const rendered = render(effect.template, data, escapeFor(effect.template), request.now)
  return 'problem' in rendered
    ? wrong('its template', rendered.problem)
    : { ...own, text: rendered.text }
}

function wrong(what: string, problem: string): { readonly refused: Answer } {
  const refused = problemAnswer(500, {
    title: `The scenario can't be played: ${what} is wrong. Mend it and send the request again`,
    detail: problem,
  })
  return { refused }
}

/** JSON and XML by how the text begins, blocks and comments passed over. */
function escapeFor(template: string): Escape {
  const start = template.replace(/\{\{[^}]*\}\}+/g, '').trimStart()
  if (/^[[{"]/.test(start)) return 'json'
  return start.startsWith('<') ? 'xml' : 'none'
}
