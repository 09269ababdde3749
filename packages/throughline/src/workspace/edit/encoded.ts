import { decode } from '../decode.ts'

/** A file's bytes as text, and the way back: an edit keeps how the file was encoded. */
export interface EncodedText {
  readonly text: string
  readonly encode: (text: string) => Buffer
}

/** `undefined` where the bytes are no text. */
export function encodedText(bytes: Buffer): EncodedText | undefined {
  const text = decode(bytes)
  if (text === undefined) return undefined
  const mark = bytes.subarray(0, 3).toString('hex')
  if (mark.startsWith('fffe'))
    return { text, encode: (changed) => Buffer.from(`\ufeff${changed}`, 'utf16le') }
  if (mark.startsWith('feff'))
    return { text, encode: (changed) => Buffer.from(`\ufeff${changed}`, 'utf16le').swap16() }
  const before = mark === 'efbbbf' ? '\ufeff' : ''
  return { text, encode: (changed) => Buffer.from(before + changed, 'utf8') }
}
