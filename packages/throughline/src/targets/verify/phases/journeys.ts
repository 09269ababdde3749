import { edgesOf, generate, nodeOf, seededChoices, type Operation } from '@throughline/core'
import { asking, type Script, type Talk } from '../talk.ts'
import { bodyContent, isSent, keyOf, pathNames, usualBody, usualValue } from '../usual-request.ts'

/**
 * The calls of each step in the order in which somebody makes them, then what each call's `states` wait for: a thing that is
 * not there, a request that is wrong, somebody who is not signed in.
 */
export function* journeyScripts({
  graph,
  operations,
}: Pick<Talk, 'graph' | 'operations'>): Generator<Script> {
  const chosen = new Set(operations)
  for (const journey of graph.journeys) {
    yield async (talk) => {
      for (const id of journey.steps) {
        const step = nodeOf(graph, 'step', id)
        for (const callId of step?.calls ?? []) {
          const call = nodeOf(graph, 'call', callId)
          const operation = nodeOf(graph, 'operation', call?.operation)
          if (step === undefined || operation === undefined || !chosen.has(operation)) continue
          if (operation.protocol !== 'rest') continue
          await talk.ask(asking(talk, operation, { phase: 'journeys', name: step.name }))
          const statuses = new Set(
            [...step.states, ...(call?.states ?? [])].map(
              (state) => nodeOf(graph, 'state', state)?.condition ?? '',
            ),
          )
          for (const status of statuses) await provoked(talk, operation, step.name, status)
        }
      }
    }
  }
}

async function provoked(
  talk: Talk,
  operation: Operation,
  step: string,
  status: string,
): Promise<void> {
  const name = `${step}/${status}`
  if (status === '404' || status === '410') {
    const names = pathNames(operation.path)
    if (names.length === 0) return
    const last = operation
      .parameters()
      .find((one) => one.in === 'path' && one.name === names.at(-1))
    const schema = last?.schema
    const nobodys =
      schema === undefined
        ? 'nobody-has-this'
        : generate(schema, seededChoices(`nobody ${talk.seed}`), {
            direction: 'request',
            examples: false,
          })
    await talk.ask(
      asking(talk, operation, {
        phase: 'journeys',
        name,
        parameters: { [`path.${names.at(-1)!}`]: nobodys },
      }),
    )
  } else if (status === '401') {
    if (operation.security().length > 0)
      await talk.ask(asking(talk, operation, { phase: 'journeys', name, identity: 'anonymous' }))
  } else if (status === '400' || status === '422' || status === '4xx' || status === 'invalid')
    await refused(talk, operation, name)
}

async function refused(talk: Talk, operation: Operation, name: string): Promise<void> {
  const choices = seededChoices(`${talk.seed} ${operation.id} ${name}`)
  const content = bodyContent(operation)
  if (content?.schema !== undefined) {
    const body = usualBody(operation, content, { choices, learned: talk.learned })
    for (const edge of edgesOf(content.schema, body, { most: 60 })) {
      if (edge.fits) continue
      const mutation = `${edge.path.join('.') || 'the body'} ${edge.words}`
      await talk.ask(
        asking(talk, operation, { phase: 'journeys', name, body: edge.value, mutation }),
      )
      return
    }
  }
  for (const parameter of operation.parameters().filter(isSent)) {
    if (parameter.schema === undefined || parameter.in === 'path') continue
    const value = usualValue(operation, parameter, { choices, learned: talk.learned })
    for (const edge of edgesOf(parameter.schema, value, { most: 60 })) {
      if (edge.fits) continue
      const mutation = `${parameter.name} ${edge.words}`
      const parameters = { [keyOf(parameter)]: edge.value }
      await talk.ask(asking(talk, operation, { phase: 'journeys', name, parameters, mutation }))
      return
    }
  }
}
