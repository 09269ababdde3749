import { believableText, hexFrom, mailboxOf, momentFor, uuidFrom, type Hint } from './believable.ts'
import type { Choices } from './choices.ts'
import type { Demand } from './demand.ts'
import { formats } from './formats.ts'
import { patternOf } from './pattern.ts'
import { textMatching } from './pattern-text.ts'
import { vocabulary } from './vocabulary.ts'

const NONE: readonly RegExp[] = []

/** A text of the demanded format, pattern and length; by its name where that says something. Says so where none was found. */
export function madeText(
  demand: Demand,
  hint: Hint,
  choices: Choices,
  extreme: boolean,
  misfit: () => void,
): string {
  const free = demand.shortest === 0 && demand.longest === Infinity && demand.patterns.length === 0
  if (!extreme && free) {
    const first = firstText(demand.format, hint, choices)
    const { format } = demand
    if (
      first !== undefined &&
      (format === undefined || isOfItself(format) || formats.get(format)?.(first) !== false)
    )
      return first
    return madeSlowly(demand, hint, choices, extreme, misfit, true)
  }
  return madeSlowly(demand, hint, choices, extreme, misfit, false)
}

/** Formats whose texts are made here, and always keep to them. */
function isOfItself(format: string): boolean {
  return format === 'date-time' || format === 'date' || format === 'uuid' || format === 'ipv4'
}

function madeSlowly(
  demand: Demand,
  hint: Hint,
  choices: Choices,
  extreme: boolean,
  misfit: () => void,
  isTried: boolean,
): string {
  const patterns =
    demand.patterns.length === 0
      ? NONE
      : demand.patterns.flatMap((source) => patternOf(source) ?? [])
  const check = demand.format === undefined ? undefined : formats.get(demand.format)
  const fits = (text: string): boolean => {
    const length =
      text.length < demand.shortest || text.length > demand.longest
        ? Array.from(text).length
        : text.length
    return (
      length >= demand.shortest &&
      length <= demand.longest &&
      (check?.(text) ?? true) &&
      patterns.every((one) => one.test(text))
    )
  }
  if (!extreme && !isTried) {
    const first = firstText(demand.format, hint, choices)
    if (first !== undefined && fits(first)) return first
  }
  let last = ''
  for (const attempt of attempts(demand, hint, choices, extreme)) {
    const text = attempt()
    if (text === undefined) continue
    if (fits(text)) return text
    const resized = check === undefined && patterns.length === 0 ? sized(text, demand) : text
    if (fits(resized)) return resized
    last = resized
  }
  misfit()
  return last
}

/** What is right nearly always. */
function firstText(format: string | undefined, hint: Hint, choices: Choices): string | undefined {
  return format === undefined || format === 'uri' || format === 'email' || format === 'hostname'
    ? believableText(hint, choices)
    : formatted(format, hint, choices)
}

function* attempts(
  demand: Demand,
  hint: Hint,
  choices: Choices,
  extreme: boolean,
): Generator<() => string | undefined> {
  if (extreme && demand.patterns.length === 0 && demand.format === undefined)
    yield () => awkward(demand, choices)
  if (demand.format !== undefined) {
    const format = demand.format
    yield () =>
      format === 'uri' || format === 'email' || format === 'hostname'
        ? believableText(hint, choices)
        : undefined
    for (let time = 0; time < 3; time++) yield () => formatted(format, hint, choices)
  }
  yield () => believableText(hint, choices)
  for (const source of demand.patterns) {
    const most = Math.min(demand.longest, Math.max(demand.shortest * 2, 60))
    for (let time = 0; time < 12; time++) yield () => textMatching(source, choices, most)
    const wanted = Math.min(demand.longest, Math.max(demand.shortest, 1))
    for (let less = 0; less < 12 && wanted > less; less++) {
      yield () => textMatching(source, choices, wanted * 2 + 20, wanted - less)
    }
  }
  yield () => plain(choices)
  yield () => 'a'
  yield () => ''
}

function plain(choices: Choices): string {
  return `${choices.pick(vocabulary.adjective)} ${choices.pick(vocabulary.noun)}`
}

/** What screens forget: long words, other scripts, markup, nothing at all. */
function awkward(demand: Demand, choices: Choices): string {
  const long = Math.min(demand.longest, Math.max(demand.shortest, 300))
  return choices.pick([
    'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen '.repeat(6).slice(0, long),
    'مرحبا بكم في متجرنا',
    '👩‍👩‍👧‍👦 नमस्ते 你好 Ǝ',
    '<b>"O\'Brien" & Söhne</b>',
    demand.shortest === 0 ? '' : 'x'.repeat(Math.min(demand.shortest, 10_000)),
    '  leading and trailing  ',
  ])
}

function sized(text: string, demand: Demand): string {
  const letters = Array.from(text)
  if (letters.length > demand.longest)
    return letters.slice(0, demand.longest).join('').trimEnd().padEnd(demand.shortest, 'a')
  const missing = Math.min(demand.shortest, 100_000) - letters.length
  if (missing <= 0) return text
  const filler = ` ${vocabulary.sentence.join(' ')}`
  return (
    text +
    (missing < 8 ? 'abcdefgh' : filler.repeat(Math.ceil(missing / filler.length))).slice(0, missing)
  )
}

function formatted(format: string, hint: Hint, choices: Choices): string | undefined {
  switch (format) {
    case 'date-time':
      return momentText(hint, choices)
    case 'date':
      return dayText(momentFor(hint, choices))
    case 'time':
      return momentText(hint, choices).split('T')[1]!
    case 'duration':
      return choices.pick(['P3D', 'PT45M', 'P1W', 'PT2H30M'])
    case 'email':
    case 'idn-email': {
      return mailboxOf(hint.person())
    }
    case 'hostname':
    case 'idn-hostname':
      return host(choices)
    case 'ipv4':
      return `192.0.2.${choices.integer(1, 254)}`
    case 'ipv6':
      return `2001:db8::${choices.integer(1, 0xffff).toString(16)}`
    case 'uri':
    case 'url':
    case 'iri':
      return `https://${host(choices)}/${path(choices)}`
    case 'uri-reference':
    case 'iri-reference':
      return `/${path(choices)}`
    case 'uri-template':
      return `https://${host(choices)}/${choices.pick(vocabulary.noun)}{/id}`
    case 'uuid':
      return uuidFrom(choices)
    case 'json-pointer':
      return `/${choices.pick(vocabulary.noun)}/0`
    case 'relative-json-pointer':
      return `1/${choices.pick(vocabulary.noun)}`
    case 'regex':
      return '^[a-z]+$'
    case 'byte':
      return hexFrom(choices, 16)
    case 'binary':
      return hexFrom(choices, 16)
    case 'password':
      return `${path(choices)}-${choices.integer(10, 99)}`
    case 'decimal':
      return `${choices.integer(1, 200)}.${choices.pick(['00', '50', '95'])}`
    default:
      return undefined
  }
}

/** Whole seconds. */
function momentText(hint: Hint, choices: Choices): string {
  const moment = momentFor(hint, choices)
  const second = Math.floor((((moment % 86_400_000) + 86_400_000) % 86_400_000) / 1000)
  const [hours, minutes] = [Math.floor(second / 3600), Math.floor(second / 60) % 60]
  return `${dayText(moment)}T${twoDigits(hours)}:${twoDigits(minutes)}:${twoDigits(second % 60)}Z`
}

/** Moments lie near to each other, so their days are written once. */
function dayText(moment: number): string {
  const day = Math.floor(moment / 86_400_000)
  let text = days.get(day)
  if (text === undefined) {
    text = new Date(moment).toISOString().slice(0, -14)
    if (days.size > 50_000) days.clear()
    days.set(day, text)
  }
  return text
}

const days = new Map<number, string>()

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}

function host(choices: Choices): string {
  return `${choices.pick(vocabulary.noun)}.example.com`
}

function path(choices: Choices): string {
  return `${choices.pick(vocabulary.adjective)}-${choices.pick(vocabulary.noun)}`
}
