import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { noSuchScenario } from './scenario.ts'

test('says which scenario somebody may have meant', () => {
  const path = 'declined-card.scenario.yaml'
  const { graph } = compile({
    paths: [path],
    read: () => ({ path, text: 'scenario: declined-card\nrules: []\n' }),
  })
  expect(noSuchScenario(graph, 'declned-card')).toContain('Did you mean `declined-card`?')
  expect(noSuchScenario(graph, 'tea')).not.toContain('Did you mean')
})
