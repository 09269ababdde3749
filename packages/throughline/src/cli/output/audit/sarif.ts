import { createHash } from 'node:crypto'
import { nodeOf, type Graph, type Range } from '@throughline/core'
import type { Cell } from '../../../targets/audit/audit.ts'
import { meanings } from './meanings.ts'

/** Bad cells as a SARIF 2.1.0 log: each at the step that makes the call, where a journey has one. `known` ones are unchanged. */
export function auditSarif(
  cells: readonly Cell[],
  fresh: readonly Cell[],
  {
    graph,
    version,
    pathOf,
  }: {
    readonly graph?: Graph | undefined
    readonly version: string
    readonly pathOf: (path: string) => string
  },
): string {
  const bad = cells.filter((cell) => cell.bad)
  const isNew = new Set(fresh)
  const rules = [...new Set(bad.map(({ verdict }) => verdict))].toSorted()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Throughline audit',
            semanticVersion: version,
            rules: rules.map((verdict) => ({
              id: ruleId(verdict),
              shortDescription: { text: verdict },
              fullDescription: { text: meanings[verdict] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: bad.map((cell) => ({
          ruleId: ruleId(cell.verdict),
          ruleIndex: rules.indexOf(cell.verdict),
          level: 'warning',
          message: { text: `${cell.screen}, when ${cell.call} ${cell.words}: ${cell.why}` },
          baselineState: isNew.has(cell) ? 'new' : 'unchanged',
          locations: [
            {
              ...physical(graph, cell.step, pathOf),
              logicalLocations: [{ fullyQualifiedName: cell.step ?? cell.screen }],
            },
          ],
          partialFingerprints: {
            'throughline/audit/v1': createHash('sha256').update(cell.id).digest('hex').slice(0, 32),
          },
        })),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function ruleId(verdict: string): string {
  return `audit/${verdict.replaceAll(' ', '-')}`
}

function physical(
  graph: Graph | undefined,
  step: string | undefined,
  pathOf: (path: string) => string,
): object {
  const node =
    graph === undefined || step === undefined ? undefined : nodeOf(graph, 'step', `step:${step}`)
  if (node === undefined) return {}
  const { source, place } = node.origin
  const [range] = source.locate([place])
  return {
    physicalLocation: {
      artifactLocation: {
        uri: pathOf(source.file.path).split('/').map(encodeURIComponent).join('/'),
        uriBaseId: '%SRCROOT%',
      },
      region: regionOf(range!),
    },
  }
}

function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  }
}
