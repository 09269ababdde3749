import { crc32, gzipSync } from 'node:zlib'

/**
 * A small file that programs really open, by its media type: a picture of one pixel, a PDF of one page, a ZIP with one
 * text. `undefined` where the mock has none of this type.
 */
export function sampleFile(type: string): Uint8Array | undefined {
  const bare = type.split(';')[0]!.trim().toLowerCase()
  let made = remembered.get(bare)
  if (made === undefined) {
    made = { bytes: makerOf(bare)?.() }
    if (remembered.size > 200) remembered.clear()
    remembered.set(bare, made)
  }
  return made.bytes
}

const remembered = new Map<string, { readonly bytes: Uint8Array | undefined }>()

function makerOf(type: string): (() => Uint8Array) | undefined {
  if (type.startsWith('image/')) {
    const known = MAKERS[type]
    return known ?? MAKERS['image/png']
  }
  if (type.startsWith('audio/')) return wav
  return Object.hasOwn(MAKERS, type) ? MAKERS[type] : undefined
}

const TEXT = 'A file that the mock made up.\n'

const MAKERS: Readonly<Record<string, () => Uint8Array>> = {
  'image/png': base64(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  ),
  'image/gif': base64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  'image/jpeg': base64(
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  ),
  'image/webp': base64('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA'),
  'image/bmp': base64(
    'Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAAATCwAAEwsAAAAAAAAAAAAA////AA==',
  ),
  'image/svg+xml': text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'),
  'application/pdf': pdf,
  'application/zip': zip,
  'application/x-zip-compressed': zip,
  'application/gzip': () => gzipSync(TEXT),
  'application/x-gzip': () => gzipSync(TEXT),
  'text/csv': text('id,name,quantity\r\n1,Rye bread,2\r\n2,"Honey, lime blossom",1\r\n'),
  'text/calendar': text(
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Throughline//Mock//EN\r\nBEGIN:VEVENT\r\nUID:delivery@shop.example.com\r\nDTSTAMP:20260301T093000Z\r\nDTSTART:20260303T100000Z\r\nSUMMARY:Delivery\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  ),
  'text/vcard': text('BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Amelia Okafor\r\nEND:VCARD\r\n'),
}

function base64(written: string): () => Uint8Array {
  return () => Buffer.from(written, 'base64')
}

function text(written: string): () => Uint8Array {
  return () => Buffer.from(written)
}

/** One page with one line, its cross-reference table counted as the format wants it. */
function pdf(): Uint8Array {
  const stream = 'BT /F1 18 Tf 72 720 Td (A file that the mock made up.) Tj ET'
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const size = objects.length + 1
  return Buffer.from(
    `${body}xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
  )
}

/** One stored entry: local header, central directory, its end (APPNOTE 4.3). */
function zip(): Uint8Array {
  const name = Buffer.from('readme.txt')
  const data = Buffer.from(TEXT)
  const shared = Buffer.alloc(26)
  shared.writeUInt16LE(20, 0)
  shared.writeUInt16LE(0x5c61, 8) // a date: 2026-03-01
  shared.writeUInt32LE(crc32(data), 10)
  shared.writeUInt32LE(data.length, 14)
  shared.writeUInt32LE(data.length, 18)
  shared.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, name, data])
  const entry = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'),
    shared,
    Buffer.alloc(14),
    name,
  ])
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, entry, end])
}

/** A tenth of a second of silence. */
function wav(): Uint8Array {
  const rate = 8000
  const samples = Buffer.alloc(rate / 10, 128)
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}
