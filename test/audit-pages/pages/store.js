// A store (zustand) that swallows errors: every failure looks as if the shop had nothing to sell.
import { createElement as make } from 'react'
import { createRoot } from 'react-dom/client'
import { create } from 'zustand'

const useShelves = create((set) => ({
  products: [],
  busy: true,
  async load() {
    try {
      const answer = await fetch('/api/products', { signal: AbortSignal.timeout(3500) })
      const { items } = answer.ok ? await answer.json() : { items: [] }
      set({ products: items ?? [], busy: false })
    } catch {
      set({ products: [], busy: false })
    }
  },
}))

function Shelves() {
  const { products, busy } = useShelves()
  return make(
    'main',
    {},
    make('h1', {}, 'Our shelves'),
    make('p', {}, 'Open from seven to seven, on market days from six'),
    busy
      ? make('p', { 'aria-busy': true }, 'One moment')
      : products.length === 0
        ? make('p', {}, 'No products found')
        : products.map(({ name }, index) => make('p', { key: index }, name ?? 'Surprise')),
  )
}

createRoot(document.getElementById('root')).render(make(Shelves))
useShelves.getState().load()
