import { harSeen, isHar } from './har.ts'
import type { ImportFormat } from './import-format.ts'
import { brunoDocument } from './bruno.ts'
import { insomniaCollection, isInsomnia } from './insomnia.ts'
import { isOpenCollection, openCollection } from './open-collection.ts'
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
    summary: 'the saved examples of a Postman collection (2.0, 2.1, or its folder of YAML files)',
    isThis: isPostman,
    read: postmanFound,
  },
  {
    name: 'insomnia',
    summary: 'an export of Insomnia (YAML of version 5, JSON of version 4): requests, a contract',
    isThis: isInsomnia,
    read: postmanFound,
    pivot: insomniaCollection,
  },
  {
    name: 'bruno',
    summary: 'a folder of .bru files',
    isThis: (value) => value instanceof Map,
    read: postmanFound,
    pivot: (value, book) =>
      openCollection(brunoDocument(value instanceof Map ? value : new Map(), book), book),
  },
  {
    name: 'opencollection',
    summary: 'OpenCollection YAML, as Bruno writes it: a file or its folder',
    isThis: isOpenCollection,
    read: postmanFound,
    pivot: openCollection,
  },
]
