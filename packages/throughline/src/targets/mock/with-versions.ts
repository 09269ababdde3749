import type { Graph } from '@throughline/core'
import type { Answer } from './answer.ts'
import { headerText } from './answer.ts'
import { corsHeaders } from './cors.ts'
import { fetched } from './fetched.ts'
import type { Mock, MockRequest } from './mock.ts'
import { problemAnswer } from './problem.ts'

/** A workspace as it was, ready to be served. */
export interface Version {
  /** The same for the same content: the commit. */
  readonly commit: string
  readonly graph: () => Graph
  readonly mockOf: (graph: Graph) => Mock
}

export interface Versions {
  /** The workspace at a git revision; why there is none. */
  readonly open: (revision: string) => Version | { readonly problem: string }
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** How many versions are served at once: each has a world of its own. */
const mostServed = 6
/** A branch moves on; so long a name stands for the same commit. */
const trusted = 5_000
const mostNames = 100

/**
 * A mock that also serves the workspace as it was: requests with the header `Throughline-As-Of: v1.2` are answered as the
 * contract was at that git revision, all others as it is. The answer names revision and commit. What is played for
 * everybody is played there too, where that version knows it; what is written there stays there.
 */
export function withVersions(base: Mock, { open, now = Date.now }: Versions): Mock {
  const served = new Map<string, Mock>()
  const names = new Map<string, { readonly at: number; readonly found: ReturnType<typeof open> }>()

  function versionNamed(revision: string): ReturnType<typeof open> {
    const known = names.get(revision)
    if (known !== undefined && now() - known.at < trusted) return known.found
    const found = open(revision)
    names.delete(revision)
    if (names.size >= mostNames) names.delete(names.keys().next().value!)
    names.set(revision, { at: now(), found })
    return found
  }

  function mockAt({ commit, graph, mockOf }: Version): Mock {
    const one = served.get(commit) ?? mockOf(graph())
    // The one that nobody has asked for the longest goes first.
    served.delete(commit)
    if (served.size >= mostServed) served.delete(served.keys().next().value!)
    served.set(commit, one)
    const playing = base.situation?.scenario ?? null
    if ((one.situation?.scenario ?? null) !== playing && one.play(playing) === undefined)
      one.play(null)
    return one
  }

  function answered(revision: string, request: MockRequest): Answer | Promise<Answer> {
    request.wire?.upload?.resume()
    const found = versionNamed(revision)
    if ('problem' in found) {
      const answer = problemAnswer(400, { title: found.problem.slice(0, 300) })
      const origin = request.header('origin')
      return origin === undefined
        ? answer
        : { ...answer, headers: [...answer.headers, ...corsHeaders(origin, answer)] }
    }
    const version = headerText(`${revision}; commit=${found.commit.slice(0, 12)}`)
    const name = (answer: Answer): Answer => ({
      ...answer,
      headers: [...answer.headers, 'Throughline-As-Of', version],
    })
    const answer = mockAt(found).answer(request)
    return answer instanceof Promise ? answer.then(name) : name(answer)
  }

  const self: Mock = {
    get graph() {
      return base.graph
    },
    get situation() {
      return base.situation
    },
    traffic: base.traffic,
    play: (scenario) => base.play(scenario),
    update: (graph) => base.update(graph),
    subscribe: (listener) => base.subscribe(listener),
    answer(request) {
      const revision = request.header('throughline-as-of')?.trim()
      return revision === undefined || revision === '' || request.url.startsWith('/_throughline')
        ? base.answer(request)
        : answered(revision.slice(0, 200), request)
    },
    handle: (request) => fetched(self, request),
    ...(base.passes !== undefined && { passes: base.passes }),
  }
  return self
}
