import type { DataMap, DataRecord } from '../src/client/studio-client.ts'

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
