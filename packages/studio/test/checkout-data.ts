import type { DataMap, DataRecord, FreshnessMap } from '../src/client/studio-client.ts'

const rule = 'never in logs'
const slots = {
  declared: true,
  rules: [rule],
  api: 'logistics',
  operation: 'logistics.listSlots',
  request: 'GET /slots',
  owner: 'logistics',
  direction: 'returned',
  place: 'response',
  url: '/reference/logistics.listSlots',
} as const

/** Where the classified data of the checkout goes: a thread of two fields, one for nobody, one against its rule. */
export const dataMap: DataMap = {
  name: 'corner-market',
  classes: [
    {
      class: 'personal',
      declared: true,
      rules: [rule],
      fields: 3,
      operations: 1,
      screens: 1,
      personas: ['Maya'],
      broken: 0,
      unneeded: 1,
    },
    {
      class: 'secret',
      declared: true,
      rules: ['never in a response'],
      fields: 1,
      operations: 1,
      screens: 0,
      personas: [],
      broken: 1,
      unneeded: 0,
    },
  ],
  entries: [
    {
      ...slots,
      class: 'personal',
      path: 'driver.phone',
      screens: [],
      unneeded: true,
      callers: [
        {
          step: 'reorder/slots',
          title: 'Choose a slot',
          journey: 'Reorder the weekly shop',
          persona: 'Maya',
          line: 1,
          url: '/journeys/reorder?step=slots',
        },
      ],
    },
    {
      ...slots,
      class: 'secret',
      path: 'token',
      broken: 'never in a response',
      code: 'TL5002',
      problem: '/diagnostics?code=TL5002',
      screens: [],
      unneeded: false,
      callers: [],
    },
    ...['address.street', 'address.postcode'].map((path) => ({
      ...slots,
      class: 'personal',
      path,
      unneeded: false,
      callers: [],
      screens: [
        {
          step: 'reorder/slots',
          title: 'Choose a slot',
          journey: 'Reorder the weekly shop',
          persona: 'Maya',
          why: 'Where the van goes',
          line: 1 as const,
          url: '/journeys/reorder?step=slots',
        },
      ],
    })),
  ],
  matching: 4,
  total: 4,
  unneeded: 1,
  broken: 1,
  choices: {
    personas: ['Maya'],
    journeys: [{ name: 'reorder', title: 'Reorder the weekly shop' }],
    owners: ['logistics'],
  },
}

export const dataRecord: DataRecord = {
  rows: [
    ['Class', 'Masking', 'Field'],
    ['personal', '', 'driver.phone'],
  ],
  markdown: '# Where the data of corner-market goes\n',
}

const read = {
  step: {
    step: 'reorder/slots',
    title: 'Choose a slot',
    journey: 'Reorder the weekly shop',
    persona: 'Maya',
    line: 1,
    url: '/journeys/reorder?step=slots',
  },
  operation: 'logistics.listSlots',
  request: 'GET /slots',
  url: '/reference/logistics.listSlots',
} as const

/** How old what the checkout shows may be: one read out of date, one of which nobody has said anything, one that fits. */
export const freshnessMap: FreshnessMap = {
  rows: [
    {
      ...read,
      verdict: 'stale',
      screen: '/slots',
      fields: ['slots[].start', 'slots[].fee'],
      call: 5,
      policy: 60,
      contract: 'max-age=300, ETag',
      observed: 'max-age=600',
      advice: [
        'The contract lets it be kept for 5 min, and the screen tolerates 5 s: lower max-age.',
      ],
      problem: '/diagnostics?code=TL3011',
    },
    { ...read, verdict: 'unsaid', fields: [], advice: [] },
    {
      ...read,
      verdict: 'fits',
      operation: 'logistics.getVan',
      request: 'GET /van',
      url: '/reference/logistics.getVan',
      fields: ['position'],
      policy: 60,
      advice: [],
    },
  ],
  total: 3,
  tested: {
    id: '20261122T081500123Z',
    target: 'staging',
    started: '2026-11-22T08:15:00.123Z',
  },
}
