import { isObject } from '../text/site.ts'

/** Who a contract is written for: each may see what those before it may. */
export const contractAudiences = ['public', 'partner', 'internal'] as const
export type ContractAudience = (typeof contractAudiences)[number]

/** Why a value is not for an audience, in the contract's own words; `undefined` where it may be seen. */
export function hiddenBecause(
  value: Readonly<Record<string, unknown>>,
  audience: ContractAudience,
): string | undefined {
  if (own(value, 'x-internal') === true && audience !== 'internal') return 'x-internal: true'
  const written = own(value, 'x-audience')
  const words = (Array.isArray(written) ? written : [written]).filter(
    (one): one is string => typeof one === 'string',
  )
  const said = words.flatMap((word) => audienceOf(word) ?? [])
  if (said.length > 0 && !said.some((one) => maySee(audience, one)))
    return `x-audience: ${words.join(', ')}`
  const classification = own(value, 'x-data-classification')
  if (isObject(classification) && own(classification, 'sensitivity') === 'internal')
    return audience === 'internal' ? undefined : 'x-data-classification: internal'
  return undefined
}

/** Whether what is meant for `meant` may be seen by `audience`. */
export function maySee(audience: ContractAudience, meant: ContractAudience): boolean {
  return contractAudiences.indexOf(audience) >= contractAudiences.indexOf(meant)
}

/** The audience that a word means: ours, and those of the RESTful API Guidelines (rule 219): `company-internal`, `external-partner`. */
function audienceOf(word: string): ContractAudience | undefined {
  const lower = word.trim().toLowerCase()
  return contractAudiences.find((one) => lower === one || lower.endsWith(`-${one}`))
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined
}
