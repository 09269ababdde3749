/**
 * The names that a contract's classification can go by, the best first: of `x-data-classification: { category: PII }` (the OpenAPI
 * registry's form), of a plain name or a list of names, and of a bare `true` (`x-pii: true`, `x-sensitive-data: true`).
 * None where it says nothing, or that the data is of no concern.
 */
export function classificationNames(classification: unknown): readonly string[] {
  if (classification === true || isYes(classification)) return ['personal', 'pii', 'sensitive']
  const written = Array.isArray(classification)
    ? (classification as readonly unknown[]).slice(0, mostNames)
    : [categoryOf(classification)]
  const names = written.filter((one) => typeof one === 'string').map((one) => one.trim())
  return [
    ...new Set(
      names.filter((one) => one !== '' && !isNo(one)).flatMap((one) => [one, ...also(one)]),
    ),
  ]
}

/** What the registry's form says besides the category: who may see it, and how it is hidden. */
export function classificationDetails(classification: unknown): {
  readonly sensitivity?: string
  readonly masking?: string
} {
  const sensitivity = textIn(classification, 'sensitivity')
  const masking = textIn(own(classification, 'masking'), 'strategy')
  return {
    ...(sensitivity !== undefined && { sensitivity }),
    ...(masking !== undefined && { masking }),
  }
}

const mostNames = 20

/** What a policy may call the registry's categories. */
const others: Readonly<Record<string, readonly string[]>> = {
  pii: ['personal', 'personal-data'],
  contact: ['personal', 'pii'],
  'government-id': ['personal', 'pii'],
  health: ['sensitive', 'personal', 'pii'],
  financial: ['payment', 'sensitive'],
  credential: ['secret', 'credentials'],
  secret: ['credential', 'secrets'],
  personal: ['pii'],
}

function also(name: string): readonly string[] {
  const key = name.toLowerCase()
  return Object.hasOwn(others, key) ? others[key]! : []
}

/** The category; data that anybody may see is of no class, whatever it is. */
function categoryOf(classification: unknown): unknown {
  if (typeof classification !== 'object') return classification
  const { sensitivity } = classificationDetails(classification)
  if (sensitivity?.toLowerCase() === 'public') return undefined
  return textIn(classification, 'category') ?? sensitivity
}

function textIn(value: unknown, name: string): string | undefined {
  const found = own(value, name)
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined
}

function own(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function isYes(value: unknown): boolean {
  return typeof value === 'string' && /^(true|yes)$/i.test(value.trim())
}

function isNo(name: string): boolean {
  return /^(false|no|none|public)$/i.test(name)
}
