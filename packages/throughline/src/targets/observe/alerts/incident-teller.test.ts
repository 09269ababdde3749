import { expect, test } from 'vitest'
import { graphOf } from '../../../../../core/test/graph-of.ts'
import type { Notice } from '../../../alerts/notice.ts'
import { incidentTeller } from './incident-teller.ts'

const notice: Notice = {
  event: 'opened',
  kind: 'errors',
  monitor: 'collector',
  title: 'Shop',
  environment: 'production',
  since: '2026-11-23T09:01:00.000Z',
  at: '2026-11-23T09:02:00.000Z',
  steps: ['checkout/basket'],
  lines: ['checkout/basket: store.getBasket: 30 of 100 calls failed'],
}

test('tells over the channels of the workspace, and says which it could not use', async () => {
  const graph = graphOf({
    'throughline.yaml':
      'throughline: 1\ncollector: { alerts: { slack: ["${SLACK_URL}", "${NO_URL}"], webhook: "https://hooks.example/a" } }\n',
  })
  const [said, posted]: [string[], unknown[]] = [[], []]
  await incidentTeller(() => graph, {
    cwd: '/',
    env: { SLACK_URL: 'https://slack.example/b' },
    post: (url, body) => {
      posted.push([url, body])
      return Promise.resolve(200)
    },
    onNotice: (line) => said.push(line),
  })(notice)
  expect(posted).toEqual([
    ['https://hooks.example/a', { version: 1, ...notice }],
    [
      'https://slack.example/b',
      {
        text: ':rotating_light: *Shop on production: too many calls fail: checkout/basket*\n• checkout/basket: store.getBasket: 30 of 100 calls failed',
      },
    ],
  ])
  expect(said).toEqual([
    'opened  Shop on production: too many calls fail: checkout/basket',
    'The environment variable NO_URL is not set; `collector.alerts` names it.',
  ])
})
