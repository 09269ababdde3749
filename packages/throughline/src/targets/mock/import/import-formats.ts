import { harSeen, isHar } from './har.ts'
import type { ImportFormat } from './import-format.ts'
import { isMockoon, mockoonFound } from './mockoon.ts'
import { isPostman, postmanFound } from './postman.ts'

/** Every format that `throughline import` reads. */
export const importFormats: readonly ImportFormat[] = [
  {
    name: 'mockoon',
    summary: 'a Mockoon environment: routes, rules, templates, data buckets',
    isThis: isMockoon,
    read: mockoonFound,
  },
  {
    name: 'har',
    summary: 'recorded calls, redacted by the policy',
    isThis: isHar,
    read: harSeen,
  },
  {
    name: 'postman',
    summary: 'the saved examples of a Postman collection (2.0, 2.1)',
    isThis: isPostman,
    read: postmanFound,
  },
]
