/** Whether `value` is a multiple of `step`, as people count: 0.3 is a multiple of 0.1. Exact on the decimals as written. */
export function isMultiple(value: number, step: number): boolean {
  const quotient = value / step
  if (Number.isInteger(quotient) && Math.abs(quotient) < Number.MAX_SAFE_INTEGER) {
    if (Number.isInteger(step) || Number.isInteger(value)) return true
  } else if (
    Number.isFinite(quotient) &&
    Math.abs(quotient - Math.round(quotient)) > 1e-6 * Math.max(1, Math.abs(quotient))
  ) {
    return false
  }
  if (!Number.isFinite(value)) return false
  const [left, leftScale] = decimal(value)
  const [right, rightScale] = decimal(step)
  const scale = Math.max(leftScale, rightScale)
  return (
    (left * 10n ** BigInt(scale - leftScale)) % (right * 10n ** BigInt(scale - rightScale)) === 0n
  )
}

/** A number as an integer and how many decimal places it was moved: 0.25 is 25 and 2. */
function decimal(value: number): readonly [bigint, number] {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  return scale >= 0 ? [digits, scale] : [digits * 10n ** BigInt(-scale), 0]
}
