import { randomUUID } from 'node:crypto'
import type { Choices } from '@throughline/core'
import type { Values } from './collection.ts'

/** A text with its `{{variables}}` filled in, and those that nobody gave a value. */
interface Filled {
  readonly text: string
  readonly missing: readonly string[]
}

/** Fills `{{name}}` in from the first of some scopes that has it, values that name others too, and Postman's `{{$guid}}` and its like. */
export function filled(text: string, scopes: readonly Values[], choices: Choices): Filled {
  const missing = new Set<string>()
  const fill = (part: string, depth: number): string =>
    part.replaceAll(/\{\{([^{}]{1,200})\}\}/g, (whole, inner: string) => {
      const name = inner.trim()
      const value = scopes.find((one) => one.has(name))?.get(name)
      if (value !== undefined && depth < deepest) return fill(value.slice(0, longest), depth + 1)
      const made = dynamic(name, choices)
      if (made === undefined) missing.add(name)
      return made ?? whole
    })
  return { text: fill(text, 0).slice(0, longest), missing: [...missing] }
}

const deepest = 10
const longest = 2_000_000

function dynamic(name: string, choices: Choices): string | undefined {
  const make = Object.hasOwn(dynamics, name) ? dynamics[name] : undefined
  return make?.(choices)
}

const first = ['Maya', 'Tom', 'Ines', 'Amir', 'Lena', 'Noah']
const last = ['Okafor', 'Berg', 'Silva', 'Haddad', 'Novak', 'Lang']
const words = ['kettle', 'lamp', 'basket', 'teapot', 'ladder', 'mirror']
const cities = ['Porto', 'Leeds', 'Graz', 'Utrecht', 'Lyon']
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('')

function unique(choices: Choices): string {
  return Array.from({ length: 10 }, () => choices.pick(letters)).join('')
}

/** https://learning.postman.com/docs/tests-and-scripts/write-scripts/variables-list/ */
const dynamics: Readonly<Record<string, (choices: Choices) => string>> = {
  $guid: () => randomUUID(),
  $randomUUID: () => randomUUID(),
  $timestamp: () => String(Math.floor(Date.now() / 1000)),
  $isoTimestamp: () => new Date().toISOString(),
  $randomInt: (choices) => String(choices.integer(0, 1000)),
  $randomBoolean: (choices) => String(choices.pick([true, false])),
  $randomAlphaNumeric: (choices) => choices.pick(letters),
  $randomFirstName: (choices) => choices.pick(first),
  $randomLastName: (choices) => choices.pick(last),
  $randomFullName: (choices) => `${choices.pick(first)} ${choices.pick(last)}`,
  $randomUserName: (choices) => `${choices.pick(first).toLowerCase()}-${unique(choices)}`,
  $randomEmail: (choices) => `${unique(choices)}@example.com`,
  $randomExampleEmail: (choices) => `${unique(choices)}@example.com`,
  $randomPassword: (choices) => `${unique(choices)}A1!`,
  $randomPhoneNumber: (choices) => `+4420${choices.integer(10_000_000, 99_999_999)}`,
  $randomCity: (choices) => choices.pick(cities),
  $randomCountry: (choices) => choices.pick(['Portugal', 'Austria', 'France', 'Norway']),
  $randomCountryCode: (choices) => choices.pick(['PT', 'AT', 'FR', 'NO']),
  $randomStreetName: (choices) => `${choices.pick(last)} Street`,
  $randomStreetAddress: (choices) => `${choices.integer(1, 200)} ${choices.pick(last)} Street`,
  $randomCompanyName: (choices) => `${choices.pick(last)} & ${choices.pick(last)}`,
  $randomProductName: (choices) => choices.pick(words),
  $randomProduct: (choices) => choices.pick(words),
  $randomPrice: (choices) => (choices.integer(100, 99_999) / 100).toFixed(2),
  $randomCurrencyCode: (choices) => choices.pick(['EUR', 'GBP', 'USD']),
  $randomWord: (choices) => choices.pick(words),
  $randomWords: (choices) => `${choices.pick(words)} ${choices.pick(words)}`,
  $randomLoremSentence: (choices) => `A ${choices.pick(words)} beside a ${choices.pick(words)}.`,
  $randomColor: (choices) => choices.pick(['green', 'red', 'blue', 'grey']),
  $randomUrl: () => 'https://shop.example',
  $randomDomainName: () => 'shop.example',
  $randomIP: (choices) => `192.0.2.${choices.integer(1, 254)}`,
  $randomDateFuture: () => new Date(Date.now() + 30 * 86_400_000).toISOString(),
  $randomDatePast: () => new Date(Date.now() - 30 * 86_400_000).toISOString(),
  $randomDateRecent: () => new Date(Date.now() - 3_600_000).toISOString(),
  $randomLocale: (choices) => choices.pick(['en', 'de', 'pt']),
  $randomUserAgent: () => 'Mozilla/5.0 (X11; Linux x86_64)',
}
