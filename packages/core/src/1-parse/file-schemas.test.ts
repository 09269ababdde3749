import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { filesOf } from '../../test/in-memory-files.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { rootOf } from '../text/site.ts'
import { documentOf } from './document.ts'
import { fileSchema, type FileKind } from './file-schemas.ts'
import { commentFile, decisionFile, proposalFile, signOffFile } from './decision-files.ts'
import { journeyFile } from './journey.ts'
import { monitorFile } from './monitor.ts'
import { personaFile } from './persona.ts'
import { policyFile } from './policy.ts'
import { scenarioFile } from './scenario.ts'
import type { Shape } from './shape.ts'
import { experimentFile } from './experiment.ts'
import { surveyFile } from './survey.ts'
import { waiverFile } from './waiver.ts'
import { workspaceFile } from './workspace-file.ts'

const shapes: Readonly<Record<FileKind, Shape<unknown>>> = {
  workspace: workspaceFile,
  journey: journeyFile,
  persona: personaFile,
  scenario: scenarioFile,
  policy: policyFile,
  monitor: monitorFile,
  survey: surveyFile,
  experiment: experimentFile,
  waiver: waiverFile,
  proposal: proposalFile,
  comment: commentFile,
  'sign-off': signOffFile,
  decision: decisionFile,
}
const kinds = [
  'workspace',
  'journey',
  'persona',
  'scenario',
  'policy',
  'monitor',
  'survey',
  'experiment',
  'waiver',
  'proposal',
  'comment',
  'sign-off',
  'decision',
] as const satisfies readonly FileKind[]
const published = new URL('../../../throughline/schemas/', import.meta.url)
const ajv = new Ajv2020({ allErrors: false, allowUnionTypes: true })
const validators = new Map(kinds.map((kind) => [kind, ajv.compile(fileSchema(kind))]))

/** What the parser says about a value, written as JSON or about a text, written as YAML. */
function parserSays(kind: FileKind, written: unknown): readonly Diagnostic[] {
  const [path, text] =
    typeof written === 'string'
      ? ['written.yaml', written]
      : ['written.json', JSON.stringify(written)]
  const { document, diagnostics } = documentOf(filesOf({ [path]: text }), path)
  const found = [...diagnostics]
  shapes[kind].read(rootOf(document!), (diagnostic) => found.push(diagnostic))
  return found
}

function examplesOf(kind: FileKind): readonly unknown[] {
  const { examples } = fileSchema(kind)
  return Array.isArray(examples) ? examples : []
}

function valueOf(yaml: string): unknown {
  return documentOf(filesOf({ 'written.yaml': yaml }), 'written.yaml').document?.value
}

// `vitest run packages/core/src/1-parse/file-schemas.test.ts -u` writes the published files anew.
test.each(kinds)('publishes what the parser reads: %s', async (kind) => {
  await expect(`${JSON.stringify(fileSchema(kind), null, 2)}\n`).toMatchFileSnapshot(
    fileURLToPath(new URL(`${kind}.schema.json`, published)),
  )
})

test.each(kinds)('shows valid examples of a %s', (kind) => {
  const schema = fileSchema(kind)
  for (const example of examplesOf(kind)) {
    expect(parserSays(kind, example)).toEqual([])
  }
  expect(examplesIn(schema).filter(({ schema, example }) => !accepts(schema, example))).toEqual([])
})

const examples = fileURLToPath(new URL('fixtures/workspace/', import.meta.url))
const shop = fileURLToPath(new URL('../../../../examples/storefront/', import.meta.url))
const files: readonly (readonly [FileKind, string])[] = [examples, shop].flatMap((folder) =>
  (
    [
      ['workspace', 'throughline.yaml'],
      ['journey', '**/*.journey.yaml'],
      ['persona', 'personas/*.yaml'],
      ['scenario', '**/*.scenario.yaml'],
      ['policy', 'policy.yaml'],
      ['waiver', '**/*.waiver.yaml'],
    ] as const
  ).flatMap(([kind, glob]) =>
    globSync(glob, { cwd: folder }).map((path) => [kind, folder + path] as const),
  ),
)

test.each(files)('finds nothing wrong with a written %s: %s', (kind, path) => {
  const text = readFileSync(path, 'utf8')
  expect(parserSays(kind, text).map((one) => one.message)).toEqual([])
  const validate = validators.get(kind)!
  validate(valueOf(text))
  expect(validate.errors).toBeNull()
})

describe('the parser and the schema agree', () => {
  const good: readonly (readonly [FileKind, string])[] = [
    ['workspace', 'throughline: 1'],
    ['workspace', 'throughline: 1\napis: { store: apis/store.yaml }'],
    [
      'workspace',
      'throughline: 1\napis: { reviews: { contract: a.graphql, documents: [a/*.graphql, b/*.ts], stages: { addReview: planned } } }',
    ],
    [
      'workspace',
      'throughline: 1\napp: { root: app, url: http://localhost:3000 }\nx-made-by: hand',
    ],
    [
      'workspace',
      'throughline: 1\nstates: { timeout: A retry banner, "problem: out-of-stock": { show: Sold out }, 4XX: { same: timeout } }',
    ],
    ['journey', 'journey: checkout\nsteps: []'],
    [
      'journey',
      'journey: checkout\nsteps: [{ step: pay, next: done, calls: [store.pay, { operation: store GET /basket, after: [store.pay] }] }]',
    ],
    [
      'journey',
      'journey: checkout\npersona: { name: Anna, goal: Be quick, devices: [phone] }\nsteps: [{ step: pay, states: { 404: Nothing here, invalid: { same: 404 } } }]',
    ],
    [
      'journey',
      'journey: checkout\nsteps: [{ step: pay, budget: { p50: 100ms, p75: 1.5s, p95: 2 s, size: 1 MB }, feeling: { score: -1.5, from: 14 } }]',
    ],
    [
      'scenario',
      'scenario: slow\nrules: [{ operation: store.pay, latency: 400ms, fault: "drop:items[].price" }]',
    ],
    [
      'scenario',
      'scenario: slow\nrules: [{ operation: store.pay, latency: { fixed: 1s }, fault: "flaky:20%", when: { call: 2, query: { page: 1 } } }]',
    ],
    [
      'scenario',
      'scenario: slow\nrules: [{ operation: store.pay, latency: observed, respond: { status: 200, body: null, headers: { Retry-After: 30 } } }]',
    ],
    [
      'scenario',
      'scenario: slow\nlocale: pt-BR\nrules: [{ operation: store.pay, bandwidth: 50 kB/s, rateLimit: { requests: 5, per: 10s }, stale: 1h, stream: { every: 500ms, items: 3, after: reset } }]',
    ],
    [
      'scenario',
      'scenario: slow\nrules: [{ operation: store.pay, fault: dribble, when: { call: 2-4, session: maya, matches: { "body.lines[].sku": ^GIFT-, session: "." } } }]',
    ],
    ['policy', '{}'],
    ['policy', 'classes: { secret: { contains: token, rule: [never in logs, Never in a url] } }'],
    [
      'survey',
      'survey: date\nquestion: Was it slow?\nask: after-slow-answer\nstep: any\nover: 2s\ntext: What did you wait for?\nwords: { send: Senden }',
    ],
    [
      'experiment',
      'experiment: slow-basket\noperation: store.getBasket\nstep: checkout/basket\ndelay: 400ms\nshare: 0.5\nfrom: 2026-11-01\nuntil: 2026-11-01\nguardrail: { drop-off: 2.5%, errors: 1 %, least: 300 }',
    ],
    ['waiver', 'rule: unowned\nsubject: store.*\nreason: Everybody owns it'],
    [
      'waiver',
      'rule: diff/operation-removed\nfingerprint: 3f9a0c1d5e7b2a46\nreason: Nobody calls it',
    ],
    [
      'proposal',
      'title: Sooner\nby: Ada\nat: 2026-11-22T18:02:31.5Z\non: [step:checkout/basket, "op:store.GET /basket"]\noverlay: [{ overlay: 1.0.0, info: { title: A, version: "1" }, actions: [{ target: "$.paths[\'/a\'].get", remove: true }, { target: $..x, copy: $.y }] }]',
    ],
    [
      'proposal',
      'title: Sooner\nby: Ada\nat: 2026-11-22T18:02:31Z\nedits: [{ kind: rename-step, step: checkout/a, to: b }]\nsupersedes: [eta]',
    ],
    ['comment', 'text: Why?\nby: Ada\nat: 2026-11-22T18:02:31Z\non: change:3f9a0c1d5e7b2a46'],
    ['decision', 'decision: resolved\nby: Ada\nat: 2026-11-22T18:02:31Z'],
  ]
  test.each(good)('about a good %s: %s', (kind, yaml) => {
    expect(parserSays(kind, yaml)).toEqual([])
    expect(validators.get(kind)!(valueOf(yaml))).toBe(true)
  })

  const bad: readonly (readonly [FileKind, string])[] = [
    ['workspace', 'name: Storefront'],
    ['workspace', 'throughline: 2'],
    ['workspace', 'throughline: 1\napis: [store.yaml]'],
    ['workspace', 'throughline: 1\napis: { my store: store.yaml }'],
    ['workspace', 'throughline: 1\napis: { store: { contract: store.yaml, stage: alive } }'],
    ['workspace', 'throughline: 1\nteams: { orders: { role: boss } }'],
    ['workspace', 'throughline: 1\nrules: { unowned: no }'],
    ['workspace', 'throughline: 1\nclients: [{ name: Phone app }]'],
    ['workspace', 'throughline: 1\nstates: { slow: A spinner }'],
    ['journey', 'journey: checkout'],
    ['journey', 'journey: check out\nsteps: []'],
    [
      'journey',
      'journey: checkout\nsteps: [{ titel: Pay, step: pay }]'.replace('titel: Pay', 'titel: [Pay]'),
    ],
    ['journey', 'journey: checkout\nsteps: [{ step: pay, budget: { p75: 300 } }]'],
    ['journey', 'journey: checkout\nsteps: [{ step: pay, budget: { size: 20 } }]'],
    ['journey', 'journey: checkout\nsteps: [{ step: pay, calls: [{ needs: [id] }] }]'],
    [
      'journey',
      'journey: checkout\nsteps: [{ step: pay, calls: [{ operation: store.pay, needs: [12] }] }]',
    ],
    ['journey', 'journey: checkout\nsupportedUntil: next year\nsteps: []'],
    ['persona', 'persona: anna\ndevices: phone'],
    ['scenario', 'scenario: slow\nrules: [{ operation: store.pay, fault: explode }]'],
    ['scenario', 'scenario: slow\nrules: [{ operation: store.pay, latency: { p50: 1s } }]'],
    ['scenario', 'scenario: slow\nrules: [{ operation: store.pay, times: 0 }]'],
    ['scenario', 'scenario: slow\nrules: [{ operation: store.pay, respond: { status: 42 } }]'],
    ['scenario', 'scenario: slow\nrules: [{ operation: store.pay, bandwidth: 50kB }]'],
    ['scenario', 'scenario: slow\nrules: [{ operation: store.pay, rateLimit: { requests: 5 } }]'],
    ['scenario', 'scenario: slow\nrules: [{ operation: store.pay, when: { call: 2- } }]'],
    ['scenario', 'scenario: slow\nrules: [{ operation: store.pay, stream: { after: explode } }]'],
    [
      'scenario',
      'scenario: slow\nrules: [{ operation: store.pay, when: { matches: { basket.sku: tea } } }]',
    ],
    ['scenario', 'scenario: slow\nlocale: German'],
    ['policy', 'classes: { secret: { rule: never on a Sunday } }'],
    ['policy', 'errors: { format: xml }'],
    ['policy', 'freshness: [{ match: store.getPrices, maxAge: soon }]'],
    ['survey', 'survey: date\nask: after-step\nstep: any\ntext: Why?'],
    ['survey', 'survey: date\nquestion: Why?\nask: sometimes\nstep: any\ntext: Why?'],
    ['survey', 'survey: date\nquestion: Why?\nask: after-step\nstep: basket\ntext: Why?'],
    [
      'experiment',
      'experiment: slow-basket\noperation: store.getBasket\ndelay: 400ms\nuntil: 2026-11-30',
    ],
    [
      'experiment',
      'experiment: slow-basket\noperation: store.getBasket\ndelay: 400ms\nfrom: 2026-11-01\nuntil: 2026-11-30\nguardrail: { drop-off: 5 }',
    ],
    ['waiver', 'rule: unowned\nsubject: store.*'],
    ['waiver', 'rule: unowned\nreason: Everybody owns it'],
    ['proposal', 'title: Sooner\nby: Ada\nat: yesterday'],
    [
      'proposal',
      'title: Sooner\nby: Ada\nat: 2026-11-22T18:02:31Z\noverlay: { overlay: 1.1.0, info: { title: A, version: "1" }, actions: [{ target: paths./a }] }',
    ],
    ['comment', 'text: Why?\nby: Ada\nat: 2026-11-22T18:02:31Z\non: checkout/basket'],
    [
      'sign-off',
      'team: orders\nsays: perhaps\nrevision: 3f9a0c1d5e7b2a46\nby: Ada\nat: 2026-11-22T18:02:31Z',
    ],
    ['sign-off', 'team: orders\nsays: approve\nby: Ada\nat: 2026-11-22T18:02:31Z'],
    ['waiver', 'rule: unowned\nsubject: store.*\nreason: " "'],
  ]
  test.each(bad)('about a bad %s: %s', (kind, yaml) => {
    expect(parserSays(kind, yaml)).not.toEqual([])
    expect(validators.get(kind)!(valueOf(yaml))).toBe(false)
  })

  test.each(kinds)('about any mutation of a %s', (kind) => {
    const seeds = files
      .filter(([one]) => one === kind)
      .map(([, path]) => valueOf(readFileSync(path, 'utf8')))
    seeds.push(...examplesOf(kind))
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (seed, mutations) => {
          const value = mutations.reduce(mutated, structuredClone(seed))
          fc.pre(value !== undefined && typeof value !== 'string')
          const says = parserSays(kind, value).filter((one) => !isAboutEmptyKey(one, value))
          expect({
            accepts: says.length === 0,
            says: says.map((one) => one.message),
            value,
          }).toMatchObject({
            accepts: validators.get(kind)!(value),
          })
        },
      ),
      { numRuns: 400 },
    )
  })
})

/** The schema lets unknown keys without a value pass: they may be the end of a text with a comma. */
function isAboutEmptyKey({ code, origin }: Diagnostic, value: unknown): boolean {
  if (code !== 'TL1008' || origin.place.kind === 'offsets') return false
  const { path } = origin.place
  return path.reduce<unknown>((inner, key) => isHolder(inner) && inner[key], value) === null
}

interface Mutation {
  readonly at: number
  readonly act: 'replace' | 'remove' | 'add'
  readonly value: unknown
}

const words = [
  'timeout',
  '404',
  '5xx',
  'store',
  '300ms',
  '20kB',
  '2027-06-30',
  'pay',
  'a b',
  '',
  'off',
  'live',
  'problem: x',
  '1',
  'https://x.example',
]
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  act: fc.constantFrom('replace', 'replace', 'remove', 'add'),
  value: fc.oneof(fc.constantFrom<unknown>(...words), fc.jsonValue({ maxDepth: 2 })),
})

/** One value somewhere inside, replaced, removed or added to. */
function mutated(root: unknown, { at, act, value }: Mutation): unknown {
  const places: (readonly [Record<string, unknown>, string])[] = []
  const walk = (inner: unknown): void => {
    if (!isHolder(inner)) return
    for (const key of Object.keys(inner)) {
      places.push([inner, key])
      walk(inner[key])
    }
  }
  walk(root)
  const [holder, key] = places[at % Math.max(1, places.length)] ?? []
  if (holder === undefined || key === undefined) return value
  if (act === 'replace') holder[key] = value
  else if (Array.isArray(holder))
    holder.splice(Number(key), act === 'remove' ? 1 : 0, ...(act === 'remove' ? [] : [value]))
  else if (act === 'remove') delete holder[key]
  else holder['surprise'] = value
  return root
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object'
}

/** Every schema inside that shows examples, with each of them. */
function examplesIn(
  root: unknown,
): readonly { readonly schema: object; readonly example: unknown }[] {
  if (root === null || typeof root !== 'object') return []
  const own =
    'examples' in root && Array.isArray(root.examples) && 'description' in root ? root.examples : []
  const inner = Object.entries(root).flatMap(([key, value]) =>
    key === 'examples' ? [] : examplesIn(value),
  )
  return [...own.map((example: unknown) => ({ schema: root, example })), ...inner]
}

function accepts(schema: object, example: unknown): boolean {
  return kinds.some((kind) => {
    const { $defs } = fileSchema(kind)
    const { $id: _, ...rest } = schema as { $id?: string }
    try {
      return new Ajv2020({ allowUnionTypes: true }).compile({ $defs, ...rest })(example)
    } catch {
      return false
    }
  })
}
