import { exportFormats as mockFormats } from '../targets/mock/export/export-formats.ts'
import type { ExportFormat } from '../targets/mock/export/export-format.ts'
import { httpRequests } from '../targets/verify/export/http-requests.ts'

/** Every format that `throughline export` writes: the mock's answers, and the requests of tests. */
export const exportFormats: readonly ExportFormat[] = [
  ...mockFormats,
  {
    name: 'http',
    summary: 'requests for REST Client, JetBrains and httpyac',
    fileName: 'throughline.http',
    write: httpRequests,
  },
]
