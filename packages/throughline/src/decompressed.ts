import {
  brotliDecompressSync,
  inflateRawSync,
  inflateSync,
  unzipSync,
  zstdDecompressSync,
} from 'node:zlib'

/** A small body must not become a huge one: bytes, unless somebody says. */
const usualMost = 16_000_000

/** The bytes of a body without its `Content-Encoding`; `undefined` where it is compressed in a way that cannot be undone, or would become too long. */
export function decompressed(
  bytes: Buffer,
  encoding: string | undefined,
  most = usualMost,
): Buffer | undefined {
  const options = { maxOutputLength: most }
  try {
    switch (encoding?.trim().toLowerCase()) {
      case undefined:
      case '':
      case 'identity':
        return bytes
      case 'gzip':
      case 'x-gzip':
        return unzipSync(bytes, options)
      case 'deflate':
        return inflated(bytes, options)
      case 'br':
        return brotliDecompressSync(bytes, options)
      case 'zstd':
        return zstdDecompressSync(bytes, options)
      default:
        return undefined
    }
  } catch {
    return undefined
  }
}

/** RFC 9110, 8.4.1.2: with the zlib wrapper, though some servers leave it out. */
function inflated(bytes: Buffer, options: { readonly maxOutputLength: number }): Buffer {
  try {
    return inflateSync(bytes, options)
  } catch {
    return inflateRawSync(bytes, options)
  }
}
