import { isObject } from '../text/site.ts'
import { commentFile, decisionFile, proposalFile, signOffFile } from './decision-files.ts'
import { experimentFile } from './experiment.ts'
import { journeyFile } from './journey.ts'
import { monitorFile } from './monitor.ts'
import { personaFile } from './persona.ts'
import { policyFile } from './policy.ts'
import { scenarioFile } from './scenario.ts'
import type { Definitions, JsonSchema, Shape } from './shape.ts'
import { surveyFile } from './survey.ts'
import { waiverFile } from './waiver.ts'
import { workspaceFile } from './workspace-file.ts'

export type FileKind =
  | 'workspace'
  | 'journey'
  | 'persona'
  | 'scenario'
  | 'policy'
  | 'monitor'
  | 'survey'
  | 'experiment'
  | 'waiver'
  | 'proposal'
  | 'comment'
  | 'sign-off'
  | 'decision'

/** What each kind of file may hold, as JSON Schema 2020-12 for editors: the very shapes that the parser reads with. */
export function fileSchema(kind: FileKind): JsonSchema {
  const { shape, ...head } = kinds[kind]
  const definitions: Definitions = {}
  const schema = shape.schema(definitions)
  const { properties } = schema
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:throughline:schema:${kind}:1`,
    ...head,
    ...schema,
    properties: {
      $schema: { description: 'The address of this schema, for editors.', type: 'string' },
      ...(isObject(properties) && properties),
    },
    $defs: Object.fromEntries(Object.entries(definitions).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
}

interface Kind {
  readonly title: string
  readonly description: string
  readonly shape: Shape<unknown>
  readonly examples: readonly unknown[]
}

const kinds: Readonly<Record<FileKind, Kind>> = {
  workspace: {
    title: 'Throughline workspace',
    description:
      '`throughline.yaml`: which APIs a product has, who owns them, where they run, and what holds everywhere.',
    shape: workspaceFile,
    examples: [
      {
        throughline: 1,
        name: 'Storefront',
        apis: { store: { contract: 'apis/store.openapi.yaml', owner: 'orders' } },
        teams: { orders: { role: 'backend', members: ['orders-lead@example.com'] } },
      },
    ],
  },
  journey: {
    title: 'Throughline journey',
    description:
      '`*.journey.yaml`: what people do, step by step, and what each step needs from the APIs.',
    shape: journeyFile,
    examples: [
      {
        journey: 'checkout',
        title: 'Buy what is in the basket',
        persona: 'returning-customer',
        steps: [
          {
            step: 'basket',
            title: 'Review the basket',
            screen: '/basket',
            calls: [
              {
                operation: 'store.getBasket',
                needs: ['items[].name'],
                states: { empty: 'Your basket is empty' },
              },
            ],
          },
        ],
      },
    ],
  },
  persona: {
    title: 'Throughline persona',
    description: '`personas/*.yaml`: one person that journeys are made for.',
    shape: personaFile,
    examples: [
      {
        persona: 'returning-customer',
        title: 'Returning customer',
        devices: ['phone'],
        dataset: 'typical',
      },
    ],
  },
  scenario: {
    title: 'Throughline scenario',
    description: '`*.scenario.yaml`: a named situation that the mock plays.',
    shape: scenarioFile,
    examples: [
      {
        scenario: 'declined-card',
        title: 'The bank declines the card',
        rules: [
          { operation: 'store.createPayment', respond: { status: 402, example: 'declined' } },
        ],
      },
    ],
  },
  policy: {
    title: 'Throughline policy',
    description:
      '`policy.yaml`: what the organisation demands of every API: classification, validation, freshness, errors.',
    shape: policyFile,
    examples: [
      {
        classes: {
          personal: { contains: ['email', 'name'], rule: 'never in logs, never in a URL' },
        },
        fields: [{ match: '**.email', class: 'personal' }],
      },
    ],
  },
  monitor: {
    title: 'Throughline monitor',
    description: '`*.monitor.yaml`: journeys that are tried on a schedule, and who is told.',
    shape: monitorFile,
    examples: [
      {
        monitor: 'checkout',
        title: 'Can people buy?',
        environment: 'staging',
        journeys: ['checkout'],
        every: '5m',
        alerts: { slack: '${SLACK_URL}' },
      },
    ],
  },
  survey: {
    title: 'Throughline survey',
    description: '`*.survey.yaml`: one question that people are asked where it arises.',
    shape: surveyFile,
    examples: [
      {
        survey: 'delivery-date',
        question: 'Did you find out when it comes?',
        ask: 'after-step',
        step: 'checkout/delivery',
        scale: { from: 1, to: 5, low: 'Not at all', high: 'At once' },
        text: 'What was missing?',
        share: 10,
        throttle: '30d',
      },
    ],
  },
  experiment: {
    title: 'Throughline experiment',
    description:
      '`*.experiment.yaml`: an operation that is answered later for some visits, drawn by lot, to learn what waiting costs.',
    shape: experimentFile,
    examples: [
      {
        experiment: 'slow-basket',
        operation: 'store.getBasket',
        delay: '400ms',
        share: 1,
        from: '2026-11-01',
        until: '2026-11-30',
        guardrail: { 'drop-off': '5 %', errors: '2 %' },
      },
    ],
  },
  waiver: {
    title: 'Throughline waiver',
    description: '`decisions/*.waiver.yaml`: one finding that a team accepts for a while.',
    shape: waiverFile,
    examples: [
      {
        rule: 'missing-state',
        subject: 'checkout/basket',
        reason: 'The new bank answers in May',
        expires: '2027-01-31',
      },
    ],
  },
  proposal: {
    title: 'Throughline proposal',
    description:
      '`decisions/<thread>/*.proposal.yaml`: a change of a contract or a journey that somebody asks for.',
    shape: proposalFile,
    examples: [
      {
        title: 'Tell the delivery date with the basket',
        why: 'The delivery date stops people leaving',
        on: 'need:checkout/basket/store.getBasket/eta',
        overlay: {
          overlay: '1.1.0',
          info: { title: 'Tell the delivery date with the basket', version: '1' },
          extends: '../../apis/store.openapi.yaml',
          actions: [
            {
              target: '$.components.schemas.Basket.properties',
              update: { eta: { type: 'string', format: 'date' } },
            },
          ],
        },
        by: 'Ada Lovelace <ada@example.com>',
        at: '2026-11-22T18:02:31Z',
      },
    ],
  },
  comment: {
    title: 'Throughline comment',
    description: '`decisions/<thread>/*.comment.yaml`: what somebody says in a thread.',
    shape: commentFile,
    examples: [
      {
        text: 'A day is enough, no hour',
        on: 'step:checkout/basket',
        by: 'Ada Lovelace',
        at: '2026-11-22T18:02:31Z',
      },
    ],
  },
  'sign-off': {
    title: 'Throughline sign-off',
    description:
      '`decisions/<thread>/*.sign-off.yaml`: what a team says about one version of a proposal.',
    shape: signOffFile,
    examples: [
      {
        team: 'orders',
        says: 'approve',
        revision: '3f9a0c1d5e7b2a46',
        by: 'Ada Lovelace <ada@example.com>',
        at: '2026-11-22T18:02:31Z',
      },
    ],
  },
  decision: {
    title: 'Throughline decision',
    description: '`decisions/<thread>/*.decision.yaml`: how a thread ends, or that it goes on.',
    shape: decisionFile,
    examples: [
      {
        decision: 'declined',
        reason: 'The bank does not know it',
        by: 'Ada Lovelace',
        at: '2026-11-22T18:02:31Z',
      },
    ],
  },
}
