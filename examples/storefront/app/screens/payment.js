import { draft } from '../parts/draft.js'
import { element } from '../parts/element.js'
import { field, form } from '../parts/form.js'
import { icon } from '../parts/pictures.js'
import { emptyNote, failureNote, link, skeleton } from '../parts/notes.js'
import { region } from '../parts/region.js'
import { go } from '../parts/router.js'
import { createPayment, getBasket, listPaymentMethods } from '../parts/store.js'
import { count, listOf, money, numberOr, textOr } from '../parts/words.js'

/** `/payment`: what it costs, how to pay. A payment whose answer never came is not tried again by itself. */
export function paymentScreen({ signal }) {
  let total
  const email = field({
    name: 'email',
    label: 'E-mail',
    hint: 'For the receipt',
    type: 'email',
    autocomplete: 'email',
    value: draft.email,
    required: true,
    maxlength: 254,
  })
  email.input.addEventListener('input', () => (draft.email = email.value))
  const methodMessage = element('p', { class: 'field-message' })
  const method = {
    name: 'method',
    input: {
      required: true,
      focus: () => document.querySelector('[name=method]:not(:disabled)')?.focus(),
    },
    get value() {
      return draft.method
    },
    say: (words) =>
      methodMessage.replaceChildren(
        words === 'Please fill this in' ? 'Please choose how to pay' : words,
      ),
  }
  const expired = new Set()

  const pay = form({
    fields: [method, email],
    button: 'Pay and order',
    sending: 'Asking your bank',
    send: async () => {
      const { orderId, status } = await createPayment({
        method: draft.method,
        total,
        email: email.value,
      })
      if (!signal.aborted)
        go(
          `/orders/${encodeURIComponent(orderId)}/thanks${status === 'paid' ? '' : '?payment=pending'}`,
        )
    },
    failed: (failure, retry) => {
      if (failure.kind === 'timeout' || failure.kind === 'offline') return unknown()
      if (failure.problem.type === '/problems/card-expired') {
        expired.add(draft.method)
        draft.method = ''
        for (const input of pay.root.querySelectorAll('[name=method]')) {
          if (expired.has(input.value)) Object.assign(input, { disabled: true, checked: false })
        }
      }
      if (failure.status === 409)
        return failureNote(
          failure,
          undefined,
          element('p', {}, link('/basket', 'Look at the basket', 'button quiet')),
        )
      return failureNote(failure, retry)
    },
    children: [
      region({
        call: 'store.getBasket',
        signal,
        load: getBasket,
        waiting: () => skeleton('lines', 1),
        empty: ({ items }) =>
          listOf(items).length === 0
            ? emptyNote(
                'Your basket is empty',
                element('p', {}, link('/', 'Look around the shelves')),
              )
            : undefined,
        show: (basket) => {
          total = basket.total
          const pieces = listOf(basket.items).reduce(
            (sum, item) => sum + Math.max(0, numberOr(item.quantity, 0)),
            0,
          )
          return element(
            'p',
            { class: 'to-pay' },
            `${count(pieces, 'thing', 'things')}, delivered `,
            element('strong', {}, money(total, 'The total follows')),
          )
        },
      }),
      element('h2', {}, 'How would you like to pay?'),
      region({
        call: 'store.listPaymentMethods',
        signal,
        load: listPaymentMethods,
        waiting: () => skeleton('slots', 3),
        empty: ({ items }) =>
          listOf(items).length === 0
            ? emptyNote(
                'No way to pay is open just now',
                element('p', {}, 'Your basket is kept. Come back in an hour.'),
              )
            : undefined,
        show: ({ items }) =>
          element(
            'fieldset',
            { class: 'day' },
            element('legend', { class: 'visually-hidden' }, 'Way to pay'),
            listOf(items).map(choice),
          ),
      }),
      methodMessage,
      email.root,
    ],
  })

  function choice({ id, kind, label, hint }) {
    return element(
      'label',
      { class: 'choice' },
      element('input', {
        type: 'radio',
        name: 'method',
        value: textOr(id, ''),
        checked: id === draft.method,
        disabled: expired.has(id),
        onchange: () => {
          draft.method = id
          method.say('')
        },
      }),
      icon(kind),
      element(
        'span',
        {},
        element('strong', { dir: 'auto' }, textOr(label, textOr(kind, 'Another way'))),
        element('small', { dir: 'auto' }, textOr(hint, '')),
      ),
    )
  }
  return { title: 'Payment', content: [element('h1', {}, 'Pay'), pay.root] }
}

const unknown = () =>
  element(
    'div',
    { class: 'note bad', role: 'alert' },
    element('p', { class: 'note-title' }, "We don't know yet whether you have paid"),
    element(
      'p',
      {},
      "Your bank has not answered. Please don't pay twice: when the payment went through, an e-mail is on its way.",
    ),
    element('p', {}, link('/orders', 'Find the order', 'button quiet')),
  )
