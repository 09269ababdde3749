import { element } from '../parts/element.js'
import { failureNote, link, skeleton } from '../parts/notes.js'
import { region } from '../parts/region.js'
import { getOrder } from '../parts/store.js'
import { day, hours, money, textOr } from '../parts/words.js'

/** `/orders/:orderId/thanks`: it is done, and when it comes. */
export function thanksScreen({ params, query, signal }) {
  const pending = query.get('payment') === 'pending'
  const id = params.orderId
  return {
    title: 'Thank you',
    content: [
      element('div', { class: 'thanks-mark', 'aria-hidden': 'true' }, '✓'),
      element('h1', {}, 'Thank you, it is ordered'),
      pending &&
        element(
          'p',
          { class: 'note', role: 'status' },
          'Your bank is still thinking about it. We e-mail you as soon as it has said yes.',
        ),
      region({
        call: 'store.getOrder',
        signal,
        load: (signal) => getOrder(id, signal),
        waiting: () => skeleton('lines', 3),
        show: (order) =>
          element(
            'div',
            { class: 'card' },
            element(
              'p',
              { class: 'when' },
              order.status === 'cancelled'
                ? 'This order was cancelled'
                : [
                    'We come on ',
                    element('strong', {}, day(order.slot?.starts, 'the day you chose')),
                    hours(order.slot) && `, ${hours(order.slot)}`,
                  ],
            ),
            element(
              'p',
              {},
              'Order ',
              element('strong', {}, textOr(order.id, id)),
              `, ${money(order.total, 'the total is in the e-mail')}`,
            ),
            link(`/orders/${encodeURIComponent(id)}`, 'See where it is', 'button main'),
          ),
        failed: (failure, retry) =>
          failure.status === 404
            ? element(
                'div',
                { class: 'note', role: 'alert' },
                element(
                  'p',
                  { class: 'note-title' },
                  'Your order is placed, its page is not ready yet',
                ),
                element('p', {}, `Its number is ${id}.`),
                element('button', { type: 'button', class: 'quiet', onclick: retry }, 'Try again'),
              )
            : failureNote(failure, retry),
      }),
    ],
  }
}
