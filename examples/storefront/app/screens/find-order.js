import { draft } from '../parts/draft.js'
import { element } from '../parts/element.js'
import { field, form } from '../parts/form.js'
import { go } from '../parts/router.js'
import { findOrder } from '../parts/store.js'

/** `/orders`: an order is found by its number and an e-mail address; both travel in the body, never in an address. */
export function findOrderScreen({ signal }) {
  const number = field({
    name: 'number',
    label: 'Order number',
    hint: 'It looks like CM-2041 and stands in our e-mail',
    required: true,
    maxlength: 20,
    autocapitalize: 'characters',
    autocomplete: 'off',
  })
  const email = field({
    name: 'email',
    label: 'E-mail',
    hint: 'The one you ordered with',
    type: 'email',
    autocomplete: 'email',
    value: draft.email,
    required: true,
    maxlength: 254,
  })
  const find = form({
    fields: [number, email],
    button: 'Find the order',
    sending: 'One moment',
    send: async () => {
      const { orderId } = await findOrder(number.value.toUpperCase(), email.value)
      if (!signal.aborted) go(`/orders/${encodeURIComponent(orderId)}`)
    },
    children: [number.root, email.root],
  })
  find.root.setAttribute('data-call', 'store.findOrder')
  return { title: 'Find an order', content: [element('h1', {}, 'Where is my order?'), find.root] }
}
