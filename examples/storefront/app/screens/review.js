import { element } from '../parts/element.js'
import { Failure } from '../parts/failure.js'
import { field, form } from '../parts/form.js'
import { link } from '../parts/notes.js'
import { addReview } from '../parts/reviews.js'
import { listOf, textOr } from '../parts/words.js'

/** `/orders/:orderId/review/:productId`: one field and five stars. */
export function reviewScreen({ params }) {
  const address = `/orders/${encodeURIComponent(params.orderId)}`
  const done = element('div', { role: 'status' })
  const text = field({
    name: 'text',
    label: 'How was it?',
    required: true,
    rows: 4,
    maxlength: 1000,
  })
  const rating = element(
    'select',
    { id: 'rating', name: 'rating' },
    [5, 4, 3, 2, 1].map((number) =>
      element('option', { value: number }, '★'.repeat(number), ` ${number} of 5`),
    ),
  )
  const say = form({
    fields: [text],
    button: 'Send',
    sending: 'One moment',
    send: async () => {
      const { review, problems } = await addReview({
        orderId: params.orderId,
        productId: params.productId,
        rating: Number(rating.value),
        text: text.value,
      })
      const wrong = listOf(problems)
      if (!review?.id || wrong.length > 0)
        throw new Failure('refused', {
          status: 422,
          problem: { title: textOr(wrong[0]?.message, 'That was not accepted'), errors: wrong },
        })
      say.root.hidden = true
      done.append(
        element(
          'div',
          { class: 'card' },
          element('p', { class: 'when' }, element('strong', {}, 'Thank you')),
          element('p', {}, 'Your words help the next one to choose.'),
          link(address, 'Back to the order', 'button quiet'),
        ),
      )
      done.querySelector('a').focus()
    },
    children: [
      element('div', { class: 'field' }, element('label', { for: 'rating' }, 'Stars'), rating),
      text.root,
    ],
  })
  say.root.setAttribute('data-call', 'reviews.addReview')
  return {
    title: 'Say how it was',
    content: [
      element('p', { class: 'crumbs' }, link(address, '← Back to the order')),
      element('h1', {}, 'Say how it was'),
      say.root,
      done,
    ],
  }
}
