import { expect, test } from 'vitest'
import { specification } from './specification.ts'

test('spells what a contract is written in as its makers do', () => {
  expect(['openapi 3.1.0', 'swagger 2.0', 'graphql', 'unreadable'].map(specification)).toEqual([
    'OpenAPI 3.1.0',
    'Swagger 2.0',
    'GraphQL',
    'unreadable',
  ])
})
