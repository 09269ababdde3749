import { element } from '../parts/element.js'
import { form } from '../parts/form.js'
import { emptyNote, failureNote, link, skeleton } from '../parts/notes.js'
import { picture } from '../parts/pictures.js'
import { labelTags, priceLine, stockTag } from '../parts/product-tile.js'
import { region } from '../parts/region.js'
import { productReviews } from '../parts/reviews.js'
import { addToBasket, getProduct } from '../parts/store.js'
import { count, day, listOf, numberOr, textOr } from '../parts/words.js'

/** `/products/:productId`: one product, and what customers say about it. Both are asked for at once. */
export function productScreen({ params, signal }) {
  return {
    title: 'Product',
    content: [
      element('p', { class: 'crumbs' }, link('/', '← All products')),
      region({
        call: 'store.getProduct',
        signal,
        load: (signal) => getProduct(params.productId, signal),
        waiting: () => [heading(), skeleton('detail', 5)],
        show: (product) => detail(product, params.productId),
        failed: (failure, retry) =>
          element(
            'div',
            {},
            heading(),
            failure.status === 404
              ? failureNote(
                  failure,
                  undefined,
                  element('p', {}, link('/', 'Back to the shelves', 'button quiet')),
                )
              : failureNote(failure, retry),
          ),
      }),
      element(
        'section',
        { class: 'reviews', 'aria-labelledby': 'reviews' },
        region({
          call: 'reviews.productReviews',
          signal,
          load: (signal) => productReviews(params.productId, 5, signal),
          waiting: () => [reviewsTitle(), skeleton('lines', 3)],
          empty: ({ nodes }) =>
            listOf(nodes).length === 0
              ? element('div', {}, reviewsTitle(), emptyNote('Nobody has written about this yet'))
              : undefined,
          show: reviews,
          failed: (failure, retry) =>
            element(
              'div',
              {},
              reviewsTitle(),
              element(
                'div',
                { class: 'note', role: 'status' },
                element('p', { class: 'note-title' }, "Reviews can't be shown just now"),
                element('button', { type: 'button', class: 'quiet', onclick: retry }, 'Try again'),
              ),
            ),
        }),
      ),
    ],
  }
}

const heading = () => element('h1', { class: 'visually-hidden' }, 'Product')

function detail(product, id) {
  const name = textOr(product.name, 'A product without a name')
  document.title = `${name} · Corner Market`
  const producer = [textOr(product.producer?.name, ''), textOr(product.producer?.town, '')]
    .filter(Boolean)
    .join(', ')
  return element(
    'article',
    { class: 'detail' },
    picture(product.picture),
    element(
      'div',
      { class: 'facts' },
      element('h1', { dir: 'auto' }, name),
      element('p', { class: 'unit', dir: 'auto' }, textOr(product.unit, '')),
      priceLine(product),
      element('p', { class: 'tags' }, stockTag(product.stock), labelTags(product.labels)),
      buying(id, product.stock === 'none'),
      element('p', { class: 'description', dir: 'auto' }, textOr(product.description, '')),
      producer && element('p', { class: 'producer' }, 'From ', element('bdi', {}, producer)),
      nutrition(product.nutrition),
    ),
  )
}

function buying(id, soldOut) {
  if (soldOut)
    return element(
      'p',
      { class: 'buying' },
      element('button', { type: 'button', class: 'main', disabled: true }, 'Sold out'),
    )
  const done = element('p', { class: 'added', role: 'status' })
  const quantity = element(
    'select',
    { id: 'quantity', name: 'quantity' },
    [1, 2, 3, 4, 5, 6, 8, 10, 12].map((number) => element('option', { value: number }, number)),
  )
  const buy = form({
    fields: [],
    button: 'Into the basket',
    sending: 'One moment',
    send: async () => {
      const { items } = await addToBasket(id, Number(quantity.value))
      const pieces = listOf(items).reduce(
        (sum, item) => sum + Math.max(0, numberOr(item.quantity, 0)),
        0,
      )
      done.replaceChildren(
        `It is in your basket: ${count(pieces, 'thing', 'things')} now. `,
        link('/basket', 'Go to the basket'),
      )
    },
    failed: (failure, retry) => {
      done.replaceChildren()
      if (failure.status === 409) {
        buy.submit.setAttribute('disabled', '')
        const note = failureNote(
          failure,
          undefined,
          element('p', {}, link('/', 'Find something else')),
        )
        // The button that had the focus is switched off: the keyboard goes on from what can be done instead.
        queueMicrotask(() => note.querySelector('a').focus())
        return note
      }
      return failureNote(failure, retry)
    },
    children: [element('label', { for: 'quantity' }, 'How many'), quantity],
  })
  buy.root.className = 'buying'
  return element('div', {}, buy.root, done)
}

function nutrition(facts) {
  const rows =
    typeof facts === 'object' && facts !== null
      ? Object.entries(facts).filter(([, fact]) => numberOr(fact?.amount, undefined) !== undefined)
      : []
  if (rows.length === 0) return null
  return element(
    'table',
    { class: 'nutrition' },
    element('caption', {}, 'In 100 g'),
    element(
      'tbody',
      {},
      rows
        .slice(0, 12)
        .map(([name, { amount, unit }]) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row', dir: 'auto' }, name),
            element('td', {}, `${amount.toLocaleString('en-GB')} ${textOr(unit, '')}`),
          ),
        ),
    ),
  )
}

const reviewsTitle = () => element('h2', { id: 'reviews' }, 'What customers say')

function reviews({ total, average, nodes }) {
  const shown = listOf(nodes)
  const mean =
    numberOr(average, undefined) === undefined ? undefined : Math.min(5, Math.max(1, average))
  const howMany = count(Math.max(numberOr(total, shown.length), shown.length), 'review', 'reviews')
  return element(
    'div',
    {},
    reviewsTitle(),
    element(
      'p',
      { class: 'average' },
      mean === undefined
        ? `Too few ratings for an average · ${howMany}`
        : [stars(mean), ` ${mean.toFixed(1)} of 5 · ${howMany}`],
    ),
    element('ul', { class: 'opinions' }, shown.map(opinion)),
  )
}

function opinion({ rating, text, author, postedOn }) {
  const who = [textOr(author?.displayName, 'A customer'), textOr(author?.town, '')]
    .filter(Boolean)
    .join(', ')
  return element(
    'li',
    {},
    element(
      'p',
      {},
      stars(numberOr(rating, 0)),
      element('span', { class: 'visually-hidden' }, `${numberOr(rating, 0)} of 5 stars`),
    ),
    element('p', { dir: 'auto' }, textOr(text, '')),
    element('p', { class: 'by' }, element('bdi', {}, who), day(postedOn) && ` · ${day(postedOn)}`),
  )
}

function stars(rating) {
  const full = Math.min(5, Math.max(0, Math.round(rating)))
  return element(
    'span',
    { class: 'stars', 'aria-hidden': 'true' },
    '★'.repeat(full),
    element('span', {}, '★'.repeat(5 - full)),
  )
}
