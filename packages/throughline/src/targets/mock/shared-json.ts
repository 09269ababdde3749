import type { Example } from '@throughline/core'

/**
 * The JSON text of a value. Most of a long answer often stands in an example of the contract, word for word: what lies
 * inside of that is written once, however many answers it is part of.
 */
export function sharedJson(value: unknown, examples: readonly Example[]): string | undefined {
  if (examples.length === 0 || value === null || typeof value !== 'object' || Array.isArray(value))
    return JSON.stringify(value)
  learn(examples)
  const record = value as Readonly<Record<string, unknown>>
  if (!hasKnownPart(record)) return JSON.stringify(value)
  let text = ''
  for (const name of Object.keys(record)) {
    const one = record[name]
    const part = (isObject(one) ? texts.get(one) : undefined) ?? JSON.stringify(one)
    if (part !== undefined)
      text += text === '' ? `{${nameText(name)}${part}` : `,${nameText(name)}${part}`
  }
  return text === '' ? '{}' : `${text}}`
}

/** The text of objects and lists that stand in an example. Nobody changes an example. */
const texts = new WeakMap<object, string>()
const learned = new WeakSet<Example>()
/** Shorter ones are written as quickly as they are looked up. */
const SHORTEST = 100

function learn(examples: readonly Example[]): void {
  for (const example of examples) {
    if (learned.has(example)) continue
    learned.add(example)
    if (!isObject(example.value)) continue
    for (const one of Object.values(example.value)) {
      const text = isObject(one) ? JSON.stringify(one) : ''
      if (isObject(one) && text.length >= SHORTEST) texts.set(one, text)
    }
  }
}

function hasKnownPart(value: Readonly<Record<string, unknown>>): boolean {
  for (const name in value) {
    const one = value[name]
    if (isObject(one) && texts.has(one)) return true
  }
  return false
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object'
}

/** A name and its colon. Contracts use the same names again and again. */
function nameText(name: string): string {
  let text = names.get(name)
  if (text === undefined) {
    text = `${JSON.stringify(name)}:`
    if (names.size > 5000) names.clear()
    if (name.length < 100) names.set(name, text)
  }
  return text
}

const names = new Map<string, string>()
