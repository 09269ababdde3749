/** Whether `value` is a multiple of `step`, as people count: 0.3 is a multiple of 0.1. Exact on the decimals as written. */
export function isMultiple(value: number, step: number): boolean {
  return multipleOf(step)(value)
}

/** The test for multiples of one step. */
export function multipleOf(step: number): (value: number) => boolean {
  const places = decimal(step)[1]
  const scale = 10 ** places
  const whole = Math.round(step * scale)
  // Up to 15 digits a double and its decimal text are the same thing, so whole numbers do; beyond, big ones.
  if (places > 15 || whole > Number.MAX_SAFE_INTEGER) return (value) => isExactMultiple(value, step)
  return (value) => {
    const scaled = Math.round(value * scale)
    if (Math.abs(scaled) > 1e15) return isExactMultiple(value, step)
    return scaled / scale === value && scaled % whole === 0
  }
}

function isExactMultiple(value: number, step: number): boolean {
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
