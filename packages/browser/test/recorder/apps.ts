import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown, type Plugin } from 'rolldown'
import { compile } from 'svelte/compiler'

/** How a page asks for its basket: each gives the parsed answer. */
const transports = {
  fetch: `const load = () => fetch('/basket').then((answer) => answer.json())`,
  text: `const load = () => fetch('/basket').then((answer) => answer.text()).then((text) => JSON.parse(text))`,
  stream: `const load = async () => {
    const decoder = new TextDecoder()
    let text = ''
    const answer = await fetch('/basket')
    for await (const part of answer.body) text += decoder.decode(part, { stream: true })
    return JSON.parse(text)
  }`,
  xhr: `const load = () => new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('GET', '/basket')
    request.responseType = 'json'
    request.onload = () => resolve(request.response)
    request.send()
  })`,
  axios: `import axios from 'axios'
  const load = () => axios.get('/basket').then((answer) => answer.data)`,
  apollo: `import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client/core'
  const client = new ApolloClient({ link: new HttpLink({ uri: '/graphql' }), cache: new InMemoryCache() })
  const load = () => client.query({ query: gql\`query Basket { basket { items { id name quantity } total { amount } } }\` })
    .then((answer) => globalThis.tracked(answer.data.basket))`,
} as const

type Transport = keyof typeof transports

/**
 * Pages that show a basket's names, quantities and total, and count one more of the first thing on a click: each keeps the
 * answer where its framework keeps data.
 */
const frameworks = {
  react: `import { createElement as h, useState, useEffect } from 'react'
  import { createRoot } from 'react-dom/client'
  import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
  function Basket() {
    const { data } = useQuery({ queryKey: ['basket'], queryFn: load })
    const [more, setMore] = useState(0)
    if (!data) return h('p', null, 'Loading')
    return h('main', { 'data-ready': '' },
      data.items.map((item, index) => h('p', { key: item.id }, item.name + ' ' + (item.quantity + (index === 0 ? more : 0)))),
      h('b', null, data.total.amount), h('button', { onClick: () => setMore(more + 1) }, 'More'))
  }
  createRoot(document.getElementById('app')).render(
    h(QueryClientProvider, { client: new QueryClient() }, h(Basket)))`,
  vue: `import { createApp, h, reactive } from 'vue'
  createApp({
    setup() {
      const state = reactive({ data: undefined })
      load().then((data) => { state.data = data })
      return () => state.data === undefined ? h('p', 'Loading') : h('main', { 'data-ready': '' }, [
        ...state.data.items.map((item) => h('p', { key: item.id }, item.name + ' ' + item.quantity)),
        h('b', state.data.total.amount), h('button', { onClick: () => { state.data.items[0].quantity++ } }, 'More')])
    },
  }).mount('#app')`,
  svelte: `import { mount } from 'svelte'
  import Basket from 'virtual:basket.svelte'
  mount(Basket, { target: document.getElementById('app'), props: { load } })`,
  solid: `import { createStore } from 'solid-js/store'
  import { render } from 'solid-js/web'
  import h from 'solid-js/h'
  const [state, setState] = createStore({ data: undefined })
  load().then((data) => setState('data', data))
  render(() => h('div', {}, () => state.data === undefined ? 'Loading' : h('main', { 'data-ready': '' },
    () => state.data.items.map((item) => h('p', {}, () => item.name + ' ' + item.quantity)),
    h('b', {}, () => state.data.total.amount),
    h('button', { onClick: () => setState('data', 'items', 0, 'quantity', (before) => before + 1) }, 'More'))),
  document.getElementById('app'))`,
  angular: `import '@angular/compiler'
  import { Component, signal } from '@angular/core'
  import { bootstrapApplication } from '@angular/platform-browser'
  class Basket {
    data = signal(undefined)
    more = signal(0)
    constructor() { load().then((data) => this.data.set(data)) }
  }
  Component({ selector: 'shop-basket', standalone: true, template:
    '@if (data(); as basket) {<main data-ready="">@for (item of basket.items; track item.id) {<p>{{ item.name }} {{ item.quantity + ($first ? more() : 0) }}</p>}<b>{{ basket.total.amount }}</b><button (click)="more.set(more() + 1)">More</button></main>}',
  })(Basket)
  document.getElementById('app').append(document.createElement('shop-basket'))
  bootstrapApplication(Basket).catch((error) => { throw error })`,
} as const

type Framework = keyof typeof frameworks

const svelteBasket = `<script>
  let { load } = $props()
  let data = $state()
  load().then((answer) => { data = answer })
</script>
{#if data}<main data-ready="">{#each data.items as item}<p>{item.name} {item.quantity}</p>{/each}<b>{data.total.amount}</b><button onclick={() => data.items[0].quantity++}>More</button></main>{/if}`

const house = fileURLToPath(new URL('../../../..', import.meta.url))

/** One page's script, bundled. */
export async function appScript(framework: Framework, transport: Transport): Promise<string> {
  const folder = join(house, 'node_modules', '.cache', 'recorder-apps')
  mkdirSync(folder, { recursive: true })
  const input = join(folder, `${framework}-${transport}.mjs`)
  writeFileSync(input, `${transports[transport]}\n${frameworks[framework]}\n`)
  return bundled(input)
}

/** A script as pages load it: one file, for browsers. */
export async function bundled(input: string, name = 'app'): Promise<string> {
  const bundle = await rolldown({
    input,
    platform: 'browser',
    logLevel: 'silent',
    transform: { define: { 'process.env.NODE_ENV': '"development"' } },
    plugins: [svelte],
  })
  const { output } = await bundle.generate({ format: 'iife', name })
  await bundle.close()
  return output[0].code
}

const svelte: Plugin = {
  name: 'svelte',
  resolveId: (id) => (id === 'virtual:basket.svelte' ? '\0basket.svelte.js' : undefined),
  load: (id) =>
    id === '\0basket.svelte.js'
      ? compile(svelteBasket, { generate: 'client', dev: false, filename: 'basket.svelte' }).js.code
      : undefined,
}
