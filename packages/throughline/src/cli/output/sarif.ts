import { createHash } from 'node:crypto'
import { catalogue, type Code, type LocatedDiagnostic, type Range } from '@throughline/core'

/** Findings as a SARIF 2.1.0 log (OASIS): what code scanning services read. `pathOf` gives the path from the repository's root. */
export function sarifReport(
  diagnostics: readonly LocatedDiagnostic[],
  version: string,
  pathOf: (path: string) => string,
): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].toSorted()
  const location = (file: string, range: Range) => ({
    physicalLocation: {
      artifactLocation: { uri: uriOf(pathOf(file)), uriBaseId: '%SRCROOT%' },
      region: regionOf(range),
    },
  })
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Throughline', semanticVersion: version, rules: codes.map(ruleOf) },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((one) => ({
          ruleId: one.code,
          ruleIndex: codes.indexOf(one.code),
          level: levelOf[one.severity],
          message: { text: one.message },
          locations: [
            {
              ...location(one.file, one.range),
              ...(one.subject !== undefined && {
                logicalLocations: [{ fullyQualifiedName: one.subject }],
              }),
            },
          ],
          ...(one.related !== undefined && {
            relatedLocations: one.related.map((other, id) => ({
              id,
              ...location(other.file, other.range),
              message: { text: other.message },
            })),
          }),
          partialFingerprints: { 'throughline/v1': fingerprintOf(one) },
        })),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

const levelOf = { error: 'error', warning: 'warning', info: 'note' } as const

function ruleOf(code: Code): object {
  const { rule, severity, message } = catalogue[code]
  return {
    id: code,
    name: rule,
    shortDescription: { text: message.replace(/\{(\w+)\}/g, '<$1>') },
    help: { text: `throughline explain ${code}` },
    defaultConfiguration: { level: levelOf[severity] },
  }
}

/** SARIF counts lines and columns from 1 as well; the end is exclusive too. */
function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  }
}

function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

/** The same finding keeps its fingerprint when lines move: it is made of what is said, not of where. */
function fingerprintOf({ code, file, subject, message }: LocatedDiagnostic): string {
  return createHash('sha256')
    .update(JSON.stringify([code, file, subject, message]))
    .digest('hex')
    .slice(0, 32)
}
