import {
  seededChoices,
  type Choices,
  type Graph,
  type Operation,
  type Relations,
} from '@throughline/core'
import { caseOf, type Case, type Phase, type Probe } from './case.ts'
import type { Observation } from './check-kind.ts'
import type { Exchange } from './exchange.ts'
import type { Identities, IdentityName } from './identities.ts'
import {
  bodyContent,
  isSent,
  keyOf,
  pathNames,
  usualRequest,
  type Learned,
} from './usual-request.ts'

/** What a script of several requests may do: ask, look at the answer, and say what is wrong with it. */
export interface Talk {
  readonly graph: Graph
  readonly seed: number
  /** When the run began, milliseconds since 1970: what must be new to a backend is made from it. */
  readonly started: number
  readonly operations: readonly Operation[]
  readonly identities: Identities
  readonly learned: Learned
  readonly relations: (operation: Operation) => Relations
  /** `undefined` where nothing can be sent: it cannot be said over HTTP, the run was stopped, the operation set aside. */
  readonly ask: (one: Case | undefined) => Promise<Exchange | undefined>
  /** Beyond what the checks of each exchange find by themselves. */
  readonly note: (exchange: Exchange, observation: Observation) => void
}

/** Requests that belong together, in their order. */
export type Script = (talk: Talk) => Promise<void>

export interface Asking {
  readonly phase: Phase
  readonly name: string
  /** The values of the path's parameters, in their order. */
  readonly path?: readonly unknown[]
  /** By key: `query.limit`. */
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly identity?: IdentityName
  readonly mutation?: string
  readonly optional?: boolean
  readonly probe?: Probe
  readonly method?: string
}

/** A request as somebody who means well would send it, but for what is given. */
export function asking(talk: Talk, operation: Operation, given: Asking): Case | undefined {
  const { phase, name, path, parameters = {}, headers, identity, mutation, probe, method } = given
  const said = usualRequest(operation, {
    choices: choicesFor(talk, operation, name),
    learned: talk.learned,
    ...(given.optional === true && { optional: true }),
  })
  const all = new Map(said.parameters)
  pathNames(operation.path).forEach((one, at) => {
    if (path !== undefined && at < path.length) all.set(`path.${one}`, path[at])
  })
  const known = new Set(operation.parameters().filter(isSent).map(keyOf))
  for (const [key, value] of Object.entries(parameters)) if (known.has(key)) all.set(key, value)
  const content = bodyContent(operation)
  return caseOf({
    operation,
    phase,
    name,
    said: {
      parameters: all,
      ...('body' in given && content !== undefined
        ? { body: { content, value: given.body } }
        : said.body && { body: said.body }),
      ...(headers && { headers }),
    },
    ...(identity && { identity }),
    ...(mutation !== undefined && { mutation }),
    ...(probe && { probe }),
    ...(method !== undefined && { method }),
  })
}

export function choicesFor(
  { seed }: Pick<Talk, 'seed'>,
  operation: Operation,
  name: string,
): Choices {
  return seededChoices(`${seed} ${operation.id} ${name}`)
}

/** The values of the path's parameters that a case was sent with. */
export function pathOf({ operation, said }: Case): readonly unknown[] {
  return pathNames(operation.path).map((name) => said.parameters.get(`path.${name}`))
}

/** Some things take a moment to be everywhere. */
export async function aMoment(): Promise<void> {
  await new Promise((passed) => setTimeout(passed, 250))
}
