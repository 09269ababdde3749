import {
  recordedChoices,
  replayedChoices,
  seededDraw,
  wrongEdge,
  type Choices,
  type Operation,
} from '@throughline/core'
import { caseOf, type Case, type Draft } from '../case.ts'
import {
  bodyContent,
  isSent,
  keyOf,
  knownPath,
  usualBody,
  usualValue,
  type Learned,
} from '../usual-request.ts'

/** What a generated request says, and what was made wrong in it on purpose. */
interface Made {
  readonly said: Draft['said']
  readonly mutation?: string
}

/**
 * Endlessly many requests from the schemas, about one in three of them wrong in one place. The choices that made a case are
 * kept with it: fewer and smaller choices make a simpler case of the same kind.
 */
export function* fuzzCases(operation: Operation, seed: number, learned: Learned): Generator<Case> {
  const make = (choices: Choices): Made => madeRequest(operation, choices, learned)
  for (let turn = 0; ; turn++) {
    const { choices, record } = recordedChoices(seededDraw(`${seed} ${operation.id} fuzz ${turn}`))
    const { said, mutation } = make(choices)
    const one = caseOf({
      operation,
      phase: 'fuzz',
      name: String(turn),
      said,
      ...(mutation !== undefined && { mutation }),
      made: { record, make },
    })
    if (one !== undefined) yield one
  }
}

/** The same kind of case from other choices; `undefined` where they make none. */
export function remade(one: Case, record: readonly number[]): Case | undefined {
  if (one.made === undefined) return undefined
  const { choices, record: drawn } = recordedChoices(drawFrom(record))
  const { said, mutation } = one.made.make(choices)
  return caseOf({
    operation: one.operation,
    phase: one.phase,
    name: one.id.split('/').slice(2).join('/'),
    said,
    ...(mutation !== undefined && { mutation }),
    identity: one.identity,
    made: { record: drawn.slice(0, record.length), make: one.made.make },
  })
}

function drawFrom(record: readonly number[]): (bound: number) => number {
  const choices = replayedChoices(record)
  return (bound) => choices.integer(0, bound - 1)
}

function madeRequest(operation: Operation, choices: Choices, learned: Learned): Made {
  const options = { choices, learned, examples: false, optional: true }
  const parameters = new Map<string, unknown>(knownPath(operation, options))
  const sent = operation.parameters().filter(isSent)
  for (const parameter of sent) {
    if (parameters.has(keyOf(parameter))) continue
    if (!parameter.required && !choices.boolean()) continue
    const value = usualValue(operation, parameter, options)
    if (value !== undefined) parameters.set(keyOf(parameter), value)
  }
  const content = bodyContent(operation)
  const hasBody =
    content !== undefined && (operation.requestBody()?.required === true || choices.boolean())
  const value = hasBody
    ? usualBody(operation, content, { ...options, optional: choices.boolean() })
    : undefined
  const said: Draft['said'] = { parameters, ...(hasBody && { body: { content, value } }) }
  if (choices.integer(0, 2) !== 2) return { said }

  const places = [
    ...sent.filter(
      (one) => parameters.has(keyOf(one)) && (one.schema ?? one.content?.schema) !== undefined,
    ),
    ...(hasBody && content.schema !== undefined ? ['body' as const] : []),
  ]
  if (places.length === 0) return { said }
  const place = choices.pick(places)
  const schema = place === 'body' ? content!.schema! : (place.schema ?? place.content!.schema!)
  const base = place === 'body' ? value : parameters.get(keyOf(place))
  const edge = wrongEdge(schema, base, choices, { most: 200 })
  if (edge === undefined) return { said }
  const at = [...(place === 'body' ? [] : [place.name]), ...edge.path].join('.') || 'the body'
  const mutation = `${at} ${edge.words}`
  if (place === 'body')
    return { said: { ...said, body: { content: content!, value: edge.value } }, mutation }
  return {
    said: { ...said, parameters: new Map([...parameters, [keyOf(place), edge.value]]) },
    mutation,
  }
}
