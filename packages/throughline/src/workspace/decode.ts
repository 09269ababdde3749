import { isAscii, isUtf8, type Buffer } from 'node:buffer'

/** The text of a file, or `undefined` where the bytes are no text: NUL bytes, or neither UTF-8 nor UTF-16 with a byte order mark. */
export function decode(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return text('utf-16le', bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return text('utf-16be', bytes)
  if (bytes.includes(0)) return undefined
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (!isUtf8(bytes)) return undefined
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return bytes.toString('utf8', marked ? 3 : 0)
}

/** UTF-16 without its mark; a lone surrogate or an odd byte makes it no text. */
function text(encoding: 'utf-16le' | 'utf-16be', bytes: Buffer): string | undefined {
  try {
    const decoded = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return decoded.includes('\0') ? undefined : decoded
  } catch {
    return undefined
  }
}
