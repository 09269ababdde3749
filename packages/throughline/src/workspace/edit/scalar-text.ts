export type ScalarValue = string | number | boolean | null

/** How a text is written: as it is, or within quotes. */
export type Quoting = 'plain' | 'single' | 'double'

export interface ScalarPlace {
  /** Inside `[ ]` or `{ }`, where a comma or a bracket ends a text. */
  readonly flow: boolean
  /** A JSON file, or YAML that is written as JSON. */
  readonly json: boolean
}

/**
 * A value as YAML or JSON writes it on one line. A text is written plain only where every YAML reader, 1.1 or 1.2, reads the
 * same text again; `wanted` is the quoting of its neighbours and is followed where it can hold the text.
 */
export function scalarText(
  value: ScalarValue,
  place: ScalarPlace,
  wanted: Quoting = 'plain',
): string {
  if (typeof value !== 'string') return value === null ? 'null' : String(value)
  if (place.json || wanted === 'double') return doubleQuoted(value)
  if (wanted === 'single' && isPrintable(value)) return `'${value.replaceAll("'", "''")}'`
  return isPlain(value, place.flow) ? value : doubleQuoted(value)
}

/** Whether a text can stand without quotes and is read as the same text by every reader. */
export function isPlain(value: string, flow: boolean): boolean {
  return (
    /^[\p{L}\p{N}./_([{\\$~^+=<;]/u.test(value) &&
    !(flow ? /[,[\]{}]/ : /^[[{]/).test(value) &&
    !/\s$|: |:$| #|\t/.test(value) &&
    isPrintable(value) &&
    !isAmbiguous(value)
  )
}

/** What some reader takes for a number, a date, a truth value, nothing, a merge or the end of a document. */
function isAmbiguous(value: string): boolean {
  return (
    /^(?:true|false|null|yes|no|on|off|y|n|~|<<|=)$/i.test(value) ||
    /^[-+]?\.(?:inf|nan)$/i.test(value) ||
    /^[-+.]?[\d.][\d_.,:+-]*$/.test(value) ||
    /^[-+]?[\d.][\d_.]*e[-+]?\d*$/i.test(value) ||
    /^[-+]?0(?:x[\da-f_]*|o?[0-7_]*|b[01_]*)$/i.test(value) ||
    /^\d{4}-\d\d?-\d\d?(?:$|[Tt\s])/.test(value) ||
    /^(?:---|\.\.\.)/.test(value)
  )
}

/** Nothing that a reader could take for the end of a line, and nothing that cannot be seen. */
function isPrintable(value: string): boolean {
  return !special.test(value)
}

/** Zero-width joiners hold emoji and Persian words together. */
const special = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\ufffe\uffff]/u

/** Valid as JSON and as YAML; what can't be seen is escaped. */
function doubleQuoted(value: string): string {
  return JSON.stringify(value).replaceAll(
    /(?![\u200c\u200d])[\u007f-\u009f\p{Cf}\p{Co}\p{Zl}\p{Zp}\ufffe\uffff]/gu,
    (char) =>
      Array.from(
        { length: char.length },
        (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
      ).join(''),
  )
}
