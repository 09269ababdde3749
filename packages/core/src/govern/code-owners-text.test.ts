import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { filesOf } from '../../test/in-memory-files.ts'
import { codeOwnersText } from './code-owners-text.ts'

function graphOf(codeowners?: string, handle = ', handle: shop/orders') {
  return compile({
    ...filesOf({
      'throughline.yaml': `throughline: 1
apis:
  store: { contract: apis/store.yaml, owner: orders }
  reviews: apis/reviews.graphql
teams:
  orders: { role: backend${handle} }
  checkout: { role: ux, members: [ines@example.com, tom@example.com] }
`,
      'apis/store.yaml': 'openapi: 3.1.0\ninfo: { title: Store, version: "1" }\npaths: {}\n',
      'apis/reviews.graphql': 'type Query { reviews: [String] }',
      'journeys/buy bread.journey.yaml':
        'journey: bread\nowner: checkout\nsteps: [{ step: shelf }]\n',
      ...(codeowners !== undefined && { CODEOWNERS: codeowners }),
    }),
    place: '',
  }).graph
}

const block = `# >>> throughline: owners of contracts and journeys (written by \`throughline export codeowners\`; change them there)
/shop/apis/store.yaml @shop/orders
/shop/journeys/buy\\ bread.journey.yaml ines@example.com tom@example.com
# <<< throughline
`

test('adds a block of its own at the end, and says what nobody owns', () => {
  expect(codeOwnersText(graphOf(), '* @shop/everyone', 'shop')).toEqual({
    text: `* @shop/everyone\n\n${block}`,
    leftOut: ['the contract of reviews has no owner'],
  })
})

test('writes only its own block anew, and the same again the second time', () => {
  const around = (inner: string) => `# ours\r\n* @shop/everyone\r\n${inner}/docs/ @shop/writers\r\n`
  const old =
    '# >>> throughline: owners of contracts and journeys\r\n/gone @shop/x\r\n# <<< throughline\r\n'
  const { text } = codeOwnersText(graphOf(), around(old), 'shop')
  expect(text).toBe(around(block.replaceAll('\n', '\r\n')))
  expect(codeOwnersText(graphOf(), text, 'shop').text).toBe(text)
})

test('leaves a block alone that nobody closed', () => {
  const broken = '# >>> throughline: owners of contracts and journeys\n/mine @shop/writers\n'
  const { text } = codeOwnersText(graphOf(), broken, 'shop')
  expect(text.startsWith(broken)).toBe(true)
})

test('opens a section of its own where a file has sections', () => {
  const { text } = codeOwnersText(graphOf(), '[Docs] @shop/writers\ndocs/\n', 'shop')
  expect(text.split('\n').slice(4, 6)).toEqual([
    '[Contracts and journeys]',
    '/shop/apis/store.yaml @shop/orders',
  ])
})

test('calls a team as the file does elsewhere, and repeats nothing that the file says', () => {
  const existing = '/apis/ @corner/orders\n/apis/reviews.graphql @corner/community\n'
  const { text, leftOut } = codeOwnersText(graphOf(existing, ''), existing)
  expect(text).toContain('/apis/store.yaml @corner/orders\n')
  expect(text.match(/reviews/g)).toHaveLength(1)
  expect(leftOut).toEqual([])
})
