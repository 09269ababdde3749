import type { Operation } from '@throughline/core'
import { violationOf } from './body.ts'
import { responseOf, usualResponse } from './response.ts'
import type { ChosenResponse } from './response.ts'

/** The response that has an example of this name; `undefined` where none has. */
export function withExample(operation: Operation, example: string): ChosenResponse | undefined {
  const response = operation
    .responses()
    .find(({ content }) =>
      content.some(({ examples }) => examples.some((one) => one.name === example)),
    )
  if (response === undefined) return undefined
  return /^\d{3}$/.test(response.status)
    ? responseOf(operation, Number(response.status))
    : { status: usualResponse(operation).status, response }
}

/** The response that has an example which keeps to its schema. */
export function withGoodExample(operation: Operation, example: string): ChosenResponse | undefined {
  const chosen = withExample(operation, example)
  const good = chosen?.response?.content.some((media) =>
    media.examples.some(
      (one) => one.name === example && violationOf(operation, media, one) === undefined,
    ),
  )
  return good === true ? chosen : undefined
}
