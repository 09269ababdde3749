import { brotliDecompressSync, inflateSync, unzipSync, zstdDecompressSync } from 'node:zlib'

/** The bytes of a body without its `Content-Encoding`; `undefined` where it is compressed in a way that cannot be undone, or would become too long. */
export function decompressed(bytes: Buffer, encoding: string | undefined): Buffer | undefined {
  const options = { maxOutputLength: MOST }
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
        return inflateSync(bytes, options)
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

/** A small body must not become a huge one. */
const MOST = 16_000_000
