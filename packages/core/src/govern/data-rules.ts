import type { Graph } from '../2-link/graph.ts'
import { ruledSchemas } from '../3-check/ruled-schemas.ts'
import type { Contract } from '../operation/api.ts'
import { holdTo, rulesFrom } from '../schema/rules.ts'
import type { Document } from '../text/site.ts'

/**
 * From now on, all data that is made up for the contracts of a graph keeps to its policies' `validation`, whoever makes it: mock,
 * tests, examples. A rule about one path holds for the schema that stands there, and so wherever else that schema is used.
 * Costs a walk through the contracts where a policy has such rules, and nothing where none has.
 */
export function holdToPolicy(graph: Graph): void {
  const rules = graph.declarations.policies.flatMap(({ validation }) => validation)
  const contracts = graph.apis.flatMap(({ contract }) => contract ?? [])
  for (const contract of contracts) {
    for (const document of held.get(contract) ?? []) holdTo(document, undefined)
    held.delete(contract)
  }
  if (rules.length === 0) return
  const found = contracts.map((contract) => ({ contract, ...ruledSchemas(contract, rules) }))
  const all = rulesFrom(found.flatMap(({ pairs }) => pairs))
  for (const { contract, documents } of found) {
    held.set(contract, documents)
    for (const document of documents) holdTo(document, all)
  }
}

const held = new WeakMap<Contract, ReadonlySet<Document>>()
