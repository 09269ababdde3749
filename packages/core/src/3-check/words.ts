/** Whether a name holds some words, whatever its style: `cardNumber` is in `card_number` and `primaryCardNumber`. */
export function hasWords(name: string, wanted: string): boolean {
  const own = ` ${wordsOf(name).join(' ')} `
  const sought = wordsOf(wanted).join(' ')
  if (sought === '') return false
  if (harmless.some((one) => own.includes(` ${one} `) && one.split(' ').includes(sought)))
    return false
  return (
    own.includes(` ${sought} `) ||
    own.includes(` ${sought}s `) ||
    own.replaceAll(' ', '') === sought.replaceAll(' ', '')
  )
}

/** `cardNumber`, `card_number` and `Card-Number` are `card`, `number`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** `emailVerified` and `tokenExpired` tell something about the data, not the data. */
const flags = ['verified', 'expired', 'expires', 'enabled', 'required', 'count', 'url', 'at']

/** A page token opens no door. */
const harmless = ['page token', 'next token', 'continuation token', 'sync token', 'token type']
