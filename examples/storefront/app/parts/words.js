// What data looks like to a person. Whatever comes in, a sentence or an empty string comes out.

export const textOr = (value, otherwise) =>
  typeof value === 'string' && value.trim() !== '' ? value : otherwise
export const numberOr = (value, otherwise) =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise
export const listOf = (value) =>
  Array.isArray(value) ? value.filter((one) => one !== null && one !== undefined) : []

/** `{ amount: 249, currency: 'EUR' }` as `€2.49`; amounts are whole numbers of the smallest unit. */
export function money(value, otherwise = 'Price follows') {
  const amount = numberOr(value?.amount, undefined)
  if (amount === undefined) return otherwise
  const currency = /^[A-Z]{3}$/.test(value.currency) ? value.currency : undefined
  if (currency === undefined) return (amount / 100).toFixed(2)
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency })
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits)
}

/** `Wednesday 25 November` */
export const day = (value, otherwise = '') =>
  formatted(value, { weekday: 'long', day: 'numeric', month: 'long' }, otherwise)
const hour = (value) => formatted(value, { hour: '2-digit', minute: '2-digit' }, '')

/** `08:00 to 10:00` */
export function hours({ starts, ends } = {}) {
  const [from, to] = [hour(starts), hour(ends)]
  return from !== '' && to !== '' ? `${from} to ${to}` : from
}

export const count = (number, one, many) =>
  `${new Intl.NumberFormat('en-GB').format(number)} ${number === 1 ? one : many}`

// A day without an hour is a day, wherever the reader is; a moment is shown as the shop's clock shows it.
function formatted(value, options, otherwise) {
  const time = typeof value === 'string' ? new Date(value) : undefined
  if (time === undefined || Number.isNaN(time.getTime())) return otherwise
  const timeZone = /T/.test(value) ? 'Europe/Berlin' : 'UTC'
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(time)
}
