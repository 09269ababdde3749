import type { LossBook } from '@throughline/core'
import { brunoPrelude, chaiOf, pathIn } from './bruno-script.ts'
import { listPart, part, plainText, textPart } from './parts.ts'
import type { Pivot, PivotEnvironment } from './pivot.ts'
import { authItem, pivotItem, postmanSchema, scriptEvent } from './pivot.ts'

/** Whether a value is an OpenCollection document. */
export function isOpenCollection(value: unknown): boolean {
  return /^\d/.test(plainText(part(value, 'opencollection')))
}

/**
 * An OpenCollection document (Bruno's YAML) as a Postman collection 2.1. Assertions and scripts become tests in Postman's words.
 * https://docs.usebruno.com/opencollection-yaml/structure-reference
 */
export function openCollection(document: unknown, book: LossBook): Pivot {
  const environments = listPart(part(document, 'config'), 'environments').map((one) =>
    environmentOf(one),
  )
  const defaults = part(document, 'request')
  return {
    collection: {
      info: { name: textPart(part(document, 'info'), 'name') || 'Bruno', schema: postmanSchema },
      variable: variablesOf(part(defaults, 'variables')),
      ...around(defaults),
      item: itemsOf(document, headersOf(defaults), 0),
    },
    environments,
  }

  function itemsOf(folder: unknown, headers: readonly object[], depth: number): readonly object[] {
    if (depth > 30) {
      book.note('dropped', 'folders', 'they lie more than 30 deep')
      return []
    }
    return listPart(folder, 'items')
      .toSorted((one, other) => orderOf(one) - orderOf(other) || 0)
      .flatMap((item): readonly object[] => {
        const name = textPart(part(item, 'info'), 'name') || textPart(item, 'name') || 'a request'
        if (Array.isArray(part(item, 'items'))) {
          const own = part(item, 'request')
          return [
            {
              name,
              ...around(own),
              variable: variablesOf(part(own, 'variables')),
              item: itemsOf(item, [...headers, ...headersOf(own)], depth + 1),
            },
          ]
        }
        const type = textPart(part(item, 'info'), 'type') || textPart(item, 'type')
        if (part(item, 'http') !== undefined || part(item, 'graphql') !== undefined)
          return [requestOf(item, name, headers)]
        if (type === 'folder') return []
        book.note('dropped', name, type === '' ? 'it is no request' : `a ${type} item`)
        return []
      })
  }

  function requestOf(item: unknown, name: string, inherited: readonly object[]): object {
    const graphql = part(item, 'graphql')
    const http = part(item, 'http') ?? graphql
    const runtime = part(item, 'runtime')
    const params = listPart(http, 'params')
    const auth = authOf(part(http, 'auth') ?? part(runtime, 'auth'), name)
    const tests = [
      ...listPart(runtime, 'assertions').flatMap((one) => {
        if (part(one, 'disabled') === true) return []
        const said = chaiOf(one)
        if (said !== undefined) return [said]
        book.note('dropped', name, `its assertion ${textPart(one, 'expression')}`)
        return []
      }),
      ...listPart(runtime, 'actions').flatMap((one) => {
        if (part(one, 'disabled') === true) return []
        const at = pathIn(textPart(part(one, 'selector'), 'expression'))
        const variable = textPart(part(one, 'variable'), 'name')
        if (at !== undefined && variable !== '')
          return [`pm.environment.set(${JSON.stringify(variable)}, ${at})`]
        book.note('dropped', name, `what its answer sets \`${variable}\` to`)
        return []
      }),
    ]
    if (textPart(item, 'docs') !== '') book.note('taken', name, 'its words as description')
    return pivotItem({
      name,
      method: textPart(http, 'method') || (graphql === undefined ? 'GET' : 'POST'),
      url: textPart(http, 'url'),
      query: params.filter((one) => textPart(one, 'type') !== 'path'),
      path: params.filter((one) => textPart(one, 'type') === 'path'),
      headers: [...inherited, ...listPart(http, 'headers')],
      body: bodyOf(part(http, 'body'), graphql !== undefined, name),
      variables: variablesOf(part(runtime, 'variables')),
      ...(auth !== undefined && { auth }),
      events: [
        // Bruno sets variables and judges before it runs scripts of tests, which may read them.
        ...scriptEvent('test', tests.join('\n')),
        ...eventsOf(part(runtime, 'scripts') ?? part(item, 'scripts')),
      ],
      description: textPart(item, 'docs'),
      examples: listPart(item, 'examples').map((one) => ({
        name: textPart(one, 'name'),
        url: textPart(part(one, 'request'), 'url'),
        method: textPart(part(one, 'request'), 'method'),
        sent: textPart(part(part(one, 'request'), 'body'), 'data'),
        status: part(part(one, 'response'), 'status'),
        headers: listPart(part(one, 'response'), 'headers'),
        type: textPart(part(part(one, 'response'), 'body'), 'type'),
        body: textPart(part(part(one, 'response'), 'body'), 'data'),
      })),
    })
  }

  function bodyOf(given: unknown, isGraphql: boolean, name: string): object | undefined {
    const variants = Array.isArray(given) ? (given as readonly unknown[]) : undefined
    if (variants !== undefined && variants.length > 1)
      book.note('changed', name, `of its ${variants.length} bodies only the chosen one is kept`)
    const body =
      variants === undefined
        ? given
        : part(variants.find((one) => part(one, 'selected') === true) ?? variants[0], 'body')
    const type = textPart(body, 'type')
    if (isGraphql || type === 'graphql')
      return {
        mode: 'graphql',
        graphql: { query: textPart(body, 'query'), variables: textPart(body, 'variables') },
      }
    const fields = listPart(body, 'data').map((one) => ({
      key: textPart(one, 'name'),
      value: textPart(one, 'value'),
      disabled: part(one, 'disabled') === true,
      ...(textPart(one, 'type') === 'file' && { type: 'file', src: part(one, 'value') }),
    }))
    switch (type) {
      case '':
      case 'none':
        return undefined
      case 'form-urlencoded':
        return { mode: 'urlencoded', urlencoded: fields }
      case 'multipart-form':
        return { mode: 'formdata', formdata: fields }
      case 'file':
        return { mode: 'file', file: { src: textPart(listPart(body, 'data')[0], 'filePath') } }
    }
    return {
      mode: 'raw',
      raw: textPart(body, 'data'),
      options: { raw: { language: type === 'sparql' ? 'text' : type } },
    }
  }

  function authOf(given: unknown, name: string): object | undefined {
    if (given === 'inherit' || given === undefined) return undefined
    const type = textPart(given, 'type')
    if (type === '' || type === 'none' || type === 'inherit')
      return type === 'none' ? { type: 'noauth' } : undefined
    const inner = part(given, type)
    const settings = inner !== null && typeof inner === 'object' ? inner : given
    const made = authItem(type, settings)
    if (made === undefined) book.note('dropped', name, `how it signs in (${type})`)
    return made
  }

  function around(defaults: unknown): object {
    const auth = authOf(part(defaults, 'auth'), 'the collection')
    const event = eventsOf(part(defaults, 'scripts'))
    return { ...(auth && { auth }), ...(event.length > 0 && { event }) }
  }
}

function eventsOf(scripts: unknown): readonly object[] {
  const list = Array.isArray(scripts) ? (scripts as readonly unknown[]) : []
  return list.flatMap((one) => {
    const code = textPart(one, 'code')
    const when = textPart(one, 'type') === 'before-request' ? 'prerequest' : 'test'
    return code.trim() === '' ? [] : scriptEvent(when, `${brunoPrelude}\n${code}`)
  })
}

function headersOf(defaults: unknown): readonly object[] {
  return listPart(defaults, 'headers').filter(
    (one): one is object => one !== null && typeof one === 'object',
  )
}

function variablesOf(list: unknown): readonly object[] {
  return (Array.isArray(list) ? (list as readonly unknown[]) : []).flatMap((one) => {
    const key = textPart(one, 'name').replace(/^@/, '')
    if (key === '' || part(one, 'disabled') === true) return []
    return [
      { key, value: valueOf(part(one, 'value')), ...(part(one, 'secret') === true && secret) },
    ]
  })
}

const secret = { type: 'secret' }

function valueOf(value: unknown): string {
  if (Array.isArray(value)) {
    const list = value as readonly unknown[]
    return valueOf(part(list.find((one) => part(one, 'selected') === true) ?? list[0], 'value'))
  }
  if (value !== null && typeof value === 'object') return textPart(value, 'data')
  return plainText(value)
}

function environmentOf(one: unknown): PivotEnvironment {
  return {
    name: textPart(one, 'name') || 'environment',
    values: variablesOf(part(one, 'variables')),
  }
}

function orderOf(item: unknown): number {
  const order = part(part(item, 'info'), 'seq') ?? part(item, 'seq')
  return typeof order === 'number' ? order : 1e9
}
