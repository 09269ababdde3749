import type { Contract } from '../operation/api.ts'
import type { Field } from '../schema/field.ts'
import type { Document, Site } from '../text/site.ts'
import { coveredFields } from './covered-fields.ts'
import { describedFields } from './matching-fields.ts'

/** What a policy's `validation` asks of the fields that a pattern finds. */
export interface DataRule {
  readonly match: string
  readonly schema: Site
}

/**
 * The schemas of a contract that rules are about, as they are written, each with what it is asked; and the documents that they
 * stand in. Costs a walk through the contract.
 */
export function ruledSchemas(
  contract: Contract,
  rules: readonly DataRule[],
): {
  readonly pairs: readonly (readonly [written: Site, asked: Site])[]
  readonly documents: ReadonlySet<Document>
} {
  const documents = new Set([contract.root])
  const pairs: (readonly [Site, Site])[] = []
  const plain = new Map<string, DataRule[]>()
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
