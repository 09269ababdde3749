import { nodesOfKind, type Operation } from '@throughline/core'
import type { CollectionReport } from '../../../targets/verify/collections/collection-report.ts'
import type { CheckName, Finding } from '../../../targets/verify/finding.ts'
import { checkWords } from './check-words.ts'
import { operationOf, type VerifyShown } from './shown.ts'

/**
 * The run as JUnit XML (the schema of Jenkins' xUnit plugin, which the others read too): a suite for each operation, a case
 * for each check. What is only worth knowing is in `system-out` and fails nothing.
 */
export function verifyJunit(shown: VerifyShown): string {
  const { graph, report, started, ms } = shown
  const findings = Map.groupBy(report.findings, (one) => operationOf(graph, one))
  const { answered, unreached } = report.coverage.operations
  const reasons = new Map(unreached.map(({ name, why }) => [name, why]))
  const meant = new Set([...answered, ...reasons.keys()])
  const suites = [...nodesOfKind(graph, 'operation')]
    .filter((one) => meant.has(nameOf(one)))
    .map((one) => suiteOf(one, findings.get(one) ?? [], reasons.get(nameOf(one)), started))
    .concat((report.collections ?? []).map((one) => collectionSuite(one, started)))
  const sum = (key: 'tests' | 'failures'): number =>
    suites.reduce((total, suite) => total + suite[key], 0)
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Throughline" tests="${sum('tests')}" failures="${sum('failures')}" errors="0" time="${seconds(ms)}">
${suites.map(({ xml }) => xml).join('\n')}
</testsuites>
`
}

/** Asked of every answer, whatever it is. */
const always: readonly CheckName[] = [
  'connection',
  'not-a-server-error',
  'status-documented',
  'content-type',
  'response-headers',
  'response-schema',
]

interface Suite {
  readonly tests: number
  readonly failures: number
  readonly xml: string
}

function suiteOf(
  operation: Operation,
  findings: readonly Finding[],
  unreached: string | undefined,
  started: string,
): Suite {
  const name = nameOf(operation)
  const byCheck = Map.groupBy(findings, (one) => one.check)
  const checks = [...new Set([...always, ...byCheck.keys()])]
  let failures = 0
  let skipped = 0
  const cases = checks.map((check) => {
    const found = byCheck.get(check) ?? []
    const failing = found.filter(({ severity }) => severity !== 'info')
    const head = `    <testcase classname="${attribute(name)}" name="${check}" time="0"`
    if (failing.length > 0) {
      failures++
      const message = `${failing[0]!.message}${failing.length > 1 ? ` And ${failing.length - 1} more.` : ''}`
      return `${head}>\n      <failure type="${failing[0]!.severity}" message="${attribute(message)}">${text(
        [checkWords[check].title, '', ...failing.map(told)].join('\n'),
      )}</failure>\n    </testcase>`
    }
    if (found.length > 0)
      return `${head}>\n      <system-out>${text(found.map(told).join('\n'))}</system-out>\n    </testcase>`
    if (unreached === undefined) return `${head}/>`
    skipped++
    return `${head}>\n      <skipped message="${attribute(unreached)}"/>\n    </testcase>`
  })
  const { method, path } = operation
  return {
    tests: checks.length,
    failures,
    xml: `  <testsuite name="${attribute(`${method} ${path} (${name})`)}" tests="${checks.length}" failures="${failures}" errors="0" skipped="${skipped}" time="0" timestamp="${started.slice(0, 19)}">
${cases.join('\n')}
  </testsuite>`,
  }
}

/** A collection is a suite of its own: a case for each test of its scripts, and one for each request that could not be sent. */
function collectionSuite({ name, requests }: CollectionReport, started: string): Suite {
  let skipped = 0
  let failures = 0
  const cases = requests.flatMap((request) => {
    const head = (test: string): string =>
      `    <testcase classname="${attribute(request.name)}" name="${attribute(test)}" time="${seconds(request.ms ?? 0)}"`
    if (request.left !== undefined) {
      skipped++
      return [
        `${head('it is sent')}>\n      <skipped message="${attribute(request.left)}"/>\n    </testcase>`,
      ]
    }
    if (request.assertions.length === 0) return [`${head('it is answered')}/>`]
    return request.assertions.map((one) => {
      if (one.passed) return `${head(one.name)}/>`
      failures++
      return `${head(one.name)}>\n      <failure type="error" message="${attribute(one.message ?? one.name)}"/>\n    </testcase>`
    })
  })
  return {
    tests: cases.length,
    failures,
    xml: `  <testsuite name="${attribute(name)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}" time="0" timestamp="${started.slice(0, 19)}">
${cases.join('\n')}
  </testsuite>`,
  }
}

function told({ message, steps, count, reproduce, fingerprint }: Finding): string {
  return [
    message,
    steps.length === 0 ? 'No step needs it.' : `Hurts ${steps.join(', ')}.`,
    `Met ${count} time${count === 1 ? '' : 's'}; ${fingerprint}`,
    ...(reproduce.answer === undefined
      ? []
      : [`Answered ${reproduce.answer.status} ${reproduce.answer.body ?? ''}`.trim()]),
    reproduce.curl,
    '',
  ].join('\n')
}

function nameOf({ api, name }: Operation): string {
  return `${api}.${name}`
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}

/** Without what XML 1.0 cannot hold even when it is escaped (section 2.2). */
function text(value: string): string {
  return value
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;').replaceAll(/\s+/g, ' ')
}
