import { seededChoices, type Operation } from '@throughline/core'
import { caseOf, type Case } from '../case.ts'
import { bodyContent, isSent, keyOf, usualRequest, type Learned } from '../usual-request.ts'

/**
 * What the contract itself shows: one request for each name that its examples have, so that parameters and body of one name
 * go together, and the plainest request where there are none.
 */
export function* exampleCases(
  operation: Operation,
  seed: number,
  learned: Learned,
): Generator<Case> {
  const parameters = operation.parameters().filter(isSent)
  const content = bodyContent(operation)
  const names = new Set<string>()
  for (const one of [...parameters, ...(content === undefined ? [] : [content])])
    for (const example of one.examples) if (example.value !== undefined) names.add(example.name)
  if (names.size === 0) names.add('plain')
  for (const name of [...names].slice(0, mostExamples)) {
    const choices = seededChoices(`${seed} ${operation.id} ${name}`)
    const usual = usualRequest(operation, { choices, learned })
    const said = new Map(usual.parameters)
    for (const parameter of parameters) {
      const own = parameter.examples.find((one) => one.name === name && one.value !== undefined)
      // An id that is known to exist says more than one that was written down once.
      if (own !== undefined && !(parameter.in === 'path' && said.has(keyOf(parameter))))
        said.set(keyOf(parameter), own.value)
    }
    const body = content?.examples.find((one) => one.name === name && one.value !== undefined)
    const one = caseOf({
      operation,
      phase: 'examples',
      name,
      said: {
        parameters: said,
        ...(body !== undefined && content !== undefined
          ? { body: { content, value: body.value } }
          : usual.body && { body: usual.body }),
      },
    })
    if (one !== undefined) yield one
  }
}

/** Reads of things that lists have shown. */
export function* knownCases(operation: Operation, seed: number, learned: Learned): Generator<Case> {
  if (operation.method !== 'GET' || !operation.path.includes('{')) return
  const seen = new Set<string>()
  for (let turn = 0; turn < mostKnown * 3 && seen.size < mostKnown; turn++) {
    const choices = seededChoices(`${seed} ${operation.id} known ${turn}`)
    const path = learned.pathFor(operation, choices)
    if (path === undefined) return
    const name = path.join('~')
    if (seen.has(name)) continue
    seen.add(name)
    const usual = usualRequest(operation, {
      choices: seededChoices(`${seed} ${operation.id} known ${turn}`),
      learned,
    })
    const one = caseOf({ operation, phase: 'examples', name: `known/${name}`, said: usual })
    if (one !== undefined) yield one
  }
}

const mostKnown = 12
const mostExamples = 50
