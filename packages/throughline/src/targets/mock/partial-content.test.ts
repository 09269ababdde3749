import { expect, test } from 'vitest'
import { headerOf } from './answer.ts'
import type { Answer } from './answer.ts'
import { entityTag, partialContent } from './partial-content.ts'

const text = 'The coupon SPRING takes ten percent off every basket. '.repeat(20)
const body = Buffer.from(text)
const receipt: Answer = {
  status: 200,
  headers: ['Content-Type', 'text/plain', 'ETag', entityTag(body), 'Accept-Ranges', 'bytes'],
  body,
}

function asked(range: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return partialContent(receipt, 'GET', (name) => (name === 'range' ? range : headers[name]))
}

function textOf({ body }: Answer): string {
  return Buffer.from(body ?? '').toString()
}

test('gives one piece with its place', () => {
  for (const [range, from, to] of [
    ['bytes=0-2', 0, 2],
    ['bytes = 4-9', 4, 9],
    ['bytes=-10', 1070, 1079],
    ['bytes=1000-', 1000, 1079],
    ['bytes=1000-5000', 1000, 1079],
    ['bytes=0-4,5-9', 0, 9],
    ['bytes=20-30,0-9,5-25', 0, 30],
    ['bytes=9000-9100,4-9', 4, 9],
  ] as const) {
    const answer = asked(range)
    expect([range, answer.status]).toEqual([range, 206])
    expect(headerOf(answer, 'content-range')).toBe(`bytes ${from}-${to}/1080`)
    expect(textOf(answer)).toBe(text.slice(from, to + 1))
  }
})

test('gives several pieces as one body of parts, in the order that they were asked for', () => {
  const answer = asked('bytes=-6, 4-9,9000-')
  expect(answer.status).toBe(206)
  expect(headerOf(answer, 'content-range')).toBeUndefined()
  const type = headerOf(answer, 'content-type')!
  const boundary = /^multipart\/byteranges; boundary=([\w-]+)$/.exec(type)![1]!
  expect(answer.headers.filter((one) => one === 'Content-Type')).toHaveLength(1)
  expect(textOf(answer)).toBe(
    [
      `--${boundary}`,
      'Content-Type: text/plain',
      'Content-Range: bytes 1074-1079/1080',
      '',
      text.slice(1074),
      `--${boundary}`,
      'Content-Type: text/plain',
      'Content-Range: bytes 4-9/1080',
      '',
      'coupon',
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  )
})

test('keeps its boundary out of what it parts', () => {
  const first = /boundary=(.*)$/.exec(headerOf(asked('bytes=0-1,9-10'), 'content-type')!)![1]!
  const odd = Buffer.from(`--${first}\r\n`.padEnd(body.length, 'x'))
  const answer = partialContent({ ...receipt, body: odd }, 'GET', (name) =>
    name === 'range' ? 'bytes=0-1,9-10' : undefined,
  )
  expect(headerOf(answer, 'content-type')).not.toContain(first)
})

test('says that there is no such piece', () => {
  for (const range of ['bytes=1080-', 'bytes=-0', 'bytes=5000-6000,7000-']) {
    const answer = asked(range)
    expect([range, answer.status, textOf(answer)]).toEqual([range, 416, ''])
    expect(headerOf(answer, 'content-range')).toBe('bytes */1080')
  }
})

test('gives the whole where a range cannot be read, is of another file, or asks for more than there is', () => {
  const many = Array.from({ length: 60 }, (_, index) => `${index * 10}-${index * 10 + 1}`).join()
  for (const range of [
    'pages=1-2',
    'bytes=9-4',
    'bytes=a-b',
    'bytes=',
    'bytes=1-2,x',
    `bytes=${many}`,
    'bytes=0-500,502-1079',
  ])
    expect([range, asked(range)]).toEqual([range, receipt])
  expect(asked('bytes=0-2', { 'if-range': '"another"' })).toBe(receipt)
  expect(asked('bytes=0-2', { 'if-range': entityTag(body) }).status).toBe(206)
})
