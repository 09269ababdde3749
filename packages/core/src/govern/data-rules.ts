import type { Graph } from '../2-link/graph.ts'
import { coveredFields } from '../3-check/covered-fields.ts'
import { describedFields } from '../3-check/matching-fields.ts'
import type { Contract } from '../operation/api.ts'
import type { Field } from '../schema/field.ts'
import { holdTo, rulesFrom } from '../schema/rules.ts'
import type { Document, Site } from '../text/site.ts'

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
  const found = contracts.map((contract) => ({ contract, ...aboutContract(contract, rules) }))
  const all = rulesFrom(found.flatMap(({ pairs }) => pairs))
  for (const { contract, documents } of found) {
    held.set(contract, documents)
    for (const document of documents) holdTo(document, all)
  }
}

const held = new WeakMap<Contract, ReadonlySet<Document>>()

interface Rule {
  readonly match: string
  readonly schema: Site
}

function aboutContract(
  contract: Contract,
  rules: readonly Rule[],
): {
  readonly pairs: readonly (readonly [Site, Site])[]
  readonly documents: ReadonlySet<Document>
} {
  const documents = new Set([contract.root])
  const pairs: (readonly [Site, Site])[] = []
  const plain = new Map<string, Rule[]>()
  for (const rule of rules) {
    const name = nameIn(rule.match)
    if (name !== undefined) plain.set(name, [...(plain.get(name) ?? []), rule])
    else
      for (const { field } of coveredFields(contract, rule.match))
        for (const site of sitesOf(field)) pairs.push([site, rule.schema])
  }
  for (const field of describedFields(contract)) {
    if (field.schema !== undefined) documents.add(field.schema.document)
    for (const rule of plain.get(field.name) ?? [])
      for (const site of sitesOf(field)) pairs.push([site, rule.schema])
  }
  return { pairs, documents }
}

/** `currency` of `**.currency`: such a pattern finds the name everywhere; others are about some operations or places only. */
function nameIn(match: string): string | undefined {
  return /^\*\*\.([^.*?[\]{}]+)$/.exec(match)?.[1]
}

function sitesOf({ written, writtenTogether }: Field): readonly Site[] {
  return writtenTogether ?? (written === undefined ? [] : [written])
}
