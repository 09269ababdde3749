import { element } from './element.js'
import { picture } from './pictures.js'
import { listOf, money, textOr } from './words.js'

const labels = { organic: 'Organic', local: 'From here', vegan: 'Vegan', frozen: 'Frozen' }
const stocks = { few: 'Only a few left', none: 'Sold out' }

/** One product on a shelf: all of it is the link. */
export function productTile(product) {
  const id = textOr(product.id, undefined)
  const name = textOr(product.name, 'A product without a name')
  return element(
    'li',
    { class: product.stock === 'none' ? 'tile sold-out' : 'tile' },
    picture(product.picture),
    element(
      'h2',
      { dir: 'auto' },
      id === undefined ? name : element('a', { href: `/products/${encodeURIComponent(id)}` }, name),
    ),
    element('p', { class: 'unit', dir: 'auto' }, textOr(product.unit, '')),
    priceLine(product),
    element('p', { class: 'tags' }, stockTag(product.stock), labelTags(product.labels)),
  )
}

export function priceLine({ price, previousPrice }) {
  const before = money(previousPrice, '')
  return element(
    'p',
    { class: 'price' },
    element('strong', {}, money(price)),
    before && element('s', {}, element('span', { class: 'visually-hidden' }, 'before '), before),
  )
}

export const stockTag = (stock) =>
  Object.hasOwn(stocks, stock) ? element('span', { class: `tag ${stock}` }, stocks[stock]) : null

export const labelTags = (names) =>
  listOf(names)
    .filter((name) => Object.hasOwn(labels, name))
    .map((name) => element('span', { class: 'tag' }, labels[name]))
