import { vocabulary } from '@throughline/core'
import type { Words } from '@throughline/core'

/**
 * Words of a language, from Faker's lists: taken once and in order, so that a seed gives the same answer in any process.
 * The generator chooses among them with its own dice. `undefined` where Faker does not have the language.
 */
export async function loadLocale(locale: string): Promise<Words | undefined> {
  const name = fakerName(locale)
  if (name === undefined) return undefined
  if (loaded.has(name)) return loaded.get(name)
  let words: Words | undefined
  for (const candidate of [name, name.split('_')[0]!]) {
    words = await wordsFrom(candidate, locale)
    if (words !== undefined) break
  }
  loaded.set(name, words)
  return words
}

/** Whether the words of a locale have been asked for; then nobody needs to wait. */
export function isLoaded(locale: string): boolean {
  const name = fakerName(locale)
  return name === undefined || loaded.has(name)
}

/** A seed that says whose words are used: `7 (de)`. Anything that is made from it is in that language. */
export function seedIn(seed: string, locale: string | undefined): string {
  const name = locale === undefined ? undefined : fakerName(locale)
  return name === undefined ? seed : `${seed.replaceAll(' ', '-')} (${name})`
}

/** Another seed in the language of this one. */
export function seedLike(seed: string, of: string): string {
  return seedIn(seed, LOCALE.exec(of)?.[1])
}

/** The words that a seed, or anything that begins with one, asks for. */
export function wordsFor(seed: string): Words | undefined {
  if (loaded.size === 0) return undefined
  const name = LOCALE.exec(seed)?.[1]
  return name === undefined ? undefined : loaded.get(name)
}

const loaded = new Map<string, Words | undefined>()
const LOCALE = /^[^ ]* \(([a-z]{2,3}(?:_[A-Za-z_]{2,20})?)\)/
const PER_LIST = 60

/** `pt-BR` as Faker writes it: `pt_BR`. */
function fakerName(locale: string): string | undefined {
  const found = /^([a-z]{2,3})(?:[-_]([A-Za-z]{2,8}))?(?:[-_]([A-Za-z]{2,8}))?$/i.exec(locale)
  if (found === null) return undefined
  const [, language = '', second, third] = found
  const parts = [second, third].flatMap((one) =>
    one === undefined ? [] : [one.length === 2 ? one.toUpperCase() : one.toLowerCase()],
  )
  return [language.toLowerCase(), ...parts].join('_')
}

type Faker = (typeof import('@faker-js/faker/locale/en'))['faker']

async function wordsFrom(name: string, locale: string): Promise<Words | undefined> {
  let faker: Faker
  try {
    const found = (await import(`@faker-js/faker/locale/${name}`)) as { readonly faker: Faker }
    faker = found.faker
  } catch {
    return undefined
  }
  faker.seed(4401)
  const list = (make: () => string, otherwise: readonly string[]): readonly string[] => {
    try {
      const all = new Set(Array.from({ length: PER_LIST }, make))
      return all.size === 0 ? otherwise : [...all]
    } catch {
      return otherwise // a list that this language does not have
    }
  }
  const { region, language } = new Intl.Locale(locale.replaceAll('_', '-')).maximize()
  const country =
    region === undefined
      ? undefined
      : new Intl.DisplayNames([language], { type: 'region' }).of(region)
  const currency = region === undefined ? undefined : CURRENCIES[region]
  return {
    ...vocabulary,
    given: list(() => faker.person.firstName(), vocabulary.given),
    family: list(() => faker.person.lastName(), vocabulary.family),
    city: list(() => faker.location.city(), vocabulary.city),
    street: list(() => faker.location.street(), vocabulary.street),
    address: list(() => faker.location.streetAddress(), vocabulary.street),
    postcode: list(() => faker.location.zipCode(), []),
    region: list(() => faker.location.state(), vocabulary.city),
    phone: list(() => faker.phone.number({ style: 'international' }), []),
    company: list(() => faker.company.name(), vocabulary.company),
    product: list(() => faker.commerce.productName(), vocabulary.product),
    category: list(() => faker.commerce.department(), vocabulary.category),
    colour: list(() => faker.color.human(), vocabulary.colour),
    job: list(() => faker.person.jobTitle(), vocabulary.job),
    language: [language],
    locale: [region === undefined ? language : `${language}-${region}`],
    ...(country !== undefined && { country: [country] }),
    ...(region !== undefined && { countryCode: [region] }),
    ...(currency !== undefined && { currency: [currency] }),
  }
}

/** What people pay with; the euro where it is not said. */
const EURO = 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'
const CURRENCIES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(EURO.split(' ').map((one) => [one, 'EUR'])),
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  RO: 'RON',
  BG: 'EUR',
  UA: 'UAH',
  RU: 'RUB',
  TR: 'TRY',
  IL: 'ILS',
  SA: 'SAR',
  EG: 'EGP',
  IR: 'IRR',
  IN: 'INR',
  CN: 'CNY',
  TW: 'TWD',
  JP: 'JPY',
  KR: 'KRW',
  TH: 'THB',
  VN: 'VND',
  ID: 'IDR',
  BR: 'BRL',
  MX: 'MXN',
  CA: 'CAD',
  AU: 'AUD',
  ZA: 'ZAR',
  NG: 'NGN',
  GE: 'GEL',
  AM: 'AMD',
  AZ: 'AZN',
  MK: 'MKD',
  RS: 'RSD',
  NP: 'NPR',
  PK: 'PKR',
  BD: 'BDT',
  UZ: 'UZS',
  GH: 'GHS',
}
