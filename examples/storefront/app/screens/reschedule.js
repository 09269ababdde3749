import { element } from '../parts/element.js'
import { form } from '../parts/form.js'
import { failureNote, link } from '../parts/notes.js'
import { slotChoice } from '../parts/slots.js'
import { changeOrderDelivery } from '../parts/store.js'
import { day, hours } from '../parts/words.js'

/** `/orders/:orderId/later`: another slot for an order that is on its way to be. */
export function rescheduleScreen({ params, signal }) {
  const address = `/orders/${encodeURIComponent(params.orderId)}`
  let chosen = ''
  const done = element('div', { role: 'status' })
  const message = element('p', { class: 'field-message' })
  const slot = {
    name: 'slotId',
    input: {
      required: true,
      focus: () => document.querySelector('[name=slot]:not(:disabled)')?.focus(),
    },
    get value() {
      return chosen
    },
    say: (words) => message.replaceChildren(words === '' ? '' : 'Please choose a slot'),
  }
  const change = form({
    fields: [slot],
    button: 'Come then',
    sending: 'One moment',
    send: async () => {
      const order = await changeOrderDelivery(params.orderId, chosen)
      change.root.hidden = true
      done.replaceChildren(
        element(
          'div',
          { class: 'card' },
          element(
            'p',
            { class: 'when' },
            'Now we come on ',
            element('strong', {}, day(order.slot?.starts, 'the day you chose')),
            hours(order.slot) && `, ${hours(order.slot)}`,
          ),
          link(address, 'Back to the order', 'button main'),
        ),
      )
      done.querySelector('a').focus()
    },
    failed: (failure, retry) =>
      failure.status === 404
        ? failureNote(
            failure,
            undefined,
            element('p', {}, link('/orders', 'Look for it', 'button quiet')),
          )
        : failureNote(
            failure,
            retry,
            failure.status === 409 && element('p', {}, 'The slot you had stays yours.'),
          ),
    children: [
      slotChoice({
        signal,
        fees: false,
        chosen: () => chosen,
        onChoose: (id) => {
          chosen = id
          slot.say('')
        },
        nothing: 'The one you have stays yours. New ones open every morning at six.',
      }),
      message,
    ],
  })
  return {
    title: 'Another time',
    content: [
      element('p', { class: 'crumbs' }, link(address, '← Back to the order')),
      element('h1', {}, 'When would be better?'),
      change.root,
      done,
    ],
  }
}
