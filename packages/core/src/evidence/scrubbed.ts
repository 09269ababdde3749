/** Text that people or programs wrote, without what points at a person or opens a door, at most `most` characters. */
export function scrubbed(text: string, most = 500): string {
  const short = text.length > most * 2 ? text.slice(0, most * 2) : text
  const clean = SUSPICIOUS.test(short)
    ? short
        .replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, '[e-mail]')
        .replace(/\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g, '[token]')
        .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [token]')
        .replace(/\b(?:sk|pk|ghp|gho|xox[abp])[-_][\w-]{16,}/g, '[token]')
        .replace(
          /(\b(?:password|passwd|pwd|secret|token|api[-_]?key)["']?\s*[=:]\s*)["']?[^\s"',;&]+/gi,
          '$1[secret]',
        )
        .replace(/\?[^\s"'<>)]*=[^\s"'<>)]*/g, '?[query]')
        .replace(/\+?\d(?:[ ()./-]?\d){8,}/g, '[number]')
    : short
  return clean.length > most ? clean.slice(0, most) : clean
}

const SUSPICIOUS =
  /@|\d(?:[ ()./-]?\d){8}|eyJ|bearer|basic|sk[-_]|pk[-_]|gh[po]_|xox|passw|pwd|secret|token|api[-_]?key|\?/i

/** An address as a pattern: no query, and no part that looks like a value (numbers, ids, anything long). */
export function patternOf(path: string): string {
  const plain = path.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/'
  return plain
    .slice(0, 300)
    .split('/', 30)
    .map((part) => (/\d{2,}|^\d+$|@|%|.{25,}/.test(part) ? ':id' : part))
    .join('/')
}

/** A database statement without its values: two that differ only in these are the same statement. */
export function statementOf(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/'(?:[^'\\]|\\.|'')*'?/g, '?')
    .replace(/\b\d+(?:\.\d+)?\b/g, '?')
    .replace(/\(\s*\?(?:\s*,\s*\?)+\s*\)/g, '(?)')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 500)
}
