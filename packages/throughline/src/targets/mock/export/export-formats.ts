import type { ExportFormat } from './export-format.ts'
import { harAnswers } from './har-answers.ts'
import { mockoonEnvironment } from './mockoon-environment.ts'
import { mswHandlers } from './msw-handlers.ts'
import { postmanCollection } from './postman-collection.ts'
import { storybookStories } from './storybook-stories.ts'

/** Every format that `throughline export` writes. */
export const exportFormats: readonly ExportFormat[] = [
  {
    name: 'msw',
    summary: 'handlers for Mock Service Worker 2, in TypeScript',
    fileName: 'handlers.ts',
    write: mswHandlers,
  },
  {
    name: 'storybook',
    summary: 'a Storybook story for each state of each step, with MSW handlers',
    fileName: 'throughline.stories.ts',
    write: storybookStories,
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
