import { fieldsOf, requestField, type Field, type Graph } from '@throughline/core'
import { flowScalar } from './yaml-text.ts'

/** A class of data that the contract's field names hint at. */
export interface ClassDraft {
  readonly id: string
  readonly contains: readonly string[]
  readonly rules: readonly string[]
}

const guesses = [
  {
    id: 'personal',
    names:
      /^(e-?mail(_?address)?|phone(_?number)?|mobile|(first|last|given|family|middle)_?name|birth_?(date|day)|date_?of_?birth|street|postcode|postal_?code|zip_?code|(home|street|billing|shipping|postal)_?address|ssn|passport(_?number)?)$/i,
    rules: ['never in logs', 'never in a URL'],
  },
  {
    id: 'secret',
    names:
      /^(password|passphrase|secret|(client|webhook)_?secret|(access|refresh|auth|session|api|id)_?(token|key)|card_?number|cvv|cvc|security_?code|iban|private_?key)$/i,
    rules: ['never in a response'],
  },
] as const

const mostOperations = 300
const mostNames = 12

/** Classes guessed from the names of fields that the contracts really have. */
export function draftClasses(graph: Graph): readonly ClassDraft[] {
  const names = fieldNames(graph)
  return guesses
    .map(({ id, names: pattern, rules }) => ({
      id,
      rules,
      contains: [...names].filter((name) => pattern.test(name)).slice(0, mostNames),
    }))
    .filter(({ contains }) => contains.length > 0)
}

/** `broken` are rules that the contracts break today: they stand there as a comment, for a person to decide. */
export function policyText(classes: readonly ClassDraft[], broken: ReadonlySet<string>): string {
  const lines = [
    '# What the organisation demands of every API. `throughline explain policy-class` says how it is enforced.',
    ...(classes.length === 0
      ? [
          'classes: {}',
          '#   personal: { contains: [email, phone], rule: "never in logs, never in a URL" }',
        ]
      : ['classes:']),
  ]
  for (const { id, contains, rules } of classes) {
    const kept = rules.filter((rule) => !broken.has(rule))
    const left = rules.filter((rule) => broken.has(rule))
    lines.push(`  ${id}:`, `    contains: [${contains.map(flowScalar).join(', ')}]`)
    if (kept.length > 0) lines.push(`    rule: ${kept.join(', ')}`)
    if (left.length > 0) {
      lines.push(
        '    # The contract breaks this today. Uncomment it to see where:',
        `    # rule: ${left.join(', ')}`,
      )
    }
  }
  lines.push(
    '# freshness:                        # how old an answer may be',
    '#   - { match: "store.getPrices", maxAge: 60s }',
    '# errors: { format: problem+json }  # RFC 9457, with a title a person can act on',
  )
  return `${lines.join('\n')}\n`
}

function fieldNames(graph: Graph): ReadonlySet<string> {
  const names = new Set<string>()
  let budget = 20_000
  const walk = (field: Field, depth: number): void => {
    for (const child of field.children()) {
      if (budget-- <= 0) return
      if (child.name !== '[]' && child.name !== '{}') names.add(child.name)
      if (depth < 3) walk(child, depth + 1)
    }
  }
  const operations = graph.apis.flatMap(({ contract }) => contract?.operations ?? [])
  for (const operation of operations.slice(0, mostOperations)) {
    walk(fieldsOf(operation), 0)
    walk(requestField(operation), 0)
  }
  return names
}
