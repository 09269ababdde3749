import { element } from '../parts/element.js'
import { emptyNote, failureNote, link, skeleton } from '../parts/notes.js'
import { picture } from '../parts/pictures.js'
import { region } from '../parts/region.js'
import { getOrder } from '../parts/store.js'
import { day, hours, listOf, money, numberOr, textOr } from '../parts/words.js'

const ways = {
  placed: 'Ordered',
  packed: 'Packed',
  'on-its-way': 'On its way',
  delivered: 'Delivered',
}

/** `/orders/:orderId`: where it is, who brings it, what is in it. */
export function orderScreen({ params, signal }) {
  const id = params.orderId
  return {
    title: `Order ${id}`,
    content: [
      element('h1', {}, 'Order ', element('bdi', {}, id)),
      region({
        call: 'store.getOrder',
        signal,
        load: (signal) => getOrder(id, signal),
        waiting: () => skeleton('rows', 3),
        show: (order) => whole(order, id),
        failed: (failure) =>
          failure.status === 404
            ? failureNote(
                failure,
                undefined,
                element('p', {}, link('/orders', 'Look for it', 'button quiet')),
              )
            : undefined,
      }),
    ],
  }
}

function whole(order, id) {
  const address = `/orders/${encodeURIComponent(id)}`
  const items = listOf(order.items)
  const still =
    order.status === 'placed' || order.status === 'packed' || order.status === 'on-its-way'
  return element(
    'div',
    { class: 'order' },
    progress(order.status),
    element(
      'div',
      { class: 'card' },
      element(
        'p',
        { class: 'when' },
        element('strong', {}, day(order.slot?.starts, 'The day you chose')),
        hours(order.slot) && `, ${hours(order.slot)}`,
      ),
      courier(order.courier),
      still && link(`${address}/later`, 'Have it at another time', 'button quiet'),
    ),
    element('h2', {}, 'What is in it'),
    items.length === 0
      ? emptyNote('Nothing was packed', element('p', {}, 'Please call us: this should not happen.'))
      : element(
          'ul',
          { class: 'lines' },
          items.map((item) => lineOf(item, address)),
        ),
    element(
      'p',
      { class: 'to-pay' },
      day(order.placedAt) && `Ordered on ${day(order.placedAt)}, `,
      element('strong', {}, money(order.total, 'the total is in the e-mail')),
    ),
  )
}

function progress(status) {
  if (status === 'cancelled') return element('p', { class: 'note' }, 'This order was cancelled.')
  const names = Object.keys(ways)
  const reached = names.indexOf(status)
  return element(
    'ol',
    { class: 'progress', 'aria-label': 'How far it is' },
    names.map((name, index) =>
      element(
        'li',
        {
          class: index <= reached ? 'reached' : undefined,
          'aria-current': index === reached ? 'step' : undefined,
        },
        ways[name],
      ),
    ),
  )
}

function courier(who) {
  const name = textOr(who?.name, '')
  if (name === '') return element('p', { class: 'hint' }, 'We tell you who comes once it is packed')
  const phone = textOr(who.phone, '').replace(/[^+0-9]/g, '')
  return element(
    'p',
    { class: 'courier' },
    element('bdi', {}, name),
    ' brings it. ',
    phone && element('a', { href: `tel:${phone}` }, 'Call'),
  )
}

function lineOf({ productId, name, quantity, picture: drawing }, address) {
  const called = textOr(name, 'A product without a name')
  return element(
    'li',
    { class: 'line short' },
    picture(drawing),
    element(
      'div',
      { class: 'what' },
      element('h3', { dir: 'auto' }, called),
      element('p', { class: 'unit' }, `${numberOr(quantity, 1).toLocaleString('en-GB')} ×`),
    ),
    textOr(productId, '') &&
      element(
        'a',
        {
          class: 'remove',
          href: `${address}/review/${encodeURIComponent(productId)}`,
          'aria-label': `Say how it was: ${called}`,
        },
        'Say how it was',
      ),
  )
}
