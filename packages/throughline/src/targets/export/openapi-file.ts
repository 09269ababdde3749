import { contractFor, isForOthers, type Graph } from '@throughline/core'
import { stringify } from 'yaml'
import { CannotRun } from '../../cannot-run.ts'
import { restApi, type ContractExportOptions, type Exported } from './contract-export.ts'

/**
 * The contract of an API as one file: other files bundled in, overlays applied, what the audience may not see and what nothing
 * leads to any more left out. Tells which steps that costs a need. Throws `CannotRun` (TL9003) for an API that the audience
 * may not see at all.
 */
export function openapiFile(graph: Graph, options: ContractExportOptions): Exported {
  const api = restApi(graph, options.api)
  const { audience, overlays, journeysOnly, fileName } = options
  const forOthers = audience && isForOthers(api.contract, audience)
  if (forOthers !== undefined)
    throw new CannotRun(
      'TL9003',
      `${api.name} is not for the audience ${audience}: its \`info\` says ${forOthers}.`,
    )
  const { value, removed, lost, problems } = contractFor(graph, api, {
    ...(audience !== undefined && { audience }),
    ...(overlays !== undefined && { overlays }),
    ...(journeysOnly !== undefined && { journeysOnly }),
  })
  return {
    text: isJson(fileName, api.contract.root.file.path)
      ? `${JSON.stringify(value, null, 2)}\n`
      : stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 }),
    leftOut: problems,
    notes: [
      ...removed
        .filter(({ why }) => why !== 'no journey calls it')
        .map(({ what, why }) => `Removed ${what} (${why})`),
      ...unused(removed.filter(({ why }) => why === 'no journey calls it').length),
      ...lost.map(({ step, operation, need, absent }) =>
        need === undefined
          ? `Step ${step} loses ${operation}`
          : `Step ${step} loses its need ${need} of ${operation}${absent === undefined ? '' : `, and shows: ${absent}`}`,
      ),
    ],
  }
}

/** As the file that is written ends; as the contract is written where nothing is said. */
function isJson(fileName: string | undefined, contract: string): boolean {
  return /\.json$/i.test(fileName ?? contract)
}

function unused(count: number): readonly string[] {
  if (count === 0) return []
  return [`Removed ${count === 1 ? '1 operation' : `${count} operations`} that no journey calls`]
}
