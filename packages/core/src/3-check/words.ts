/**
 * Whether a name holds one of some words, whatever its style: `cardNumber` is in `card_number` and `primaryCardNumber`.
 * Answers are remembered for as long as the function is: contracts say the same names again and again.
 */
export function holdingWords(phrases: readonly string[]): (name: string) => boolean {
  const sought = phrases.map((phrase) => wordsOf(phrase).join(' ')).filter((one) => one !== '')
  const known = new Map<string, boolean>()
  return (name) => {
    let holds = known.get(name)
    if (holds === undefined) known.set(name, (holds = holdsOne(name, sought)))
    return holds
  }
}

function holdsOne(name: string, sought: readonly string[]): boolean {
  const words = wordsOf(name)
  const own = ` ${words.join(' ')} `
  const last = words.at(-1) ?? ''
  return sought.some((phrase) => {
    if (words.join('') === phrase.replaceAll(' ', '')) return true
    if (!own.includes(` ${phrase} `) && !own.includes(` ${phrase}s `)) return false
    if (flags.has(last) && !phrase.endsWith(last)) return false
    return !harmless.some((one) => own.includes(` ${one} `) && one.split(' ').includes(phrase))
  })
}

/** `cardNumber`, `card_number` and `Card-Number` are `card`, `number`. */
function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** `emailVerified` and `tokenExpired` tell something about the data, not the data. */
const flags = new Set([
  'verified',
  'expired',
  'expires',
  'enabled',
  'required',
  'count',
  'url',
  'at',
])

/** A page token opens no door. */
const harmless = ['page token', 'next token', 'continuation token', 'sync token', 'token type']
