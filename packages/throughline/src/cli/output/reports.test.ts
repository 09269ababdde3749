import type { LocatedDiagnostic, Range } from '@throughline/core'
import { expect, test } from 'vitest'
import { coloursOf, noColours } from '../colours.ts'
import { githubReport } from './github.ts'
import { jsonReport } from './json.ts'
import { markdownReport } from './markdown.ts'
import { selectionOf } from './report.ts'
import { sarifReport } from './sarif.ts'
import { textReport, type TextOptions } from './text.ts'

const journey = `journey: checkout
steps:
  - step: basket
    calls:
      - operation: store.getBasket
        needs:
          - path: eta
            why: The delivery date stops people leaving
`
const files = {
  paths: [],
  read: (path: string) => ({ path, text: path.startsWith('journeys/') ? journey : '' }),
}

function span(line: number, column: number, endColumn: number): Range {
  return { start: { line, column }, end: { line, column: endColumn } }
}

const gap: LocatedDiagnostic = {
  code: 'TL2003',
  severity: 'error',
  rule: 'need-not-in-contract',
  message: 'Step checkout/basket needs `eta`, which GET /basket (200) does not return.',
  file: 'journeys/checkout.journey.yaml',
  range: span(7, 19, 22),
  subject: 'checkout/basket',
  related: [
    {
      file: 'apis/store, 2.yaml',
      range: span(40, 9, 12),
      message: 'the response is described here',
    },
  ],
  help: 'docs/diagnostics/TL2003.md',
  fixes: [{ title: 'Propose `eta` to the owners of store' }],
}
const unbounded: LocatedDiagnostic = {
  code: 'TL4004',
  severity: 'warning',
  rule: 'unbounded-list',
  message:
    '`store.listOrders` returns a list (`[]`) with no limit: 100% of them,\nalways | or not.',
  file: 'apis/store.yaml',
  range: span(12, 5, 8),
  help: 'docs/diagnostics/TL4004.md',
}
const summary = { errors: 1, warnings: 1, infos: 0, operations: 1206, journeys: 1, steps: 4 }
const options: TextOptions = { files, shownPath: (path) => path, colours: noColours, width: 80 }

test('text: frames for what matters, one example for what was only counted, and a sum', () => {
  expect(`\n${textReport(selectionOf([unbounded, gap], false), summary, options)}`)
    .toMatchInlineSnapshot(`
      "
      journeys/checkout.journey.yaml:7:19  error need-not-in-contract TL2003
      Step checkout/basket needs \`eta\`, which GET /basket (200) does not return.
        6 |         needs:
        7 |           - path: eta
          |                   ^^^
        8 |             why: The delivery date stops people leaving
        apis/store, 2.yaml:40:9  the response is described here
        fix  Propose \`eta\` to the owners of store
        throughline explain TL2003

      And 1 more finding, by rule
        1  warning unbounded-list TL4004
           \`store.listOrders\` returns a list (\`[]\`) with no limit: 100% of them,
           always | or not.
           apis/store.yaml:12:5

      1,206 operations, 1 journey, 4 steps: 1 error, 1 warning
      "
    `)
})

test('text: says so when there is nothing to mend', () => {
  const none = { errors: 0, warnings: 0, infos: 0, operations: 2, journeys: 0, steps: 0 }
  expect(textReport(selectionOf([], false), none, options)).toBe('2 operations: nothing to mend\n')
})

test('text: colours only where they are wanted', () => {
  const colours = (env: Record<string, string>, isTTY: boolean): boolean =>
    coloursOf({ write: () => 0, isTTY }, env).isColorSupported
  expect(colours({}, true)).toBe(true)
  expect(colours({}, false)).toBe(false)
  expect(colours({ NO_COLOR: '1' }, true)).toBe(false)
  expect(colours({ TERM: 'dumb' }, true)).toBe(false)
  expect(colours({ FORCE_COLOR: '1', NO_COLOR: '1' }, false)).toBe(true)
  expect(colours({ FORCE_COLOR: '0' }, true)).toBe(false)
})

test('a first look shows a few of each rule, errors first, and counts what is only style or advice', () => {
  const findings = [
    ...Array.from({ length: 3000 }, () => unbounded),
    ...Array.from({ length: 12 }, (_, index) => ({
      ...gap,
      severity: 'warning' as const,
      subject: `checkout/step-${index}`,
    })),
    gap,
  ]
  const { shown, rest } = selectionOf(findings, false)
  expect(shown.map(({ severity, subject }) => `${severity} ${subject}`)).toEqual([
    'error checkout/basket',
    'warning checkout/step-0',
    'warning checkout/step-1',
    'warning checkout/step-2',
  ])
  expect(rest.map(({ rule, count }) => `${count} ${rule}`)).toEqual([
    '3000 unbounded-list',
    '9 need-not-in-contract',
  ])
  expect(selectionOf(findings, true).shown).toHaveLength(3013)
})

test('json: exactly the agreed form', () => {
  expect(JSON.parse(jsonReport({ diagnostics: [gap], summary }))).toEqual({
    version: 1,
    diagnostics: [gap],
    summary,
  })
})

test('github: one escaped workflow command per finding', () => {
  expect(githubReport([gap, unbounded], (path) => `shop/${path}`)).toBe(
    '::error file=shop/journeys/checkout.journey.yaml,line=7,col=19,endLine=7,endColumn=22,title=TL2003 need-not-in-contract::' +
      'Step checkout/basket needs `eta`, which GET /basket (200) does not return.\n' +
      '::warning file=shop/apis/store.yaml,line=12,col=5,endLine=12,endColumn=8,title=TL4004 unbounded-list::' +
      '`store.listOrders` returns a list (`[]`) with no limit: 100%25 of them,%0Aalways | or not.\n',
  )
  expect(githubReport([{ ...gap, file: 'a,b:c.yaml' }], (path) => path)).toContain(
    'file=a%2Cb%3Ac.yaml,',
  )
})

test('markdown: a table that no message can break', () => {
  expect(`\n${markdownReport(selectionOf([gap, unbounded], false), summary, (path) => path)}`)
    .toMatchInlineSnapshot(`
    "
    ### Throughline

    1,206 operations, 1 journey, 4 steps: 1 error, 1 warning

    | | Where | What |
    | --- | --- | --- |
    | **error** | \`journeys/checkout.journey.yaml:7\` | Step checkout/basket needs \`eta\`, which GET /basket (200) does not return. (TL2003) |

    | Rule | More | For example |
    | --- | ---: | --- |
    | unbounded-list (TL4004) | 1 | \`store.listOrders\` returns a list (\`[]\`) with no limit: 100% of them, always \\| or not. |
    "
  `)
})

test('sarif: a valid 2.1.0 log', () => {
  const log = JSON.parse(
    sarifReport(
      [gap, unbounded, { ...unbounded, severity: 'info' }],
      '1.2.3',
      (path) => `shop/${path}`,
    ),
  ) as SarifLog
  expect(sarifProblems(log)).toEqual([])
  const [run] = log.runs
  expect(run!.tool.driver.rules.map(({ id }) => id)).toEqual(['TL2003', 'TL4004'])
  expect(run!.results.map(({ level, ruleIndex }) => [level, ruleIndex])).toEqual([
    ['error', 0],
    ['warning', 1],
    ['note', 1],
  ])
  const [first] = run!.results
  expect(first!.locations[0]!.physicalLocation).toEqual({
    artifactLocation: { uri: 'shop/journeys/checkout.journey.yaml', uriBaseId: '%SRCROOT%' },
    region: { startLine: 7, startColumn: 19, endLine: 7, endColumn: 22 },
  })
  expect(first!.relatedLocations![0]!.physicalLocation.artifactLocation.uri).toBe(
    'shop/apis/store%2C%202.yaml',
  )
})

test('sarif: an empty log is valid too, and a moved finding keeps its fingerprint', () => {
  expect(sarifProblems(JSON.parse(sarifReport([], '1.2.3', String)) as SarifLog)).toEqual([])
  const print = (one: LocatedDiagnostic): unknown =>
    (JSON.parse(sarifReport([one], '1.2.3', String)) as SarifLog).runs[0]!.results[0]!
      .partialFingerprints
  expect(print({ ...gap, range: span(70, 1, 4) })).toEqual(print(gap))
  expect(print({ ...gap, message: 'Something else' })).not.toEqual(print(gap))
})

interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string }
    readonly region: Readonly<Record<string, number>>
  }
}
interface SarifLog {
  readonly version: string
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string
        readonly rules: readonly {
          readonly id: string
          readonly shortDescription: { readonly text: string }
        }[]
      }
    }
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly level: string
      readonly message: { readonly text: string }
      readonly locations: readonly SarifLocation[]
      readonly relatedLocations?: readonly SarifLocation[]
      readonly partialFingerprints: Readonly<Record<string, string>>
    }[]
  }[]
}

/** What the SARIF 2.1.0 schema and GitHub's code scanning demand of the parts we write. */
function sarifProblems(log: SarifLog): readonly string[] {
  const problems: string[] = []
  const demand = (holds: boolean, what: string): void => void (holds || problems.push(what))
  demand(log.version === '2.1.0', 'version')
  demand(log.runs.length === 1, 'one run')
  for (const { tool, results } of log.runs) {
    demand(tool.driver.name !== '', 'driver name')
    demand(
      new Set(tool.driver.rules.map(({ id }) => id)).size === tool.driver.rules.length,
      'unique rules',
    )
    for (const result of results) {
      demand(tool.driver.rules[result.ruleIndex]?.id === result.ruleId, 'ruleIndex')
      demand(['none', 'note', 'warning', 'error'].includes(result.level), 'level')
      demand(result.message.text !== '', 'message')
      for (const { physicalLocation } of [
        ...result.locations,
        ...(result.relatedLocations ?? []),
      ]) {
        const { artifactLocation, region } = physicalLocation
        demand(
          /^[\w.~%!$&'()*+;=@/-]+$/.test(artifactLocation.uri) &&
            !artifactLocation.uri.startsWith('/'),
          'relative uri',
        )
        demand(
          Object.values(region).every((number) => Number.isInteger(number) && number >= 1),
          'region counts from 1',
        )
      }
      demand(
        Object.values(result.partialFingerprints).every((text) => text.length > 0),
        'fingerprint',
      )
    }
  }
  return problems
}
