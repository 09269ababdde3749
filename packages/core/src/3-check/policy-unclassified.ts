import { diagnostic, quoted } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import type { Check } from './check-kind.ts'
import { classesOf } from './classes.ts'
import { matchingFields, operationsInWords } from './matching-fields.ts'
import { operationName } from './of-call.ts'

/**
 * TL5004: a field that by its name holds personal or secret data, and that no class of the policy covers. Once per name
 * and API. Silent without classes: then nobody has begun to classify.
 */
export const policyUnclassified: Check = function* (graph) {
  const classes = classesOf(graph)
  if (classes.isEmpty) return
  for (const { contract } of graph.apis) {
    if (contract === undefined) continue
    const unclassified = matchingFields(contract, classes.wanted).filter(
      ({ operation, path, field }) =>
        classes.soundsLike(field) !== undefined &&
        classes.classOf(operation, path, field) === undefined,
    )
    for (const group of Map.groupBy(unclassified, ({ field }) => field.name).values()) {
      const [first, ...others] = group
      const { operation, path, field } = first!
      yield diagnostic(
        'TL5004',
        originOf(field.schema ?? operation.site, 'key'),
        {
          field: quoted(path),
          operation: operationsInWords([first!, ...others]),
          class: classes.soundsLike(field)!,
        },
        { subject: operationName(operation) },
      )
    }
  }
}
