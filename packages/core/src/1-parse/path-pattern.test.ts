import { expect, test } from 'vitest'
import { pathPattern } from './path-pattern.ts'

test.each([
  ['app/**/*.graphql', 'app/reviews.graphql', true],
  ['app/**/*.graphql', 'app/screens/basket/reviews.graphql', true],
  ['app/**/*.graphql', 'api/reviews.graphql', false],
  ['app/*.graphql', 'app/screens/reviews.graphql', false],
  ['./app/*.{graphql,ts}', 'app/reviews.ts', true],
  ['app/{basket,{product,order}s}/*', 'app/orders/query.ts', true],
  ['app/{basket,order}/*', 'app/orders/query.ts', false],
  ['**', 'app/reviews.ts', true],
  ['**/reviews.ts', 'reviews.ts', true],
  ['app/page?.ts', 'app/page1.ts', true],
  ['app/page?.ts', 'app/page.ts', false],
  ['app/*a*b*.ts', 'app/xaxbx.ts', true],
  ['app/[id].ts', 'app/[id].ts', true],
  ['app/reviews.ts', 'app/reviews.ts', true],
  ['', 'app', false],
])('the glob %s and the path %s: %s', (glob, path, fits) => {
  expect(pathPattern(glob)(path)).toBe(fits)
})

test('takes no longer for globs that are made to take long', () => {
  const start = performance.now()
  pathPattern(`${'*a'.repeat(50)}b`)('a'.repeat(4000))
  pathPattern(`${'**/'.repeat(50)}b`)('a/'.repeat(2000))
  pathPattern('{a,b}'.repeat(30))('a'.repeat(30))
  expect(performance.now() - start).toBeLessThan(30_000)
})
