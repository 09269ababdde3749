import { exportFormats as mockFormats } from '../targets/mock/export/export-formats.ts'
import type { ExportFormat } from '../targets/mock/export/export-format.ts'
import { arazzoWorkflows } from '../targets/verify/export/arazzo-workflows.ts'
import { httpRequests } from '../targets/verify/export/http-requests.ts'
import { playwrightTests } from '../targets/verify/export/playwright-tests.ts'
import { postmanTests } from '../targets/verify/export/postman-tests.ts'

/** Every format that `throughline export` writes: the mock's answers, and the requests of tests. */
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
]
