import type { ClassDeclaration } from '../1-parse/declarations.ts'
import type { Graph } from '../2-link/graph.ts'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import type { Check } from './check-kind.ts'
import { classesOf, type Classes } from './classes.ts'
import {
  byDescription,
  matchingFields,
  operationsInWords,
  type MatchingField,
} from './matching-fields.ts'
import { operationName } from './of-call.ts'

/**
 * TL5001, TL5002, TL5003: classified data where the policy says it must never be: in a response, in a URL, or in a URL
 * because those are logged. A field that many operations share is reported once, where it is described.
 */
export const policyClass: Check = function* (graph) {
  const classes = classesOf(graph)
  if (classes.isEmpty) return
  for (const group of byDescription(broken(graph, classes))) {
    for (const same of Map.groupBy(group, (one) => one.code).values()) yield reported(same)
  }
}

interface Broken extends MatchingField {
  readonly code: 'TL5001' | 'TL5002' | 'TL5003'
  readonly declaration: ClassDeclaration
  /** As the policy says it. */
  readonly rule: string
}

function* broken(graph: Graph, classes: Classes): Generator<Broken> {
  for (const { contract } of graph.apis) {
    if (contract === undefined) continue
    for (const match of matchingFields(contract, classes.wanted)) {
      const declaration = classes.classOf(match.operation, match.path, match.field)
      const rule = declaration && ruleBroken(declaration, match)
      if (declaration !== undefined && rule !== undefined) yield { ...match, ...rule, declaration }
    }
  }
}

/** The rule of a class that a field breaks by the place it travels in; undefined where it keeps them all. */
export function ruleBroken(
  { rules }: ClassDeclaration,
  { place, path }: Pick<MatchingField, 'place' | 'path'>,
): Pick<Broken, 'code' | 'rule'> | undefined {
  const saying = (words: RegExp): string | undefined => rules.find((rule) => words.test(rule))
  if (place === 'response' || (place === 'header' && path.startsWith('header:'))) {
    const rule = saying(/never in (a |the |any )?(responses?|answers?)/i)
    return rule === undefined ? undefined : { code: 'TL5002', rule }
  }
  if (place !== 'url') return undefined
  const inUrl = saying(/never in (a |the |any )?urls?/i)
  if (inUrl !== undefined) return { code: 'TL5003', rule: inUrl }
  const inLogs = saying(/never in (a |the |any )?logs?/i)
  return inLogs === undefined ? undefined : { code: 'TL5001', rule: inLogs }
}

function reported(found: readonly Broken[]): Diagnostic {
  const [first, ...others] = found
  const { code, operation, path, field, declaration, rule } = first!
  const details = {
    field: quoted(path),
    operation: operationsInWords([first!, ...others]),
    class: quoted(declaration.id),
    rule,
  }
  const origin = originOf(field.schema ?? operation.site, 'key')
  const extras = {
    subject: operationName(operation),
    related: [{ origin: originOf(declaration.site, 'key'), message: 'the policy says so here' }],
  }
  if (code !== 'TL5001') return diagnostic(code, origin, details, extras)
  const because = 'It travels in the URL, and URLs are logged by everything on the way.'
  return diagnostic(code, origin, { ...details, because }, extras)
}
