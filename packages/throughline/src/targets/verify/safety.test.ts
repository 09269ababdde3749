import { expect, test } from 'vitest'
import { looksLikeProduction } from './safety.ts'

test.each([
  ['production', 'http://localhost:8080', true],
  ['https://api.shop.example', 'https://api.shop.example', true],
  ['https://testimonials.shop.example', 'https://testimonials.shop.example', true],
  ['staging', 'https://staging.shop.example/api', false],
  ['https://api-qa2.shop.example', 'https://api-qa2.shop.example', false],
  ['http://127.0.0.1:4401', 'http://127.0.0.1:4401', false],
  ['http://[::1]:4401', 'http://[::1]:4401', false],
  ['http://backend:8080', 'http://backend:8080', false],
  ['http://10.0.0.7', 'http://10.0.0.7', false],
])('takes %s (%s) for production: %s', (name, url, expected) => {
  expect(looksLikeProduction(name, url)).toBe(expected)
})
