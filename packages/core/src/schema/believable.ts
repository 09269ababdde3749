import type { Choices } from './choices.ts'
import { remembered, spaced } from './spaced.ts'
import type { Words } from './vocabulary.ts'

/** What a value is called and where it stands: the only clue to what would look right there. */
export interface Hint {
  /** `firstName`, `unit_price`, `X-Request-Id`. */
  readonly name: string
  /** What holds it: `customer`, `items`, `simple-user`. */
  readonly of: string
  /** Which item of a list it belongs to, from 0. */
  readonly index: number
  /** The person this object is about, the same for all its fields. */
  readonly person: () => Person
  /** One currency for the whole answer. */
  readonly currency: () => string
  readonly now: number
  readonly words: Words
}

export interface Person {
  readonly given: string
  readonly family: string
}

export function personFrom(choices: Choices, words: Words): Person {
  return { given: choices.pick(words.given), family: choices.pick(words.family) }
}

/** Whether a name is about one person: what stands below it is about the same one. */
export const isPerson: (name: string) => boolean = remembered((name) =>
  about.person.test(spaced(name)),
)

/** A text that fits the name, or `undefined` when the name says nothing. Callers check it against the schema. */
export function believableText(hint: Hint, choices: Choices): string | undefined {
  return makerFor(hint.name)?.(hint, choices)
}

/** A number that fits the name: prices have cents, counts are small. */
export function believableNumber(
  hint: Hint,
  integer: boolean,
  choices: Choices,
): number | undefined {
  return (integer ? wholeMaker : numberMaker)(hint.name)?.(hint, integer, choices)
}

type NumberMaker = (hint: Hint, integer: boolean, choices: Choices) => number

const numberMakers: readonly (readonly [RegExp, NumberMaker, 'whole'?])[] = [
  [
    /\b(id|number|no)$/,
    (hint, _, choices) => 1000 + hint.index * 7 + choices.integer(1, 6),
    'whole',
  ],
  [/\b(in )?(cents|minor|minor units)$/, (_hint, _, choices) => choices.integer(2, 180) * 50 + 49],
  [
    /\b(price|amount|total amount|subtotal|cost|fee|balance|revenue|value|discount|tax|shipping|total price|grand total)$/,
    (_, integer, choices) => {
      const cents = choices.integer(3, 150) * 100 + choices.pick([0, 50, 90, 95, 99])
      return integer ? cents : cents / 100
    },
  ],
  [
    /\b(total|count|size|length|views|likes|downloads|forks|stars|watchers|followers|following|stock|results)$/,
    (_hint, _, choices) => choices.integer(1, 60),
  ],
  [
    /\b(page|offset|attempt|version|revision|position|index|sort order|rank|priority)$/,
    (_hint, _, choices) => choices.integer(1, 3),
  ],
  [/\b(limit|per page|page size|pages)$/, (_hint, _, choices) => choices.pick([10, 20, 25])],
  [
    /\b(quantity|qty|items|people|guests|adults|seats|rooms|bedrooms|bathrooms|beds|floors|nights|comments|reviews|open issues)$/,
    (_hint, _, choices) => choices.integer(1, 5),
  ],
  [/\b(children|infants|pets)$/, (_hint, _, choices) => choices.integer(0, 2)],
  [
    /\b(rating|score|stars)$/,
    (_, integer, choices) => (integer ? choices.integer(3, 5) : choices.integer(30, 50) / 10),
  ],
  [
    /\b(percent|percentage|progress|ratio)$/,
    (_, integer, choices) => (integer ? choices.integer(5, 95) : choices.integer(50, 950) / 10),
  ],
  [/\b(lat|latitude)$/, (_hint, _, choices) => choices.integer(380_000, 590_000) / 10_000],
  [
    /\b(lon|lng|long|longitude)$/,
    (_hint, _, choices) => choices.integer(-90_000, 240_000) / 10_000,
  ],
  [
    /\b(weight|width|height|depth|distance|duration|minutes|seconds|hours|days|ms)$/,
    ({ name, of }, _, choices) =>
      isPicture(of) && /width|height/i.test(name)
        ? choices.pick([480, 640, 800, 1024, 1280, 1600])
        : choices.integer(2, 60),
  ],
  [/\b(year)$/, (hint) => new Date(hint.now).getUTCFullYear()],
  [/\b(month)$/, (_hint, _, choices) => choices.integer(1, 12)],
  [/\b(age)$/, (_hint, _, choices) => choices.integer(19, 71)],
  [
    /\b(timestamp|time|at|created|updated|expires|exp|iat)$/,
    (hint, _, choices) => Math.floor(momentFor(hint, choices) / 1000),
  ],
  [/\b(status|status code|code)$/, () => 200, 'whole'],
  [/\b(port)$/, () => 8080],
]

const isPicture = remembered((of) =>
  /\b(image|photo|picture|thumbnail|video|avatar|media|asset)s?\b/.test(spaced(of)),
)

const wholeMaker = remembered(
  (name) => numberMakers.find(([pattern]) => pattern.test(spaced(name)))?.[1],
)
const numberMaker = remembered(
  (name) =>
    numberMakers.find(([pattern, , only]) => only === undefined && pattern.test(spaced(name)))?.[1],
)

/** Milliseconds since 1970 for a date's name: an `eta` comes soon, `createdAt` lies behind us, `expiresAt` ahead. */
export function momentFor(hint: Hint, choices: Choices): number {
  const step = 60_000
  const [from, to] = daysFor(hint.name)
  const moment =
    hint.now +
    from * day +
    choices.integer(0, Math.floor(((to - from) * day) / step)) * step -
    hint.index * 3_600_000
  return Math.floor(moment / 1000) * 1000
}

/** From how many days from now to how many. */
const daysFor = remembered((called): readonly [number, number] => {
  const name = spaced(called)
  if (ahead.test(name)) return [1, 5]
  if (far.test(name)) return [30, 300]
  if (born.test(name)) return [-22_000, -8000]
  return fresh.test(name) ? [-6, 0] : [-60, -7]
})

const day = 86_400_000
const ahead =
  /\b(eta|due|deliver|delivery|arriv\w*|scheduled|starts?|departure|pickup|next|estimated|available from|reminder)\b/
const far = /\b(expir\w*|valid until|until|ends?|sunset|renew\w*|deadline|exp)\b/
const born = /\b(birth\w*|dob|born)\b/
const fresh = /\b(updated?|modified|last|pushed|seen|changed|refreshed)\b/

type Maker = (hint: Hint, choices: Choices) => string

const about = {
  person:
    /\b(user|customer|person|owner|author|member|contact|account|profile|shopper|buyer|recipient|employee|creator|assignee|reviewer|sender|actor|persona|guest|driver|agent|passenger|patient|committer)s?\b/,
  company:
    /\b(company|organi[sz]ation|org|vendor|supplier|merchant|shop|store|brand|seller|manufacturer|carrier|publisher)s?\b/,
  category: /\b(categor(?:y|ies)|department|collection|tag|label|genre|topic|section)s?\b/,
  file: /\b(file|attachment|document|asset|image|photo)s?\b/,
  place: /\b(city|cities|place|location|town|warehouse|region)s?\b/,
  venue:
    /\b(hotel|house|apartment|propert(?:y|ies)|listing|venue|accommodation|cabin|villa|restaurant|caf[eé]|museum|theat(?:er|re)|gym|studio|salon|clinic|hospital|school|course|event|concert|tour|trip|class|room|playlist|album|movie|film|book|game|band|club|park|hall)s?\b/,
}

const makers: readonly (readonly [RegExp, Maker])[] = [
  [/^(first|given|fore) ?name$/, (hint) => hint.person().given],
  [/^(last|family|sur) ?name$/, (hint) => hint.person().family],
  [
    /^((full|display|customer|user|contact|author|owner|cardholder|recipient) name|cardholder|recipient|author|customer|owner|contact|assignee)$/,
    fullName,
  ],
  [/\b(e ?mail)( address)?$/, email],
  [
    /\b(user ?name|login|handle|nick ?name|slug for user)$/,
    (hint) => `${ascii(hint.person().given) || 'shopper'}${hint.index > 0 ? hint.index + 1 : ''}`,
  ],
  [
    /\b(avatar|image|photo|picture|thumbnail|logo|icon|cover)( url| uri| src| href| link)?$/,
    (hint, choices) => `https://images.example.com/${slug(hint, choices)}.jpg`,
  ],
  [
    /\b(website|homepage|blog|url|uri|href|link|web site|self|location)$/,
    (hint, choices) => `https://shop.example.com/${slug(hint, choices)}`,
  ],
  [
    /\b(phone|mobile|tel|telephone|fax)( number| no)?$/,
    ({ words }, choices) =>
      words.phone === undefined
        ? `+44 20 7946 0${choices.integer(100, 999)}`
        : choices.pick(words.phone),
  ],
  [
    /\b(street|address line( ?1)?|line ?1|address ?1|street address|address)$/,
    ({ words }, choices) =>
      words.address === undefined
        ? `${choices.integer(1, 120)} ${choices.pick(words.street)}`
        : choices.pick(words.address),
  ],
  [/\b(line ?2|address ?2|address line 2)$/, (_, choices) => `Flat ${choices.integer(1, 24)}`],
  [/\b(city|town|locality)( name)?$/, (hint, choices) => choices.pick(hint.words.city)],
  [
    /\b(zip|postcode|postal code|zip code|post code)$/,
    ({ words }, choices) =>
      words.postcode === undefined
        ? String(choices.integer(10_000, 98_999))
        : choices.pick(words.postcode),
  ],
  [/\bcountry (code|iso)$/, (hint, choices) => choices.pick(hint.words.countryCode)],
  [/\bcountry( name)?$/, (hint, choices) => choices.pick(hint.words.country)],
  [/\b(state|status|phase|stage)$/, (hint, choices) => choices.pick(hint.words.status)],
  [/\b(region|province|county)$/, ({ words }, choices) => choices.pick(words.region ?? words.city)],
  [/\bcurrency( code| iso)?$/, (hint) => hint.currency()],
  [/\b(locale)$/, (hint, choices) => choices.pick(hint.words.locale)],
  [/\b(language|lang)( code)?$/, (hint, choices) => choices.pick(hint.words.language)],
  [/\b(time ?zone|tz)$/, (hint, choices) => choices.pick(hint.words.timeZone)],
  [
    /\b(price|amount|subtotal|total|cost|fee|balance)$/,
    (_, choices) => `${choices.integer(3, 150)}.${choices.pick(['00', '50', '90', '95', '99'])}`,
  ],
  [
    /\b(eta|date|day|birthday|dob|due on)$/,
    (hint, choices) => new Date(momentFor(hint, choices)).toISOString().slice(0, 10),
  ],
  [
    /\b(created|updated|deleted|modified|expires|published|placed|paid|shipped|delivered|started|ended|timestamp)( at| on| date| time)?$|\bat$/,
    (hint, choices) => new Date(momentFor(hint, choices)).toISOString(),
  ],
  [
    /\b(check in|check out|checkin|checkout|opening|closing|opens|closes|pick ?up|drop ?off|arrival|departure|start|end|from|until) (time|hour)$/,
    (_, choices) =>
      `${String(choices.integer(7, 21)).padStart(2, '0')}:${choices.pick(['00', '15', '30', '45'])}`,
  ],
  [/\b(uuid|guid)$/, (_, choices) => uuidFrom(choices)],
  [
    /\b(sha|hash|checksum|digest|commit|etag|md5)( id| sha)?$/,
    (_, choices) => hexFrom(choices, 40),
  ],
  [
    /\b(token|secret|signature|nonce|cursor|next page|api key)$/,
    (_, choices) => hexFrom(choices, 32),
  ],
  [
    /\b(password|passphrase)$/,
    (hint, choices) =>
      `${choices.pick(hint.words.adjective)}-${choices.pick(hint.words.noun)}-${choices.integer(10, 99)}`,
  ],
  [
    /\b(sku|article number|product code|part number)$/,
    (hint, choices) =>
      `${choices.pick(hint.words.noun).slice(0, 3).toUpperCase()}-${choices.integer(1000, 9999)}`,
  ],
  [
    /\b(order|invoice|tracking|booking|reference|receipt|ticket)( number| no| code| reference)$|\breference$/,
    (hint, choices) => `${(hint.name[0] ?? 'R').toUpperCase()}${choices.integer(100_000, 999_999)}`,
  ],
  [
    /\b(coupon|promo|voucher|discount)( code)?$/,
    (hint, choices) =>
      `${choices.pick(hint.words.noun).toUpperCase()}${choices.pick([5, 10, 15, 20])}`,
  ],
  [/\b(iban)$/, () => 'GB33BUKB20201555555555'],
  [/\b(card number|pan)$/, () => '4242424242424242'],
  [/\b(last ?4|last four)$/, () => '4242'],
  [/\b(cvc|cvv)$/, () => '123'],
  [/\b(bic|swift)$/, () => 'BUKBGB22'],
  [/\b(vat|tax)( id| number)$/, () => 'GB999999973'],
  [/\b(gender|sex)$/, () => 'female'],
  [
    /\b(company|organi[sz]ation|vendor|merchant|brand|seller|supplier|manufacturer|employer)( name)?$/,
    (hint, choices) => choices.pick(hint.words.company),
  ],
  [/\b(carrier|courier|shipper)( name)?$/, (hint, choices) => choices.pick(hint.words.carrier)],
  [/\b(job|role|position|occupation|job title)$/, (hint, choices) => choices.pick(hint.words.job)],
  [/\b(colou?r)( name)?$/, (hint, choices) => choices.pick(hint.words.colour)],
  [
    /\b(categor(y|ies)|department|collection|genre|topic)( name)?$/,
    (hint, choices) => choices.pick(hint.words.category),
  ],
  [/\b(amenit(y|ies)|facilit(y|ies)|equipment)$/, (_, choices) => choices.pick(AMENITIES)],
  [/\b(tag|label|keyword)s?$/, (hint, choices) => choices.pick(hint.words.adjective)],
  [
    /\b(product|item|article|line item)( name| title)?$/,
    (hint, choices) => choices.pick(hint.words.product),
  ],
  [
    /\b(payment method|method label|method name)$/,
    (hint, choices) => choices.pick(hint.words.paymentMethod),
  ],
  [/\b(file ?name|filename)$/, (hint, choices) => choices.pick(hint.words.filename)],
  [/\b(mime ?type|content type|media type)$/, (hint, choices) => choices.pick(hint.words.mimeType)],
  [/\b(ip|ip address|remote addr)$/, (_, choices) => `192.0.2.${choices.integer(1, 254)}`],
  [
    /\b(host|hostname|domain)( name)?$/,
    (hint, choices) => `${choices.pick(hint.words.noun)}.example.com`,
  ],
  [/\b(user agent)$/, ({ words }) => words.agent[0] ?? ''],
  [
    /\b(path|file path)$/,
    (hint, choices) => `/${choices.pick(hint.words.noun)}/${choices.pick(hint.words.noun)}`,
  ],
  [
    /\b(version|semver)$/,
    (_, choices) => `${choices.integer(1, 3)}.${choices.integer(0, 9)}.${choices.integer(0, 9)}`,
  ],
  [
    /\b(slug|key|code|branch|ref|ref name|repo|repository|project)$/,
    (hint, choices) => `${choices.pick(hint.words.adjective)}-${choices.pick(hint.words.noun)}`,
  ],
  [
    /\b(title|headline|subject|summary)$/,
    (hint, choices) =>
      isPerson(hint.of)
        ? choices.pick(hint.words.job)
        : isProductish(hint.of)
          ? choices.pick(hint.words.product)
          : choices.pick(hint.words.title),
  ],
  [
    /\b(description|bio|about|note|notes|comment|message|body|text|content|remark|instructions|reason|excerpt|quote|details?|caption|detail|special requests?|requests?|remarks?|feedback)$/,
    (hint, choices) => choices.pick(hint.words.sentence),
  ],
  [/\bname$/, nameByOwner],
  [
    /\b(id|identifier|key id|node id)$/,
    (hint, choices) => `${prefixFor(hint)}_${hexFrom(choices, 8)}`,
  ],
  [/\b(type|kind)$/, () => 'standard'],
]

const makerFor = remembered((name) => {
  const words = spaced(name)
  return makers.find(([pattern]) => pattern.test(words))?.[1]
})

function fullName(hint: Hint): string {
  const { given, family } = hint.person()
  return `${given} ${family}`
}

function email(hint: Hint): string {
  return mailboxOf(hint.person())
}

/** An address that every mail program takes, also where a name has none of its letters. */
export function mailboxOf({ given, family }: Person): string {
  const name = [ascii(given), ascii(family)].filter((one) => one !== '').join('.')
  if (name !== '') return `${name}@example.com`
  let number = 0
  for (const letter of `${given}${family}`) number += letter.codePointAt(0)!
  return `shopper${number}@example.com`
}

function nameByOwner(hint: Hint, choices: Choices): string {
  return namer(hint.of)(hint, choices)
}

/** How things are called that stand in something called so. */
const namer = remembered((of): Maker => {
  const owner = spaced(of)
  if (about.person.test(owner)) return fullName
  if (about.company.test(owner)) return ({ words }, choices) => choices.pick(words.company)
  if (about.category.test(owner)) return ({ words }, choices) => choices.pick(words.category)
  if (about.file.test(owner)) return ({ words }, choices) => choices.pick(words.filename)
  if (about.place.test(owner)) return ({ words }, choices) => choices.pick(words.city)
  if (about.venue.test(owner))
    return ({ words }, choices) =>
      `${capital(choices.pick(words.adjective))} ${capital(choices.pick(words.noun))}`
  if (owner === '' || isProductish(of)) return ({ words }, choices) => choices.pick(words.product)
  return ({ words }, choices) => `${choices.pick(words.adjective)}-${choices.pick(words.noun)}`
})

const AMENITIES = [
  'Wi-Fi',
  'Kitchen',
  'Free parking',
  'Washing machine',
  'Air conditioning',
  'Balcony',
  'Lift',
  'Garden',
]

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

const isProductish = remembered((of) =>
  /\b(item|product|article|line|catalog\w*|variant|offer|basket|cart|wish ?list|order)s?\b/.test(
    spaced(of),
  ),
)

function prefixFor({ name, of }: Hint): string {
  return shortOf(stemOf(name) || spaced(of)) || 'id'
}

const stemOf = remembered((name) => spaced(name).replace(/\s*\b(id|identifier)$/, ''))
const shortOf = remembered((words) =>
  ascii(words.split(' ').at(-1) ?? '')
    .replace(/s$/, '')
    .slice(0, 4),
)

function slug({ of, words }: Hint, choices: Choices): string {
  return `${folderOf(of)}${choices.pick(words.adjective)}-${choices.pick(words.noun)}`
}

const folderOf = remembered((of) => {
  const owner = spaced(of).split(' ')[0] ?? ''
  return owner === '' ? '' : `${ascii(owner)}/`
})

function ascii(text: string): string {
  const plain = /^[A-Za-z0-9]*$/.test(text)
    ? text
    : text.normalize('NFD').replace(/[^A-Za-z0-9]/g, '')
  return plain.toLowerCase()
}

export function hexFrom(choices: Choices, length: number): string {
  let text = ''
  while (text.length < length) text += choices.integer(0, 0xffffff).toString(16).padStart(6, '0')
  return text.slice(0, length)
}

export function uuidFrom(choices: Choices): string {
  const hex = hexFrom(choices, 32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
