import type { Answer } from './answer.ts'
import { decodedOr } from './decoded-or.ts'
import { templatesOf } from './filled-in.ts'
import { isLoaded, loadLocale, seedIn } from './locale.ts'
import type { MockRequest } from './mock-request.ts'
import { problemAnswer } from './problem.ts'
import { nearestScenarios, scenarioNamed, scenarioOfPersona } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { SCENARIO_COOKIE, cookieOf, sessionOf } from './session.ts'
import type { Works } from './works.ts'

// What a request wants to be answered with: by its own headers, by what is set for its session, or as everybody is.

/** The scenario of this request: its header, else the browser session's, else everybody's. An unknown header is an error. */
export function scenarioFor(works: Works, request: MockRequest): Scenario | Answer | undefined {
  const named = request.header('throughline-scenario')?.trim()
  if (named !== undefined) {
    if (named === '' || named === 'none') return undefined
    const name = decodedOr(named)
    const found = scenarioNamed(works.graph, name)
    if (found !== undefined) return found
    const [nearest] = nearestScenarios(works.graph, name)
    const title = `There is no scenario ${name.slice(0, 100)}${nearest === undefined ? '' : `. Did you mean ${nearest}?`}`
    return {
      ...problemAnswer(400, { title, detail: 'GET /_throughline/scenarios lists all of them.' }),
      told: {
        operations: [],
        because: { kind: 'missing', detail: title },
        seed: works.manner.seed,
        dataset: '',
      },
    }
  }
  const cookie = cookieOf(request.header('cookie'), SCENARIO_COOKIE)
  const own =
    cookie ?? (works.settings.isEmpty() ? undefined : works.settings.scenarioOf(sessionOf(request)))
  return (own === undefined ? undefined : scenarioNamed(works.graph, own)) ?? works.playing
}

/** Whose words a request is answered with. */
function localeFor(
  works: Works,
  scenario: Scenario | undefined,
  request: MockRequest,
): string | undefined {
  if (scenario?.locale !== undefined) return scenario.locale
  const name = request.header('throughline-persona')?.trim()
  const own = name === undefined ? undefined : scenarioOfPersona(works.graph, name)?.locale
  return own ?? works.options.locale
}

/** The seed, in the language that a request is answered in. */
export function seedFor(
  works: Works,
  scenario: Scenario | undefined,
  request: MockRequest,
): string {
  const locale = localeFor(works, scenario, request)
  return locale === works.options.locale
    ? works.manner.seed
    : seedIn(String(works.options.seed ?? 1), locale)
}

/** Waits for what a request needs and nobody has loaded yet: templates, the words of a language. */
export function preparing(
  works: Works,
  scenario: Scenario | undefined,
  request: MockRequest,
): Promise<unknown> | undefined {
  const locale = localeFor(works, scenario, request)
  return locale === undefined || isLoaded(locale)
    ? scenario && templatesOf(scenario)
    : loadLocale(locale)
}

/** What somebody who walks as a persona finds, or what was set for the session. */
export function usualData(works: Works, request: MockRequest): string | undefined {
  const name = request.header('throughline-persona')?.trim()
  const own = name === undefined ? undefined : scenarioOfPersona(works.graph, name)?.dataset
  return (
    own ?? (works.settings.isEmpty() ? undefined : works.settings.datasetOf(sessionOf(request)))
  )
}
