import { edgesOf, isJsonType, seededChoices, type Operation } from '@throughline/core'
import { caseOf, type Case, type Draft } from '../case.ts'
import {
  bodyContent,
  isSent,
  keyOf,
  usualRequest,
  usualValue,
  type Learned,
} from '../usual-request.ts'

/**
 * Every edge of everything that can be sent, one change at a time: parameters and properties there and not there, at and
 * beyond each bound, each value of an enum, other types, and bodies that are none.
 */
export function* coverageCases(
  operation: Operation,
  seed: number,
  learned: Learned,
): Generator<Case> {
  const choices = () => seededChoices(`${seed} ${operation.id} coverage`)
  const base = usualRequest(operation, { choices: choices(), learned })
  const draft = (name: string, rest: Pick<Draft, 'said' | 'mutation'>): Case | undefined =>
    caseOf({ operation, phase: 'coverage', name, ...rest })
  const kept = function* (one: Case | undefined): Generator<Case> {
    if (one !== undefined) yield one
  }

  yield* kept(draft('required', { said: base }))
  const all = usualRequest(operation, { choices: choices(), learned, optional: true })
  if (all.parameters.size > base.parameters.size || (all.body && !base.body))
    yield* kept(draft('everything', { said: all }))

  for (const parameter of operation.parameters().filter(isSent)) {
    const key = keyOf(parameter)
    const value =
      base.parameters.get(key) ?? usualValue(operation, parameter, { choices: choices(), learned })
    const said = (next: unknown): Draft['said'] => ({
      ...base,
      parameters: new Map([...base.parameters, [key, next]]),
    })
    if (parameter.required && parameter.in !== 'path') {
      const without = new Map([...base.parameters].filter(([name]) => name !== key))
      yield* kept(
        draft(`${key}/missing`, {
          said: { ...base, parameters: without },
          mutation: `${parameter.name} is missing`,
        }),
      )
    } else if (!parameter.required) yield* kept(draft(`${key}/present`, { said: said(value) }))
    const schema = parameter.schema ?? parameter.content?.schema
    if (schema === undefined) continue
    for (const { path, name, words, value: next, fits } of edgesOf(schema, value, {
      most: mostPerParameter,
    })) {
      // Another id than the one that is there asks for another thing, and says nothing about bounds.
      if (fits && parameter.in === 'path') continue
      const place = [parameter.name, ...path].join('.')
      yield* kept(
        draft([key, ...path, name].join('/'), {
          said: said(next),
          ...(!fits && { mutation: `${place} ${words}` }),
        }),
      )
    }
  }

  const content = bodyContent(operation)
  const body = all.body
  if (content === undefined || body === undefined) return
  if (operation.requestBody()?.required === true) {
    const { body: _, ...nothing } = base
    yield* kept(draft('body/missing', { said: nothing, mutation: 'the body is missing' }))
  }
  if (content.schema === undefined) return
  for (const { path, name, words, value, fits } of edgesOf(content.schema, body.value, {
    most: mostPerBody,
  })) {
    const place = path.length === 0 ? 'the body' : path.join('.')
    yield* kept(
      draft(['body', ...path, name].join('/'), {
        said: { ...base, body: { content, value } },
        ...(!fits && { mutation: `${place} ${words}` }),
      }),
    )
  }
  if (isJsonType(content.type)) {
    for (const [name, text] of brokenBodies)
      yield* kept(
        draft(`body/${name}`, {
          said: { ...base, body: { content, value: new TextEncoder().encode(text) } },
          mutation: `the body is ${name.replaceAll('-', ' ')}`,
        }),
      )
  }
}

const mostPerParameter = 60
const mostPerBody = 300
const brokenBodies = [
  ['broken-JSON', '{"'],
  ['no-JSON', 'hello'],
] as const
