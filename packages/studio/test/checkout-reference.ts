import type {
  DiagnosticList,
  Explanation,
  OwnedDiagnostic,
  ReferenceEntry,
  ReferenceFields,
  ReferenceIndex,
  ReferenceOperation,
  SchemaNode,
  SearchIndex,
  TryAnswer,
  UsedBy,
} from '@throughline/core'

/** What a hostile file may put wherever people may write text. */
export const hostile = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>'

const slots: UsedBy = {
  step: 'reorder/slots',
  title: 'Pick a delivery slot',
  journey: 'reorder',
  line: 1,
  status: 'covered',
  label: 'Slot window',
  url: '/journeys/reorder?step=slots',
}

function field(path: string, rest: Partial<SchemaNode> = {}): SchemaNode {
  return {
    path,
    name: /(?:[^.[]+|\[\])$/.exec(path)?.[0] ?? '',
    type: 'string',
    base: 'string',
    required: true,
    nullable: false,
    deprecated: false,
    readOnly: false,
    writeOnly: false,
    constraints: [],
    usedBy: [],
    usedInside: 0,
    missing: false,
    hasChildren: false,
    ...rest,
  }
}

const slotFields = [
  field('slots[].id'),
  field('slots[].window', {
    type: 'Interval',
    usedBy: [slots],
    description: 'Start and end, with offset.',
    constraints: ['at most 40 characters'],
  }),
  field('slots[].fee', { type: 'Money', typeName: 'Money', base: 'object', hasChildren: true }),
  field('slots[].co2Saving', {
    type: '',
    missing: true,
    usedBy: [
      { ...slots, status: 'missing', label: 'Carbon saving', why: 'People pick the greener van' },
    ],
  }),
]

export const listSlots: ReferenceOperation = {
  id: 'logistics.listSlots',
  api: 'logistics',
  name: 'listSlots',
  protocol: 'rest',
  method: 'GET',
  path: '/slots',
  title: 'List delivery slots',
  description: `Free windows for a **postcode**. ${hostile} [more](javascript:alert(1))`,
  tags: ['Delivery'],
  deprecated: false,
  stage: 'live',
  owner: 'logistics',
  ownerFrom: { from: 'codeowners', file: '.github/CODEOWNERS', line: 12 },
  file: 'apis/logistics.yaml',
  url: '/reference/logistics.listSlots',
  parameters: [
    {
      name: 'postcode',
      in: 'query',
      required: true,
      deprecated: false,
      description: 'UK format, spaces allowed.',
      field: field(''),
      examples: [],
      sentBy: [slots],
    },
  ],
  responses: [
    {
      status: '200',
      description: 'Seven days from today',
      headers: [],
      designedBy: [],
      content: [
        {
          type: 'application/json',
          root: field('', {
            type: 'object',
            base: 'object',
            hasChildren: true,
            usedInside: 1,
            children: [
              field('slots', {
                type: 'Slot[]',
                base: 'object[]',
                hasChildren: true,
                usedInside: 1,
                children: [
                  field('slots[]', {
                    type: 'Slot',
                    base: 'object',
                    hasChildren: true,
                    children: slotFields,
                  }),
                ],
              }),
              field('note', { description: hostile, nullable: true, required: false }),
            ],
          }),
          examples: [
            {
              name: 'two',
              text: `{\n  "slots": [{ "id": "slt_1", "note": ${JSON.stringify(hostile)} }]\n}`,
              cut: false,
              generated: false,
              problems: ['slots[0] has no window, which is required'],
            },
          ],
        },
      ],
    },
    {
      status: '503',
      description: 'The planner is busy',
      headers: [],
      designedBy: [slots],
      content: [
        {
          type: 'application/problem+json',
          root: field('', {
            type: 'Problem',
            hasChildren: true,
            children: [field('title'), field('detail', { required: false })],
          }),
          examples: [],
        },
      ],
    },
  ],
  success: '200',
  errors: [{ status: '503', titles: ['Slots are busy'], types: ['/problems/busy'], problem: true }],
  security: [
    [{ scheme: 'shopper', scopes: [], words: 'a bearer token in the header Authorization' }],
  ],
  callers: [{ ...slots, call: 'logistics.listSlots', needs: 3, missing: 1, budget: 500 }],
  missing: 1,
  samples: [
    { kind: 'curl', label: 'curl', language: 'bash', text: "curl 'http://127.0.0.1/slots'" },
    { kind: 'fetch', label: 'TypeScript', language: 'typescript', text: "await fetch('/slots')" },
  ],
  draft: { pathParameters: {}, query: { postcode: 'SE15 4ST' }, headers: {} },
  targets: [
    { target: 'mock', label: 'Mock', kind: 'mock', base: 'http://127.0.0.1:4010' },
    { target: 'staging', label: 'staging', kind: 'environment', base: 'https://staging.example' },
  ],
}

/** What `slots[].fee` opens to. */
export const feeFields: ReferenceFields = {
  id: 'logistics.listSlots',
  field: field('slots[].fee', {
    type: 'Money',
    typeName: 'Money',
    hasChildren: true,
    children: [field('slots[].fee.amount', { type: 'integer' }), field('slots[].fee.currency')],
  }),
}

export const answered: TryAnswer = {
  method: 'GET',
  url: 'http://127.0.0.1:4010/slots?postcode=SE15+4ST',
  status: 200,
  statusText: 'OK',
  headers: [{ name: 'content-type', value: 'application/json' }],
  body: `{"slots":[{"id":"slt_1","note":${JSON.stringify(hostile)}}]}`,
  binary: false,
  bytes: 64,
  ms: 12,
  cut: false,
  described: '200',
  matches: false,
  violations: [{ path: 'slots[0].window', message: 'is required and not there' }],
}

function entry(id: string, title: string, path: string, method = 'GET'): ReferenceEntry {
  return {
    id,
    method,
    path,
    title,
    deprecated: false,
    callers: 1,
    missing: id === listSlots.id ? 1 : 0,
    url: `/reference/${encodeURIComponent(id)}`,
  }
}

const api = {
  version: 'openapi 3.1.0',
  protocol: 'rest',
  types: ['Money', 'Slot'],
} as const

export const operations: ReferenceIndex = {
  apis: [
    {
      ...api,
      name: 'logistics',
      title: 'Logistics',
      file: 'apis/logistics.yaml',
      owner: 'logistics',
      operations: 2,
      groups: [
        {
          name: 'Delivery',
          description: hostile,
          operations: [
            entry('logistics.listSlots', 'List delivery slots', '/slots'),
            entry('logistics.POST /holds/{id}', `Hold a slot ${hostile}`, '/holds/{id}', 'POST'),
          ],
        },
      ],
    },
    {
      ...api,
      name: 'github',
      file: 'apis/github.json',
      operations: 1223,
      groups: [
        {
          name: 'repos',
          operations: Array.from({ length: 1223 }, (_, at) =>
            entry(`github.op${at}`, `Operation ${at}`, `/repos/${at}`),
          ),
        },
      ],
    },
  ],
}

const at = { start: { line: 47, column: 13 }, end: { line: 47, column: 30 } }
const gap: OwnedDiagnostic = {
  code: 'TL2003',
  severity: 'error',
  rule: 'need-not-in-contract',
  message: `Step reorder/slots needs \`slots[].co2Saving\`. ${hostile}`,
  file: 'journeys/reorder.journey.yaml',
  range: at,
  frame: {
    firstLine: 46,
    lines: ['    needs:', `      - { path: "slots[].co2Saving" } # ${hostile}`],
  },
  help: 'docs/diagnostics/TL2003.md',
  fixes: [{ title: 'Change to `slots[].emissions.kg`' }],
  side: 'both',
  owners: ['logistics', 'checkout'],
  url: '/journeys/reorder?step=slots',
}

export const problems: DiagnosticList = {
  diagnostics: [
    gap,
    {
      ...gap,
      code: 'TL3004',
      rule: 'missing-state',
      message:
        'Nobody has said what people see on reorder/slots when an answer is only partly there.',
      severity: 'warning',
      side: 'ux',
      owners: ['checkout'],
    },
    {
      ...gap,
      code: 'TL4005',
      rule: 'unowned',
      severity: 'info',
      side: 'backend',
      owners: [],
      message: 'store has no owner.',
    },
  ],
  matching: 3,
  total: 3,
  sides: { ux: 1, backend: 1, both: 1 },
  severities: { error: 1, warning: 1, info: 1 },
  rules: [
    {
      code: 'TL2003',
      rule: 'need-not-in-contract',
      severity: 'error',
      side: 'both',
      title: 'Need not in contract',
      count: 1,
    },
    {
      code: 'TL3004',
      rule: 'missing-state',
      severity: 'warning',
      side: 'ux',
      title: 'Missing state',
      count: 1,
    },
    {
      code: 'TL4005',
      rule: 'unowned',
      severity: 'info',
      side: 'backend',
      title: 'Unowned',
      count: 1,
    },
  ],
  owners: [
    { owner: 'checkout', count: 2, errors: 1 },
    { owner: 'logistics', count: 1, errors: 1 },
    { count: 1, errors: 0 },
  ],
}

export const noProblems: DiagnosticList = {
  diagnostics: [],
  matching: 0,
  total: 0,
  sides: { ux: 0, backend: 0, both: 0 },
  severities: { error: 0, warning: 0, info: 0 },
  rules: [],
  owners: [],
}

export const explanation: Explanation = {
  code: 'TL2003',
  rule: 'need-not-in-contract',
  severity: 'error',
  side: 'both',
  title: 'Need not in contract',
  text: `# TL2003: need not in contract\n\nA screen needs a field that the answer does not have. ${hostile}\n\n## Wrong\n\n\`\`\`yaml\njourney: reorder\n\`\`\`\n`,
}

export const searchIndex: SearchIndex = {
  version: 1,
  leftOut: 0,
  entries: [
    { kind: 'page', label: 'Reference', url: '/reference' },
    { kind: 'journey', label: 'Reorder the weekly shop', url: '/journeys/reorder', line: 1 },
    {
      kind: 'need',
      label: 'Carbon saving',
      hint: 'slots[].co2Saving',
      url: '/journeys/reorder?step=slots&need=reorder/slots:logistics.listSlots:slots[].co2Saving',
      line: 1,
      status: 'missing',
    },
    {
      kind: 'operation',
      label: 'List delivery slots',
      hint: 'GET /slots',
      words: 'logistics.listSlots',
      url: '/reference/logistics.listSlots',
    },
    {
      kind: 'operation',
      label: `Hold ${hostile}`,
      url: '/reference/logistics.POST%20%2Fholds%2F%7Bid%7D',
    },
    { kind: 'rule', label: 'Missing state', hint: 'TL3004', url: 'javascript:alert(1)' },
  ],
}
