/** A value as JSON text, cut to a length. A value with a circle (YAML aliases can make one) has no JSON. */
export function jsonText(value: unknown, most: number, indent = 0): string {
  const text = asJson(value, indent)
  return text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text
}

/** The whole JSON text of a value. */
export function asJson(value: unknown, indent = 0): string {
  try {
    return JSON.stringify(value, null, indent) ?? 'null'
  } catch {
    return '"a value that contains itself"'
  }
}
