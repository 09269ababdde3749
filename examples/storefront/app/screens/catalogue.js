import { ask } from '../parts/ask.js'
import { element } from '../parts/element.js'
import { Failure } from '../parts/failure.js'
import { emptyNote, failureNote, link, skeleton } from '../parts/notes.js'
import { productTile } from '../parts/product-tile.js'
import { region } from '../parts/region.js'
import { go } from '../parts/router.js'
import { listProducts } from '../parts/store.js'
import { count, listOf, numberOr } from '../parts/words.js'

const categories = {
  vegetables: 'Vegetables',
  fruit: 'Fruit',
  bakery: 'Bakery',
  dairy: 'Dairy',
  pantry: 'Pantry',
  flowers: 'Flowers',
}

/** `/`: all products, or those that a search or a category leaves. */
export function catalogueScreen({ query, signal }) {
  const search = query.get('search') ?? ''
  const category = Object.hasOwn(categories, query.get('category') ?? '')
    ? query.get('category')
    : ''
  const input = element('input', {
    type: 'search',
    name: 'search',
    id: 'search',
    value: search,
    maxlength: 80,
    placeholder: 'Bread, lemons, tulips …',
    autocomplete: 'off',
  })
  const find = (event) => {
    event.preventDefault()
    go(addressOf({ search: input.value.trim(), category }))
  }
  return {
    title: 'Corner Market',
    content: [
      element(
        'div',
        { class: 'welcome' },
        element('h1', {}, 'Good things from around the corner'),
        element('p', {}, 'Order tonight, eat it fresh: at your door by bicycle.'),
      ),
      element(
        'form',
        { role: 'search', class: 'search', onsubmit: find },
        element('label', { for: 'search', class: 'visually-hidden' }, 'Search the shelves'),
        input,
        element('button', { type: 'submit', class: 'main' }, 'Search'),
      ),
      element(
        'nav',
        { class: 'chips', 'aria-label': 'Shelves' },
        chip('Everything', { search, category: '' }, category === ''),
        Object.entries(categories).map(([id, name]) =>
          chip(name, { search, category: id }, category === id),
        ),
      ),
      region({
        call: 'store.listProducts',
        name: 'Products',
        tag: 'section',
        signal,
        load: (signal) => listProducts({ search, category }, signal),
        waiting: () => skeleton('tiles', 8),
        empty: ({ body }) =>
          listOf(body.items).length === 0
            ? emptyNote(
                'Nothing like that on our shelves',
                element('p', {}, link('/', 'Show all products')),
              )
            : undefined,
        show: (answer) => shelves(answer, signal),
      }),
    ],
  }
}

function shelves({ body, headers }, signal) {
  const items = listOf(body.items)
  const tiles = element('ul', { class: 'tiles' }, items.map(productTile))
  const total = Math.max(numberOr(body.total, items.length), items.length)
  return element(
    'div',
    {},
    element('p', { class: 'found' }, count(total, 'product', 'products')),
    tiles,
    more(tiles, nextPage(headers), signal),
  )
}

// The rest comes when asked for, so that a huge list costs nothing until somebody wants it.
function more(tiles, address, signal) {
  if (address === undefined) return null
  const place = element('div', { class: 'more' })
  const load = async () => {
    place.replaceChildren(skeleton('tiles', 4))
    try {
      const { body, headers } = await ask(address, { signal })
      const items = listOf(body?.items)
      const added = items.map(productTile)
      tiles.append(...added)
      place.replaceChildren(
        ...(items.length > 0 ? [more(tiles, nextPage(headers), signal)] : []).filter(Boolean),
      )
      added[0]?.querySelector('a')?.focus()
    } catch (error) {
      if (!signal.aborted)
        place.replaceChildren(
          failureNote(error instanceof Failure ? error : new Failure('invalid'), load),
        )
    }
  }
  place.append(
    element('button', { type: 'button', class: 'quiet', onclick: () => void load() }, 'More'),
  )
  return place
}

// RFC 8288, section 3. Only an address on the same API is followed.
function nextPage(headers) {
  const next = /<([^<>]+)>\s*;[^,<]*\brel="?next\b/i.exec(headers.get('link') ?? '')?.[1]
  if (next === undefined || !URL.canParse(next, 'http://store.invalid')) return undefined
  const { pathname, search } = new URL(next, 'http://store.invalid')
  return `/store${pathname.replace(/^(\/api)?(\/store)?/, '')}${search}`
}

const chip = (name, filter, current) =>
  element('a', { href: addressOf(filter), 'aria-current': current ? 'true' : undefined }, name)

function addressOf(filter) {
  const query = new URLSearchParams(
    Object.entries(filter).filter(([, value]) => value !== ''),
  ).toString()
  return query === '' ? '/' : `/?${query}`
}
