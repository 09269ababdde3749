import type { Graph } from '@throughline/core'
import type { Answer } from './answer.ts'
import { corsHeaders } from './cors.ts'
import { fetched } from './fetched.ts'
import type { Mock, MockRequest } from './mock.ts'
import { problemAnswer } from './problem.ts'

/** What is needed to serve proposals beside the contract as it is. */
export interface Proposals {
  /** The graph with a proposal, by its id or the beginning of it; why there is none. */
  readonly graphWith: (id: string) => Graph | { readonly problem: string }
  /** A mock like the first one, of another graph. */
  readonly mockOf: (graph: Graph) => Mock
}

/** How many proposals are served at once: each has a world of its own. */
const mostServed = 8

/**
 * A mock that serves a proposed change to whoever asks for it, before anybody has agreed: requests with the header
 * `Throughline-Proposal: <id>` are answered as if it were applied, all others as the contract is. The answer names the proposal. What is
 * played for everybody is played there too; what is written there stays there.
 */
export function withProposals(base: Mock, { graphWith, mockOf }: Proposals): Mock {
  const served = new Map<string, { readonly graph: Graph; readonly mock: Mock }>()

  function proposed(id: string): Mock | { readonly problem: string } {
    const graph = graphWith(id)
    if ('problem' in graph) return graph
    let one = served.get(id)
    if (one?.graph !== graph) {
      if (one === undefined) {
        if (served.size >= mostServed) served.delete(served.keys().next().value!)
        one = { graph, mock: mockOf(graph) }
      } else {
        one.mock.update(graph)
        one = { graph, mock: one.mock }
      }
      served.set(id, one)
    }
    const playing = base.situation?.scenario ?? null
    if ((one.mock.situation?.scenario ?? null) !== playing) one.mock.play(playing)
    return one.mock
  }

  function answered(id: string, request: MockRequest): Answer | Promise<Answer> {
    const found = proposed(id)
    if ('problem' in found) {
      const answer = problemAnswer(400, {
        title: `${found.problem.slice(0, 300)}.`,
        detail: '`throughline decide` lists what is proposed.',
      })
      const origin = request.header('origin')
      return origin === undefined
        ? answer
        : { ...answer, headers: [...answer.headers, ...corsHeaders(origin, answer)] }
    }
    const name = (answer: Answer): Answer => ({
      ...answer,
      headers: [...answer.headers, 'Throughline-Proposal', id],
    })
    const answer = found.answer(request)
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
      const id = request.header('throughline-proposal')?.trim()
      return id === undefined || id === '' ? base.answer(request) : answered(id, request)
    },
    handle: (request) => fetched(self, request),
    ...(base.passes !== undefined && { passes: base.passes }),
  }
  return self
}
