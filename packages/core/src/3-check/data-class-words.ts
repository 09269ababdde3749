import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import { child, isObject, originOf } from '../text/site.ts'
import type { Check } from './check-kind.ts'
import { classesOf } from './classes.ts'
import { classificationNames } from './data-classification.ts'
import {
  byDescription,
  matchingFields,
  operationsInWords,
  type MatchingField,
} from './matching-fields.ts'
import { operationName } from './of-call.ts'

/**
 * TL5013: a contract classifies a field as something that no class of the policy takes. TL5014: it says so in a form that only
 * counts by custom (`x-pii: true`, `x-data-classification: PII`). Silent without classes: then nobody has begun to classify.
 */
export const dataClassWords: Check = function* (graph) {
  const classes = classesOf(graph)
  if (classes.isEmpty) return
  for (const { contract } of graph.apis) {
    if (contract === undefined) continue
    const said = matchingFields(contract, classes.wanted).filter(
      ({ field }) => classificationNames(field.classification).length > 0,
    )
    for (const [first, ...others] of byDescription(said)) {
      const { operation, path, field } = first
      const found = classes.classOf(operation, path, field)
      yield* toldOf([first, ...others], found?.id)
    }
  }
}

function* toldOf(
  group: readonly [MatchingField, ...MatchingField[]],
  found: string | undefined,
): Generator<Diagnostic> {
  const { operation, path, field } = group[0]
  const site = field.schema ?? operation.site
  const details = { field: quoted(path), operation: operationsInWords(group) }
  const extras = { subject: operationName(operation) }
  const names = classificationNames(field.classification)
  if (found === undefined) {
    const own = { ...details, class: quoted(names[0]!) }
    yield diagnostic('TL5013', originOf(site, 'key'), own, extras)
    return
  }
  const raw = isObject(site.value) ? site.value : {}
  const keyword = keywords.find((one) => Object.hasOwn(raw, one))
  if (keyword === undefined) return
  const value = raw[keyword]
  const isPlain = keyword !== 'x-data-classification' && !isObject(value)
  const isByCustom = typeof value === 'string' && value.toLowerCase() !== found.toLowerCase()
  if (!isPlain && !isByCustom) return
  yield diagnostic(
    'TL5014',
    originOf(child(site, keyword) ?? site, 'key'),
    {
      ...details,
      written: quoted(`${keyword}: ${String(value).slice(0, 60)}`),
      class: quoted(found),
      better: quoted(`x-data-classification: ${found}`),
    },
    extras,
  )
}

const keywords = ['x-data-classification', 'x-sensitive-data', 'x-pii'] as const
