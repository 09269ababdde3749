import type { ExportFormat } from './export-format.ts'
import { harAnswers } from './har-answers.ts'
import { mockoonEnvironment } from './mockoon-environment.ts'
import { mswHandlers } from './msw-handlers.ts'
import { postmanCollection } from './postman-collection.ts'

/** Every format that `throughline export` writes. */
export const exportFormats: readonly ExportFormat[] = [
  {
    name: 'msw',
    summary: 'handlers for Mock Service Worker 2, in TypeScript',
    fileName: 'handlers.ts',
    write: mswHandlers,
  },
  {
    name: 'mockoon',
    summary: 'an environment that Mockoon opens',
    fileName: 'throughline.mockoon.json',
    write: mockoonEnvironment,
  },
  {
    name: 'har',
    summary: 'every answer as a recorded call',
    fileName: 'throughline.har',
    write: harAnswers,
  },
  {
    name: 'postman',
    summary: 'a Postman collection with the answers as saved examples',
    fileName: 'throughline.postman_collection.json',
    write: postmanCollection,
  },
]
