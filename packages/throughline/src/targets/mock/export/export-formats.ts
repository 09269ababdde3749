import type { ExportFormat } from './export-format.ts'
import { mswHandlers } from './msw-handlers.ts'

/** Every format that `throughline export` writes. */
export const exportFormats: readonly ExportFormat[] = [
  {
    name: 'msw',
    summary: 'handlers for Mock Service Worker 2, in TypeScript',
    fileName: 'handlers.ts',
    write: mswHandlers,
  },
]
