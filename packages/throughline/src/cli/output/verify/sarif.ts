import { nodeOf, type Graph, type Range } from '@throughline/core'
import { checkWords } from './check-words.ts'
import { operationOf, placeOf, type VerifyShown } from './shown.ts'

/** Findings as a SARIF 2.1.0 log: each at its operation in the contract, with the steps that it hurts beside it. */
export function verifySarif({ graph, report, target, version, pathOf }: VerifyShown): string {
  const checks = [...new Set(report.findings.map(({ check }) => check))].toSorted()
  const physical = (file: string, { start, end }: Range): object => ({
    artifactLocation: {
      uri: pathOf(file).split('/').map(encodeURIComponent).join('/'),
      uriBaseId: '%SRCROOT%',
    },
    region: {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    },
  })
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Throughline test',
            semanticVersion: version,
            rules: checks.map((id) => ({
              id,
              shortDescription: { text: checkWords[id].title },
              fullDescription: { text: checkWords[id].means },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        properties: { target, seed: report.seed },
        results: report.findings.map((one) => {
          const operation = operationOf(graph, one)
          const place = operation && placeOf(operation)
          return {
            ruleId: one.check,
            ruleIndex: checks.indexOf(one.check),
            level: levelOf[one.severity],
            message: {
              text: `${one.operation.method} ${one.operation.path}: ${one.message}${one.steps.length === 0 ? '' : ` Hurts ${one.steps.join(', ')}.`}`,
            },
            locations: [
              {
                ...(place && { physicalLocation: physical(place.file, place.range) }),
                logicalLocations: [
                  ...(operation
                    ? [{ fullyQualifiedName: `${operation.api}.${operation.name}` }]
                    : []),
                  ...one.steps.map((fullyQualifiedName) => ({ fullyQualifiedName })),
                ],
              },
            ],
            relatedLocations: stepPlaces(graph, one.steps).map(({ step, file, range }, id) => ({
              id,
              physicalLocation: physical(file, range),
              message: { text: `Step ${step} calls it` },
            })),
            partialFingerprints: { 'throughline/test/v1': one.fingerprint },
            occurrenceCount: one.count,
            properties: { reproduce: one.reproduce, ...(one.at !== undefined && { at: one.at }) },
          }
        }),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

const levelOf = { error: 'error', warning: 'warning', info: 'note' } as const

function stepPlaces(
  graph: Graph,
  steps: readonly string[],
): readonly { readonly step: string; readonly file: string; readonly range: Range }[] {
  return steps.flatMap((step) => {
    const node = nodeOf(graph, 'step', `step:${step}`)
    if (node === undefined) return []
    const { source, place } = node.origin
    const [range] = source.locate([place])
    return [{ step, file: source.file.path, range: range! }]
  })
}
