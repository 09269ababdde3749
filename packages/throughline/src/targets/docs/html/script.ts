// What runs in a reader's browser. Written for browsers of the last years, without a library; a page is whole without it.

/** Before the first paint: the theme that somebody chose last time. */
export const themeScript = `(() => {
  try {
    const theme = localStorage.getItem('throughline-docs-theme')
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme
  } catch {}
  document.documentElement.classList.add('scripted')
})()
`

/** Theme, copying, tabs, the list of pages on a phone, and the search, whose index is loaded when somebody looks for something. */
export const siteScript = `(() => {
  const $ = (selector) => document.querySelector(selector)
  const root = document.body.dataset.root
  const html = document.documentElement
  const make = (tag, text) => {
    const element = document.createElement(tag)
    if (text !== undefined) element.textContent = text
    return element
  }

  const theme = $('.theme')
  const isDark = () => html.dataset.theme ? html.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  const shown = () => theme.setAttribute('aria-pressed', String(isDark()))
  theme.hidden = false
  shown()
  theme.onclick = () => {
    html.dataset.theme = isDark() ? 'light' : 'dark'
    shown()
    try { localStorage.setItem('throughline-docs-theme', html.dataset.theme) } catch {}
  }

  const menu = $('.menu')
  menu.hidden = false
  menu.onclick = () => {
    const open = $('.pages').classList.toggle('open')
    menu.setAttribute('aria-expanded', String(open))
  }
  const here = $('.pages [aria-current]')
  if (here) {
    const pages = $('.pages')
    pages.scrollTop = Math.max(0, here.getBoundingClientRect().top - pages.getBoundingClientRect().top - 160)
  }

  for (const button of document.querySelectorAll('.copy')) {
    if (!navigator.clipboard) break
    button.hidden = false
    button.onclick = async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector('pre').textContent)
      button.textContent = 'Copied'
      setTimeout(() => { button.textContent = 'Copy' }, 1500)
    }
  }

  for (const tabs of document.querySelectorAll('.tabs')) {
    const parts = [...tabs.querySelectorAll('.tab')]
    if (parts.length < 2) continue
    const list = make('div')
    list.className = 'tab-list'
    list.setAttribute('role', 'tablist')
    list.setAttribute('aria-label', tabs.dataset.label)
    const buttons = parts.map((part, index) => {
      const button = make('button', part.dataset.tab)
      button.type = 'button'
      button.id = part.id + '-button'
      button.setAttribute('role', 'tab')
      button.setAttribute('aria-controls', part.id)
      part.setAttribute('role', 'tabpanel')
      part.setAttribute('aria-labelledby', button.id)
      part.querySelector('.tab-name').hidden = true
      button.onclick = () => choose(index)
      list.append(button)
      return button
    })
    const choose = (chosen) => parts.forEach((part, index) => {
      part.hidden = index !== chosen
      buttons[index].setAttribute('aria-selected', String(index === chosen))
      buttons[index].tabIndex = index === chosen ? 0 : -1
    })
    list.onkeydown = ({ key }) => {
      const at = buttons.indexOf(document.activeElement)
      const to = key === 'ArrowRight' ? at + 1 : key === 'ArrowLeft' ? at - 1 : -1
      if (at < 0 || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return
      const next = (to + buttons.length) % buttons.length
      choose(next)
      buttons[next].focus()
    }
    tabs.prepend(list)
    choose(0)
  }

  const dialog = make('dialog')
  const input = make('input')
  const found = make('ul')
  const none = make('p')
  dialog.setAttribute('aria-label', 'Search')
  input.type = 'search'
  input.placeholder = 'A journey, a screen, an operation, a field'
  input.setAttribute('aria-label', 'What to look for')
  found.className = 'found'
  none.className = 'found-none'
  none.setAttribute('role', 'status')
  dialog.append(input, found, none)
  document.body.append(dialog)

  let index
  let loading
  const load = () => loading ??= new Promise((resolve) => {
    const script = make('script')
    script.src = root + 'assets/search.js'
    script.onload = () => { index = window.throughlineDocs ?? []; resolve() }
    script.onerror = () => { index = []; resolve() }
    document.head.append(script)
  })
  const score = (words, [, , title, , text]) => {
    const name = title.toLowerCase()
    const all = name + ' ' + text.toLowerCase()
    let total = 0
    for (const word of words) {
      if (!all.includes(word)) return 0
      total += name === word ? 100 : name.startsWith(word) ? 40 : name.includes(word) ? 20 : 1
    }
    return total - name.length / 200
  }
  const search = async () => {
    await load()
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean)
    const hits = words.length === 0 ? [] : index
      .map((entry) => [score(words, entry), entry])
      .filter(([points]) => points > 0)
      .sort(([one], [other]) => other - one)
      .slice(0, 30)
    found.replaceChildren(...hits.map(([, [path, kind, title, method]], at) => {
      const item = make('li')
      const link = make('a')
      link.href = root + path
      if (at === 0) link.className = 'chosen'
      const tag = make('span', method || '')
      tag.className = 'method'
      link.append(tag, make('b', title), make('span', kind))
      item.append(link)
      return item
    }))
    none.textContent = words.length === 0 ? '' : hits.length === 0 ? 'Nothing is called so.' : hits.length + (hits.length === 30 ? ' or more found' : ' found')
  }
  const open = () => { if (!dialog.open) { dialog.showModal(); input.select(); void load() } }
  const button = $('.search-open')
  button.hidden = false
  button.onclick = open
  input.oninput = search
  input.onkeydown = (event) => {
    const links = [...found.querySelectorAll('a')]
    const at = links.findIndex((link) => link.className === 'chosen')
    if (event.key === 'Enter' && links[at]) { event.preventDefault(); dialog.close(); links[at].click() }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const next = Math.max(0, Math.min(links.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))
    links.forEach((link, index) => { link.className = index === next ? 'chosen' : '' })
    links[next]?.scrollIntoView({ block: 'nearest' })
  }
  dialog.onclick = (event) => { if (event.target === dialog) dialog.close() }
  addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
    if ((event.key === '/' && !typing) || (event.key === 'k' && (event.metaKey || event.ctrlKey))) { event.preventDefault(); open() }
  })
})()
`
