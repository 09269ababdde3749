import { stateChecks } from '../../../targets/states/finding.ts'
import { findingsOf, type StatesShown } from './shown.ts'

/** Findings as a SARIF 2.1.0 log: each where the journey promises the state. */
export function statesSarif(shown: StatesShown): string {
  const findings = findingsOf(shown)
  const checks = [...new Set(findings.map(({ check }) => check))].toSorted()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Throughline test ui',
            semanticVersion: shown.version,
            rules: checks.map((id) => ({ id, shortDescription: { text: stateChecks[id] } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        properties: {
          app: shown.report.app,
          ...(shown.build !== undefined && { build: shown.build }),
        },
        results: findings.map(
          ({ check, severity, state, step, message, file, range, id, isNew }) => ({
            ruleId: check,
            ruleIndex: checks.indexOf(check),
            level: severity === 'info' ? 'note' : severity,
            message: { text: `${state}: ${message}` },
            baselineState: isNew ? 'new' : 'unchanged',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: {
                    uri: shown.pathOf(file).split('/').map(encodeURIComponent).join('/'),
                    uriBaseId: '%SRCROOT%',
                  },
                  region: {
                    startLine: range.start.line,
                    startColumn: range.start.column,
                    endLine: range.end.line,
                    endColumn: range.end.column,
                  },
                },
                logicalLocations: [{ fullyQualifiedName: step }],
              },
            ],
            partialFingerprints: { 'throughline/states/v1': id },
          }),
        ),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}
