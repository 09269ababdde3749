import {
  changeRules,
  locatedChanges,
  type ChangeLevel,
  type Report,
  type Span,
} from '@throughline/core'

/** Changes as a SARIF 2.1.0 log. `pathOf` gives the path from the repository's root. */
export function diffSarif(
  { changes }: Report,
  version: string,
  pathOf: (path: string) => string,
): string {
  const codes = [...new Set(changes.map(({ code }) => code))].toSorted()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Throughline diff',
            semanticVersion: version,
            rules: codes.map((id) => ({
              id,
              shortDescription: { text: changeRules.get(id)?.says ?? id },
              properties: {
                promise: changeRules.get(id)?.promise,
                class: changeRules.get(id)?.class,
              },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: locatedChanges(changes).map(
          ({ code, level, message, origin, subjects, fingerprint, impact }) => {
            const span = origin.after ?? origin.before
            return {
              ruleId: code,
              ruleIndex: codes.indexOf(code),
              level: levelOf[level],
              message: { text: message },
              locations: [
                {
                  ...(span !== undefined && { physicalLocation: placeOf(span, pathOf) }),
                  logicalLocations: subjects.map((fullyQualifiedName) => ({ fullyQualifiedName })),
                },
              ],
              partialFingerprints: { 'throughline/change/v1': fingerprint },
              properties: { impact },
            }
          },
        ),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

const levelOf: Readonly<Record<ChangeLevel, string>> = {
  breaking: 'error',
  warning: 'warning',
  info: 'note',
}

function placeOf({ file, range }: Span, pathOf: (path: string) => string): object {
  return {
    artifactLocation: {
      uri: pathOf(file).split('/').map(encodeURIComponent).join('/'),
      uriBaseId: '%SRCROOT%',
    },
    region: {
      startLine: range.start.line,
      startColumn: range.start.column,
      endLine: range.end.line,
      endColumn: range.end.column,
    },
  }
}
