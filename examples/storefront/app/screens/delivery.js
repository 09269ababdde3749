import { draft } from '../parts/draft.js'
import { element } from '../parts/element.js'
import { field, form } from '../parts/form.js'
import { go } from '../parts/router.js'
import { slotChoice } from '../parts/slots.js'
import { chooseDeliverySlot } from '../parts/store.js'

/** `/delivery`: a slot and an address. What was typed stays, whatever goes wrong. */
export function deliveryScreen({ signal }) {
  const text = (name, label, more = {}) => {
    const made = field({
      name: `address.${name}`,
      label,
      value: draft.address[name],
      required: true,
      ...more,
    })
    made.input.addEventListener('input', () => (draft.address[name] = made.value))
    return made
  }
  const fields = [
    text('recipient', 'Name on the door', { autocomplete: 'name', maxlength: 80 }),
    text('street', 'Street and number', { autocomplete: 'street-address', maxlength: 120 }),
    text('postcode', 'Postcode', { autocomplete: 'postal-code', maxlength: 10 }),
    text('town', 'Town', { autocomplete: 'address-level2', maxlength: 80 }),
    text('note', 'A word for the courier', {
      hint: 'If you like',
      required: false,
      maxlength: 200,
    }),
  ]
  const slotMessage = element('p', { class: 'field-message', id: 'slot-message' })
  const slot = {
    name: 'slotId',
    input: {
      required: true,
      focus: () => document.querySelector('[name=slot]:not(:disabled)')?.focus(),
    },
    get value() {
      return draft.slotId
    },
    say: (words) =>
      slotMessage.replaceChildren(words === 'Please fill this in' ? 'Please choose a slot' : words),
  }
  const choose = form({
    fields: [slot, ...fields],
    button: 'Continue to payment',
    sending: 'One moment',
    send: async () => {
      await chooseDeliverySlot(
        draft.slotId,
        Object.fromEntries(Object.entries(draft.address).filter(([, value]) => value !== '')),
      )
      if (!signal.aborted) go('/payment')
    },
    children: [
      element('h2', {}, 'When'),
      slotChoice({
        signal,
        chosen: () => draft.slotId,
        onChoose: (id) => {
          draft.slotId = id
          slot.say('')
        },
        nothing: 'New ones open every morning at six.',
      }),
      slotMessage,
      element('h2', {}, 'Where'),
      element(
        'div',
        { class: 'fields' },
        fields.map((one) => one.root),
      ),
    ],
  })
  return { title: 'Delivery', content: [element('h1', {}, 'When and where?'), choose.root] }
}
