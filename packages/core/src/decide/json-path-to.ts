import type { Path } from '../text/origin.ts'

/** A JSONPath (RFC 9535) that selects exactly the value at a path: `$.paths['/basket'].get`. */
export function jsonPathTo(path: Path): string {
  const steps = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`
    if (/^[A-Za-z_]\w*$/.test(key)) return `.${key}`
    const quoted = key.replace(/[\\']/g, '\\$&').replace(/[\p{Cc}\p{Cs}]/gu, escaped)
    return `['${quoted}']`
  })
  return `$${steps.join('')}`
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
}
