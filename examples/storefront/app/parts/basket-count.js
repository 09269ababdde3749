import { numberOr } from './words.js'

/** Remembers how many things are in the basket: no screen asks the store only for the number in its header. */
export function keepBasketCount(items) {
  sessionStorage.setItem(
    'basket-count',
    String(items.reduce((sum, item) => sum + Math.max(0, numberOr(item?.quantity, 0)), 0)),
  )
  showBasketCount()
}

export function showBasketCount() {
  const count = sessionStorage.getItem('basket-count') ?? ''
  const link = document.querySelector('.basket-link')
  link.dataset.basketCount = count
  const shown = Number(count) > 999 ? '999+' : count
  link.dataset.shown = shown
  link.setAttribute(
    'aria-label',
    count === '' ? 'Basket' : `Basket, ${shown} ${count === '1' ? 'thing' : 'things'}`,
  )
}
