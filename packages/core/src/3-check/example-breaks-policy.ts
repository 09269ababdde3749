import { nodeOf } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import type { Contract } from '../operation/api.ts'
import { brokenRules, type BrokenRule } from '../schema/rule-violation.ts'
import { rulesFrom, type Rules } from '../schema/rules.ts'
import { validatorOf } from '../schema/validate.ts'
import { pointerOf, sentence } from '../schema/violation.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { isObject, originOf } from '../text/site.ts'
import type { Check } from './check-kind.ts'
import { contractExamples, partOf, type ContractExample } from './contract-examples.ts'
import { listed } from './listed.ts'
import { linkedCalls, operationName, operationsNamed } from './of-call.ts'
import { ruledSchemas, type DataRule } from './ruled-schemas.ts'

/**
 * TL5016: an example of the contract whose value the policy's `validation` refuses, with the steps that show or send it. Each field
 * of an example once, at its first such value.
 */
export const exampleBreaksPolicy: Check = function* (graph) {
  const rules = graph.declarations.policies
    .flatMap(({ validation }) => validation)
    .filter(({ schema }) => isObject(schema.value))
  if (rules.length === 0) return
  for (const { contract } of graph.apis) {
    if (contract === undefined) continue
    for (const { shown, broken } of brokenIn(contract, rules)) {
      const { violation, asked } = broken
      const rule = rules.find(({ schema }) => schema.value === asked.value)
      yield diagnostic(
        'TL5016',
        originOf(partOf(shown.example, violation.path)),
        {
          example: quoted(shown.example.name),
          operation: operationsNamed(shown.operations),
          match: quoted(rule?.match ?? ''),
          problem: sentence(violation, 'it'),
          steps: stepsInWords(graph, shown, broken.field.path),
        },
        {
          subject: operationName(shown.operations[0]),
          related: [{ origin: originOf(violation.schema), message: 'the policy asks for it here' }],
        },
      )
    }
  }
}

interface BrokenExample {
  readonly shown: ContractExample
  readonly broken: BrokenRule
}

/** Remembered as long as contract and rules are the same: a journey's edit looks at no example again. */
function brokenIn(contract: Contract, rules: readonly DataRule[]): readonly BrokenExample[] {
  const known = remembered.get(contract)
  const isSame = (one: DataRule, at: number): boolean =>
    one.match === known?.rules[at]?.match && one.schema.value === known.rules[at].schema.value
  if (known !== undefined && known.rules.length === rules.length && rules.every(isSame))
    return known.found
  const all = rulesFrom(ruledSchemas(contract, rules).pairs)
  const found = contractExamples(contract).flatMap((shown) => brokenBy(shown, all))
  remembered.set(contract, { rules, found })
  return found
}

/** Without what the example's own schema refuses as well: that is TL4002. */
function brokenBy(shown: ContractExample, rules: Rules): readonly BrokenExample[] {
  const { schema, example, direction } = shown
  const broken = brokenRules(schema, example.value, direction, rules)
  if (broken.length === 0) return []
  const own = validatorOf(schema)(example.value, { direction })
  const refused = new Set(own.map(({ path }) => pointerOf(path)))
  return broken
    .filter(({ violation }) => !refused.has(pointerOf(violation.path)))
    .map((one) => ({ shown, broken: one }))
}

const remembered = new WeakMap<
  Contract,
  { readonly rules: readonly DataRule[]; readonly found: readonly BrokenExample[] }
>()

/** ` The steps `checkout/basket` and `reorder/slots` show it.`, or nothing where no step does. */
function stepsInWords(
  graph: Graph,
  { operations, direction }: ContractExample,
  path: string,
): string {
  const ids = new Set(operations.map(({ id }) => id))
  const steps = new Set<string>()
  for (const { step, call, operation } of linkedCalls(graph)) {
    if (!ids.has(operation.id)) continue
    const paths =
      direction === 'request'
        ? call.sends.map((one) => one.path)
        : call.needs.map((id) => nodeOf(graph, 'need', id)?.path ?? '')
    if (paths.some((one) => isAbout(one, path))) steps.add(step.name)
  }
  if (steps.size === 0) return ''
  const [verb, plural] = direction === 'request' ? ['sends', 'send'] : ['shows', 'show']
  const names = listed([...steps].map((one) => quoted(one)))
  return steps.size === 1 ? ` Step ${names} ${verb} it.` : ` The steps ${names} ${plural} it.`
}

/** Whether who reads one path of a body meets what stands at another: there, or in what is read. */
function isAbout(read: string, path: string): boolean {
  const items = read.replace(/\[\d+\]/g, '[]')
  return items !== '' && path.startsWith(items) && /^(?:$|[.[{])/.test(path.slice(items.length))
}
