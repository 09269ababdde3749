import { catalogText, codeOwnersPlaces, codeOwnersText, type Graph } from '@throughline/core'
import { blueprintCsv } from '../targets/export/blueprint-csv.ts'
import { blueprintHtml } from '../targets/export/blueprint-html.ts'
import { exportFormats as mockFormats } from '../targets/mock/export/export-formats.ts'
import type { ContractExportOptions, Exported } from '../targets/export/contract-export.ts'
import { openapiFile } from '../targets/export/openapi-file.ts'
import { typescriptClient } from '../targets/export/typescript-client.ts'
import type { ExportOptions } from '../targets/mock/export/export-format.ts'
import { arazzoWorkflows } from '../targets/verify/export/arazzo-workflows.ts'
import { httpRequests } from '../targets/verify/export/http-requests.ts'
import { pactContract } from '../targets/verify/export/pact-contract.ts'
import { playwrightTests } from '../targets/verify/export/playwright-tests.ts'
import { postmanTests } from '../targets/verify/export/postman-tests.ts'

/** One way to write down what a workspace knows. */
export interface ExportFormat {
  readonly name: string
  /** One line for `--help`. */
  readonly summary: string
  /** Such as `handlers.ts`. */
  readonly fileName: string
  /** Where such a file lies, from the top of the repository or from the workspace: only a part of it is written anew. */
  readonly updates?: {
    readonly from: 'repository' | 'workspace'
    readonly paths: readonly string[]
  }
  readonly write: (graph: Graph, options: WriteOptions) => Exported
}

type WriteOptions = ExportOptions &
  ContractExportOptions & {
    /** The file that is there already, for formats that keep what others wrote. */
    readonly existing?: string
    /** The workspace's folder in its repository. */
    readonly place?: string
  }

/** Every format that `throughline export` writes: the mock's answers, the requests of tests, contracts and pictures, and whose things are. */
export const exportFormats: readonly ExportFormat[] = [
  ...mockFormats,
  {
    name: 'http',
    summary: 'requests for REST Client, JetBrains and httpyac',
    fileName: 'throughline.http',
    write: httpRequests,
  },
  {
    name: 'arazzo',
    summary: 'each journey as a workflow (Arazzo 1.1), with what is done when a call fails',
    fileName: 'throughline.arazzo.json',
    write: arazzoWorkflows,
  },
  {
    name: 'playwright',
    summary: 'each journey as an API test for Playwright',
    fileName: 'journeys.spec.ts',
    write: playwrightTests,
  },
  {
    name: 'postman-tests',
    summary: 'each journey as a folder of a Postman collection, with tests',
    fileName: 'throughline.tests.postman_collection.json',
    write: postmanTests,
  },
  {
    name: 'openapi',
    summary: 'the contract in one file, for an audience, with overlays applied',
    fileName: 'openapi.yaml',
    write: openapiFile,
  },
  {
    name: 'codeowners',
    summary: 'a block of CODEOWNERS with the owners of contracts and journeys; other lines stay',
    fileName: 'CODEOWNERS',
    updates: { from: 'repository', paths: codeOwnersPlaces },
    write: (graph, { existing = '', place }) => codeOwnersText(graph, existing, place),
  },
  {
    name: 'backstage',
    summary: 'entities of catalog-info.yaml for APIs and the screens that use them; others stay',
    fileName: 'catalog-info.yaml',
    updates: { from: 'workspace', paths: ['catalog-info.yaml'] },
    write: (graph, { existing = '' }) => catalogText(graph, existing),
  },
  {
    name: 'typescript',
    summary: 'types and a small client of what the screens need, failures typed as their states',
    fileName: 'store-client.ts',
    write: typescriptClient,
  },
  {
    name: 'pact',
    summary: 'what each step asks and needs of an API, as a Pact (specification 3)',
    fileName: 'screens-store.pact.json',
    write: pactContract,
  },
  {
    name: 'blueprint-html',
    summary: 'journeys as a page that needs nothing else, for a slide, a mail or paper',
    fileName: 'blueprint.html',
    write: blueprintHtml,
  },
  {
    name: 'blueprint-csv',
    summary: 'journeys as a table: a row for each thing in each lane of each step',
    fileName: 'blueprint.csv',
    write: blueprintCsv,
  },
]
