/** Text that every store takes: C strings end at a zero byte, and half a surrogate pair is no UTF-8. */
export function storableText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes('\0') ? whole.replaceAll('\0', '\uFFFD') : whole
}
