import { element } from '../parts/element.js'
import { Failure } from '../parts/failure.js'
import { emptyNote, failureNote, link, skeleton } from '../parts/notes.js'
import { picture } from '../parts/pictures.js'
import { region } from '../parts/region.js'
import { changeBasketItem, getBasket, removeBasketItem } from '../parts/store.js'
import { day, listOf, money, numberOr, textOr } from '../parts/words.js'

/** `/basket`: what is in it, what it costs, when it could come. */
export function basketScreen({ signal }) {
  return {
    title: 'Basket',
    content: [
      element('h1', {}, 'Your basket'),
      region({
        call: 'store.getBasket',
        signal,
        load: getBasket,
        waiting: () => skeleton('rows', 3),
        empty: (basket) => (listOf(basket.items).length === 0 ? nothing() : undefined),
        show: (basket) => contents(basket),
      }),
    ],
  }
}

const nothing = () =>
  emptyNote(
    'Your basket is empty',
    element('p', {}, link('/', 'Look around the shelves', 'button quiet')),
  )

function contents(basket) {
  const root = element('div', { class: 'basket' })
  const notes = element('div', { class: 'notes' })

  // Every change gives the whole basket back: what is shown is what the store says, never our own sum.
  const change = async (line, send) => {
    if (line.getAttribute('aria-busy') === 'true') return
    line.setAttribute('aria-busy', 'true')
    notes.replaceChildren()
    try {
      const changed = await send()
      const position = [...line.parentElement.children].indexOf(line)
      const pressed = document.activeElement?.getAttribute('data-does')
      draw(changed)
      const lines = root.querySelectorAll('.line')
      const next = lines[Math.min(position, lines.length - 1)]
      ;(next?.querySelector(`[data-does=${pressed}]`) ?? root.querySelector('a, button'))?.focus()
    } catch (error) {
      const failure = error instanceof Failure ? error : new Failure('invalid', { cause: error })
      line.removeAttribute('aria-busy')
      if (failure.status === 404) {
        // The keyboard goes on from the line beside the one that goes away.
        const beside = line.nextElementSibling ?? line.previousElementSibling
        line.remove()
        beside?.querySelector('button, a')?.focus()
      }
      notes.replaceChildren(failureNote(failure, () => change(line, send)))
    }
  }

  const draw = (now) => {
    const items = listOf(now.items)
    if (items.length === 0) {
      root.replaceChildren(nothing())
      return
    }
    root.replaceChildren(
      element(
        'ul',
        { class: 'lines' },
        items.map((item) => lineOf(item, change)),
      ),
      element(
        'div',
        { class: 'sums' },
        sums(now),
        notes,
        link('/delivery', 'Choose when and where', 'button main'),
      ),
    )
  }
  draw(basket)
  return root
}

function lineOf(item, change) {
  const name = textOr(item.name, 'A product without a name')
  const quantity = Math.max(1, numberOr(item.quantity, 1))
  const most = Math.max(quantity, numberOr(item.maxQuantity, 99))
  const step = (does, label, sign, to) =>
    element(
      'button',
      {
        type: 'button',
        class: 'step',
        'data-does': does,
        'aria-label': `${label}: ${name}`,
        disabled: to < 1 || to > most,
        onclick: () => void change(line, () => changeBasketItem(item.id, to)),
      },
      sign,
    )
  const line = element(
    'li',
    { class: 'line', 'data-item': textOr(item.id, undefined) },
    picture(item.picture),
    element(
      'div',
      { class: 'what' },
      element(
        'h2',
        { dir: 'auto' },
        textOr(item.productId, '') === ''
          ? name
          : link(`/products/${encodeURIComponent(item.productId)}`, name),
      ),
      element(
        'p',
        { class: 'unit' },
        element('bdi', {}, textOr(item.unit, '')),
        ` · ${money(item.price)} each`,
      ),
      textOr(item.notice, '') && element('p', { class: 'notice', dir: 'auto' }, item.notice),
    ),
    element(
      'div',
      { class: 'quantity', role: 'group', 'aria-label': `How many: ${name}` },
      step('less', 'One less', '−', quantity - 1),
      element('span', { class: 'number' }, quantity),
      step('more', 'One more', '+', quantity + 1),
    ),
    element('p', { class: 'line-total' }, money(item.lineTotal)),
    element(
      'button',
      {
        type: 'button',
        class: 'remove',
        'data-does': 'remove',
        'aria-label': `Remove ${name}`,
        onclick: () => void change(line, () => removeBasketItem(item.id)),
      },
      'Remove',
    ),
  )
  return line
}

function sums({ delivery, total }) {
  const free = numberOr(delivery?.freeFrom?.amount, undefined)
  const missing = free === undefined ? 0 : free - numberOr(total?.amount, free)
  const arrival = day(delivery?.arrival)
  return [
    element(
      'dl',
      {},
      element(
        'div',
        {},
        element('dt', {}, 'Delivery'),
        element(
          'dd',
          {},
          delivery?.fee?.amount === 0 ? 'Free' : money(delivery?.fee, 'Shown at the next step'),
        ),
      ),
      element(
        'div',
        {},
        element('dt', {}, 'Arrives'),
        element('dd', { 'data-need': 'delivery.arrival' }, arrival || 'We e-mail you the date'),
      ),
      element(
        'div',
        { class: 'total' },
        element('dt', {}, 'Total'),
        element('dd', {}, money(total, 'Shown before you pay')),
      ),
    ),
    missing > 0 &&
      element(
        'p',
        { class: 'hint' },
        `${money({ ...delivery.freeFrom, amount: missing })} more and we come for free.`,
      ),
  ]
}
