import { ask, isObject, shaped } from './ask.js'
import { Failure } from './failure.js'

/** The newest reviews of a product. Parts that could not be had are null. */
export const productReviews = async (productId, first, signal) =>
  (await send('ProductReviews', { productId, first }, signal)).productReviews

export const addReview = async (input) => (await send('AddReview', { input })).addReview

// The documents are a file, so that what is sent and what is checked against the contract is the same text.
let documents
async function send(operationName, variables, signal) {
  documents ??= fetch('/reviews.graphql').then((response) => response.text())
  const answer = await ask('/reviews/graphql', {
    method: 'POST',
    json: { query: await documents, operationName, variables },
    signal,
  })
  const { body } = shaped(answer, ({ data, errors }) => isObject(data) || Array.isArray(errors))
  if (!isObject(body.data) || !Object.values(body.data).every(isObject)) {
    throw new Failure('refused', { status: 500, problem: {} })
  }
  return body.data
}
