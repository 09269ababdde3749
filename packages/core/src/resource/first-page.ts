import type { Operation } from '../operation/operation.ts'
import { isObject, type Site } from '../text/site.ts'
import { knownBody } from './known-body.ts'
import { jsonContent } from './list-shape.ts'

/** The number that a list's first page has: 0 where the parameter that chooses a page says so, or the answer is one of Spring's. */
export function firstPageOf(
  operation: Operation,
  page:
    | { readonly schema?: Site | undefined; readonly description?: string | undefined }
    | undefined,
): 0 | 1 {
  const raw = page?.schema === undefined ? undefined : knownBody(page.schema).field.schema?.value
  const value = isObject(raw) ? raw : {}
  const said = [page?.description, value['description']].join(' ')
  const isZero =
    value['default'] === 0 ||
    value['minimum'] === 0 ||
    ZERO_BASED.test(said) ||
    isNumberedFromZero(operation)
  return isZero ? 0 : 1
}

const ZERO_BASED =
  /\b(zero|0)[- ]?(based|index)|\b(start|begin|count|index|first page)\w*( \w+)? (at|from|with|is) (0|zero)\b/i

/** Spring and HAL call what they are on `number`. */
function isNumberedFromZero(operation: Operation): boolean {
  const schema = jsonContent(operation)?.schema
  if (schema === undefined) return false
  const body = knownBody(schema).field
  const inPage = body.children().find((one) => one.name === 'page')
  return [body, ...(inPage === undefined ? [] : [inPage])].some((one) => {
    const names = new Set(one.children().map((each) => each.name))
    return names.has('number') && names.has('totalElements')
  })
}
