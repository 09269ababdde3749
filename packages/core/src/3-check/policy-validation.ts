import type { Graph } from '../2-link/graph.ts'
import type { Field } from '../schema/field.ts'
import { seededChoices } from '../schema/choices.ts'
import { generate, type GenerateOptions } from '../schema/generate.ts'
import { rulesFrom } from '../schema/rules.ts'
import { validatorOf } from '../schema/validate.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { isObject, originOf, type Site } from '../text/site.ts'
import type { Check } from './check-kind.ts'
import { coveredFields } from './covered-fields.ts'
import { listed } from './listed.ts'
import { byDescription, operationsInWords } from './matching-fields.ts'
import { operationName } from './of-call.ts'

/** TL5015: a field for which policy and contract contradict each other. TL5007: a field that the policy's `validation` covers, and whose schema in the contract promises less. Once where it is described. */
export const policyValidation: Check = function* (graph) {
  for (const { validation } of graph.declarations.policies) {
    for (const { match, schema } of validation) yield* ofRule(graph, match, schema)
  }
}

function* ofRule(graph: Graph, match: string, schema: Site): ReturnType<Check> {
  if (!isObject(schema.value)) return
  for (const { contract } of graph.apis) {
    if (contract === undefined) continue
    for (const group of byDescription(coveredFields(contract, match))) {
      const { operation, path, field } = group[0]
      if (contradicts(field, schema)) {
        yield diagnostic(
          'TL5015',
          originOf(field.schema ?? operation.site, 'key'),
          {
            field: quoted(path),
            operation: operationsInWords(group),
            match: quoted(match),
            asked: quoted(shown(schema.value)),
          },
          {
            subject: operationName(operation),
            related: [{ origin: originOf(schema), message: 'the policy asks for it here' }],
          },
        )
        continue
      }
      const missing = notPromised(field, schema)
      if (missing.length === 0) continue
      yield diagnostic(
        'TL5007',
        originOf(field.schema ?? operation.site, 'key'),
        {
          field: quoted(path),
          operation: operationsInWords(group),
          match: quoted(match),
          missing: listed(missing),
        },
        {
          subject: operationName(operation),
          related: [{ origin: originOf(schema), message: 'the policy asks for it here' }],
        },
      )
    }
  }
}

/** Whether both can be kept, each by itself, and no value was found that keeps to both: looked for in a few ways, so that it ends. */
function contradicts(field: Field, asked: Site): boolean {
  const own = field.written ?? field.schema
  if (own === undefined) return false
  const rules = rulesFrom([[own, asked]])
  const [ofContract, ofPolicy] = [validatorOf(own), validatorOf(asked)]
  const tried = ['typical', 'minimal', 'extreme'] as const
  const made = (schema: Site, options: GenerateOptions): readonly unknown[] =>
    tried.map((dataset) =>
      generate(schema, seededChoices(`rule ${dataset}`), { name: field.name, ...options, dataset }),
    )
  if (made(own, { rules }).some((one) => ofContract.test(one) && ofPolicy.test(one))) return false
  return (
    made(own, { rules: rulesFrom([]) }).some((one) => one !== null && ofContract.test(one)) &&
    made(asked, { rules: rulesFrom([]) }).some((one) => ofPolicy.test(one))
  )
}

/** Keywords of the policy's schema that the contract's schema does not have as well, and that its allowed values don't fulfil. */
function notPromised(field: Field, asked: Site): readonly string[] {
  const promised = field.schema?.value
  const own: Readonly<Record<string, unknown>> = isObject(promised) ? promised : {}
  const allowed = Array.isArray(own['enum']) ? (own['enum'] as readonly unknown[]) : undefined
  const only = Object.hasOwn(own, 'const') ? [own['const']] : allowed
  if (only !== undefined) {
    const validate = validatorOf(asked)
    return only.every((value) => value === null || validate.test(value))
      ? []
      : [`values that fit ${quoted(shown(asked.value))}`]
  }
  return Object.entries(isObject(asked.value) ? asked.value : {})
    .filter(
      ([keyword, value]) => !annotations.has(keyword) && !promises(field, own, keyword, value),
    )
    .map(([keyword, value]) => `\`${keyword}: ${shown(value)}\``)
}

const annotations = new Set([
  'title',
  'description',
  'examples',
  'example',
  'deprecated',
  '$comment',
  'default',
])

function promises(
  field: Field,
  own: Readonly<Record<string, unknown>>,
  keyword: string,
  value: unknown,
): boolean {
  if (keyword === 'type') {
    const types: readonly unknown[] = Array.isArray(value) ? value : [value]
    return (
      field.types.length > 0 &&
      field.types.every(
        (one) => types.includes(one) || (one === 'integer' && types.includes('number')),
      )
    )
  }
  if (!Object.hasOwn(own, keyword)) return false
  const promised = own[keyword]
  if (typeof promised === 'number' && typeof value === 'number') {
    if (/^(min|exclusiveMin)/.test(keyword)) return promised >= value
    if (/^(max|exclusiveMax)/.test(keyword)) return promised <= value
  }
  return JSON.stringify(promised) === JSON.stringify(value)
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
