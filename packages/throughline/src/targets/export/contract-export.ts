import type { ApiNode, Contract, ContractAudience, Graph, Overlay } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'

/** What was written, and what a reader should know of it. */
export interface Exported {
  readonly text: string
  /** What could not be said in the format, a line each. */
  readonly leftOut: readonly string[]
  /** What was done on purpose, a line each: removals, and the steps they cost something. */
  readonly notes?: readonly string[]
}

export interface ContractExportOptions {
  /** Of which API, where a workspace has several. */
  readonly api?: string
  readonly audience?: ContractAudience
  readonly overlays?: readonly (Overlay & { readonly file: string })[]
  /** Only what journeys call. */
  readonly journeysOnly?: boolean
  /** Also what no journey needs. */
  readonly all?: boolean
  readonly journey?: string
  /** Where it is written: the ending says YAML or JSON. */
  readonly fileName?: string
}

export type RestApi = ApiNode & { readonly contract: Contract }

/** The REST API that is meant: the one that is named, else the only one. */
export function restApi(graph: Graph, name: string | undefined): RestApi {
  const apis = graph.apis.filter(
    (one): one is RestApi => one.contract !== undefined && one.contract.protocol === 'rest',
  )
  const names = apis.map((one) => one.name).join(', ')
  if (name !== undefined) {
    const found = apis.find((one) => one.name === name)
    if (found !== undefined) return found
    const isKnown = graph.apis.some((one) => one.name === name)
    throw new CannotRun(
      'TL9003',
      isKnown
        ? `\`${name}\` is not a REST API, or its contract cannot be read. There are: ${names || 'none'}.`
        : `There is no API \`${name}\`. There are: ${names || 'none'}.`,
    )
  }
  const [only] = apis
  if (only === undefined)
    throw new CannotRun('TL9003', 'There is no REST API here whose contract can be read.')
  if (apis.length > 1)
    throw new CannotRun('TL9003', `Say which API with --api. There are: ${names}.`)
  return only
}
