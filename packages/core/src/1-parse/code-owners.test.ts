import { expect, test } from 'vitest'
import { codeOwnersOf } from './code-owners.ts'

function owners(text: string, path: string, file = '.github/CODEOWNERS') {
  return codeOwnersOf({ path: file, text })(path)
}

const github = `
# The shop
*                    @shop/everyone
*.graphql            @shop/community # and nobody else
/apis/               @shop/orders orders@example.com
apis/store/*         @shop/store
docs/                @shop/writers
/apis/legacy.yaml
with\\ space/\\#1.yaml @shop/odd
**/journeys          @shop/ux
`

test.each([
  ['README.md', ['@shop/everyone'], true],
  ['app/reviews/reviews.graphql', ['@shop/community'], false],
  ['apis/store.openapi.yaml', ['@shop/orders', 'orders@example.com'], false],
  ['apis/store/payments.yaml', ['@shop/store'], false],
  // Only what lies right there; the rule before it counts.
  ['apis/store/deep/payments.yaml', ['@shop/orders', 'orders@example.com'], false],
  // In GitHub a slash in the middle ties a pattern to the top.
  ['old/apis/store/payments.yaml', ['@shop/everyone'], true],
  ['old/docs/guide.md', ['@shop/writers'], false],
  // A rule without owners takes them away.
  ['apis/legacy.yaml', [], false],
  ['with space/#1.yaml', ['@shop/odd'], false],
  ['shop/journeys/checkout.journey.yaml', ['@shop/ux'], false],
])('lets the last rule that fits %s count', (path, expected, isCatchAll) => {
  expect(owners(github, path)).toMatchObject({ owners: expected, isCatchAll })
})

test('reads the sections of GitLab, with their usual owners, exceptions and rules at any depth', () => {
  const text = `
* @everyone
[Contracts][2] @shop/orders
apis/
apis/reviews.graphql @shop/community
!apis/old.yaml
^[Reading] @shop/writers
*.yaml
[contracts]
/apis/payments.yaml @shop/payments
`
  expect(owners(text, 'apis/store.json')).toEqual({
    owners: ['@everyone', '@shop/orders'],
    line: 4,
    isCatchAll: false,
  })
  expect(owners(text, 'shop/apis/reviews.graphql')?.owners).toEqual([
    '@everyone',
    '@shop/community',
  ])
  expect(owners(text, 'apis/old.yaml')?.owners).toEqual(['@everyone', '@shop/writers'])
  expect(owners(text, 'apis/payments.yaml')?.owners).toEqual([
    '@everyone',
    '@shop/payments',
    '@shop/writers',
  ])
})

test('says nothing where a rule counts that Throughline wrote itself', () => {
  const text = `/apis/ @shop/orders
# >>> throughline: owners of contracts and journeys
/apis/store.yaml @shop/other
/apis/late.yaml @shop/other
# <<< throughline
/apis/late.yaml @shop/late
`
  expect(owners(text, 'apis/store.yaml')).toBeUndefined()
  expect(owners(text, 'apis/reviews.yaml')?.owners).toEqual(['@shop/orders'])
  expect(owners(text, 'apis/late.yaml')?.owners).toEqual(['@shop/late'])
})

test('answers at once for patterns that are meant to take long', () => {
  const pattern = `/${'*a'.repeat(60)}b`
  expect(owners(`${pattern} @shop/orders`, 'a'.repeat(2000))).toBeUndefined()
})
