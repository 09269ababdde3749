import type { Operation, ResponseDeclaration } from '../operation/operation.ts'
import type { Origin } from '../text/origin.ts'
import { originOf, type Site } from '../text/site.ts'

/** Where an operation says what it answers: the status, or the operation where it refers to a response that others share. */
export function originOfResponse(
  operation: Operation,
  response: ResponseDeclaration | undefined,
): Origin {
  const own = response !== undefined && isInside(response.site, operation.site.value)
  return originOf(own ? response.site : operation.site, 'key')
}

function isInside(site: Site, value: unknown): boolean {
  for (let here: Site | undefined = site; here !== undefined; here = here.parent) {
    if (here.value === value) return true
  }
  return false
}
