import type {
  Block,
  BudgetBar,
  Card,
  FieldRow,
  Inline,
  Picture,
  StateCard,
  Text,
} from '@throughline/core'
import { colouredCode } from './coloured-code.ts'
import { escaped } from '../../../escaped.ts'
import { wireframeSvg } from './wireframe.ts'

/** Where things are, seen from the page that is drawn. */
export interface Place {
  /** The address of a page, and of a place on it. */
  readonly page: (path: string, anchor?: string) => string
  /** The address of a picture; `undefined` where it is not among the files. */
  readonly picture: (path: string) => string | undefined
  /** Before every id: one file holds many pages. */
  readonly prefix: string
  /** An id that no other thing of the page has yet; `undefined` where one has. */
  readonly once: (id: string) => string | undefined
  /** Counts what needs an id of its own. */
  readonly next: () => number
}

/** The blocks of a page as HTML. Every text is escaped; no style, no script. */
export function blocksHtml(blocks: readonly Block[], place: Place): string {
  return blocks.map((one) => blockHtml(one, place)).join('\n')
}

function blockHtml(block: Block, place: Place): string {
  switch (block.kind) {
    case 'heading': {
      const id = place.prefix + block.id
      return `<h${block.level} id="${escaped(id)}">${textHtml(block.text, place)}<a class="anchor" href="#${escaped(id)}" aria-label="Link to this part">#</a></h${block.level}>`
    }
    case 'lead':
      return `<p class="lead">${textHtml(block.text, place)}</p>`
    case 'text':
      return `<p>${textHtml(block.text, place)}</p>`
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul'
      return `<${tag}>${block.items.map((one) => `<li>${textHtml(one, place)}</li>`).join('')}</${tag}>`
    }
    case 'note':
      return `<p class="note ${block.tone}">${textHtml(block.text, place)}</p>`
    case 'quote':
      return `<blockquote>${textHtml(block.text, place)}</blockquote>`
    case 'table':
      return tableHtml(block, place)
    case 'code':
      return codeHtml(block.text, block.language, block.label)
    case 'facts':
      return `<dl class="facts">${block.items
        .map(
          ({ term, text }) =>
            `<div><dt>${escaped(term)}</dt><dd>${textHtml(text, place)}</dd></div>`,
        )
        .join('')}</dl>`
    case 'tabs':
      return tabsHtml(block, place)
    case 'cards':
      return `<ul class="cards${block.items.every((one) => one.method !== undefined) ? ' operations' : ''}">${block.items.map((one) => cardHtml(one, place)).join('')}</ul>`
    case 'line':
      return lineHtml(block, place)
    case 'fields':
      return fieldsHtml(block, place)
    case 'screen':
      return `<figure class="screen">${pictureHtml(block.picture, place)}</figure>`
    case 'states':
      return `<ul class="states">${block.items.map((one) => stateHtml(one, place)).join('')}</ul>`
    case 'budget':
      return budgetHtml(block.label, block.bars)
  }
}

/** Hands each id out once. */
export function idsOnce(): Place['once'] {
  const taken = new Set<string>()
  return (id) => {
    if (taken.has(id)) return undefined
    taken.add(id)
    return id
  }
}

function textHtml(text: Text, place: Place): string {
  return text.map((one) => inlineHtml(one, place)).join('')
}

function inlineHtml(one: Inline, place: Place): string {
  if (typeof one === 'string') return escaped(one)
  const words = escaped(one.text)
  switch (one.kind) {
    case 'code':
      return `<code>${words}</code>`
    case 'strong':
      return `<b>${words}</b>`
    case 'em':
      return `<em>${words}</em>`
    case 'page':
      return `<a href="${escaped(place.page(one.to, one.anchor))}">${words}</a>`
    case 'web':
      return `<a href="${escaped(one.href)}" rel="noreferrer">${words}</a>`
    case 'badge':
      return `<span class="badge ${one.tone}">${words}</span>`
    case 'method':
      return methodHtml(one.text)
    case 'station':
      return `<a class="station line-${one.line}" href="${escaped(place.page(one.to, one.anchor))}">${words}</a>`
    case 'need':
      return `<svg class="glyph" viewBox="0 0 14 14" role="img" aria-label="${words}">${glyphs[one.status]}</svg>`
  }
}

const glyphs = {
  covered:
    '<circle cx="7" cy="7" r="6" class="g-ok"/><path d="M4.3 7.2 6.2 9.1 9.8 5.2" class="g-tick"/>',
  'planned-for':
    '<circle cx="7" cy="7" r="5.2" class="g-ok-line"/><path d="M7 3.3a3.7 3.7 0 0 0 0 7.4z" class="g-ok"/>',
  optional:
    '<circle cx="7" cy="7" r="5.2" class="g-warn-line"/><path d="M7 3.3a3.7 3.7 0 0 0 0 7.4z" class="g-warn"/>',
  missing:
    '<rect x="1.7" y="1.7" width="10.6" height="10.6" rx="2.6" class="g-bad-line"/><path d="M4.9 4.9l4.2 4.2M9.1 4.9 4.9 9.1" class="g-bad-line"/>',
} as const

export function methodHtml(method: string): string {
  return `<span class="method ${methodKind(method)}">${escaped(method)}</span>`
}

function methodKind(method: string): string {
  switch (method.toUpperCase()) {
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
    case 'OPT':
    case 'QRY':
    case 'QUERY':
      return 'reads'
    case 'DELETE':
    case 'DEL':
      return 'removes'
    case 'SUB':
    case 'SUBSCRIPTION':
      return 'queries'
    default:
      return 'writes'
  }
}

function tableHtml({ label, head, rows }: Extract<Block, { kind: 'table' }>, place: Place): string {
  return `<div class="wide" tabindex="0" role="region" aria-label="${escaped(label)}"><table><thead><tr>${head
    .map((one) => `<th scope="col">${escaped(one)}</th>`)
    .join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${textHtml(cell, place)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table></div>`
}

function codeHtml(text: string, language: string, label?: string): string {
  const said = label ?? (language === '' ? 'Code' : language)
  return `<div class="code"><button type="button" class="copy" hidden>Copy</button><pre tabindex="0" aria-label="${escaped(said)}"><code>${colouredCode(text, language)}</code></pre></div>`
}

/** Without a script every tab is open, one below the other: on paper too. */
function tabsHtml({ label, items }: Extract<Block, { kind: 'tabs' }>, place: Place): string {
  const number = place.next()
  return `<div class="tabs" data-label="${escaped(label)}">${items
    .map(
      ({ label: name, language, text, notes }, index) =>
        `<section class="tab" id="${escaped(place.prefix)}tab-${number}-${index}" data-tab="${escaped(name)}"><p class="tab-name">${escaped(name)}</p>${notes
          .map((one) => `<p class="tab-note">${textHtml(one, place)}</p>`)
          .join('')}${codeHtml(text, language, name)}</section>`,
    )
    .join('')}</div>`
}

function cardHtml({ to, title, text, badges, method, line }: Card, place: Place): string {
  return `<li class="card${line === undefined ? '' : ` line-${line}`}"><a href="${escaped(place.page(to))}">${
    method === undefined ? '' : `${methodHtml(method)} `
  }<span class="card-title">${escaped(title)}</span></a><p>${textHtml(text, place)}</p>${
    badges.length === 0 ? '' : `<p class="card-badges">${textHtml(badges, place)}</p>`
  }</li>`
}

function lineHtml({ line, stations }: Extract<Block, { kind: 'line' }>, place: Place): string {
  const items = stations
    .map(
      ({ title, anchor, gap }) =>
        `<li${gap ? ' class="gap"' : ''}><a href="#${escaped(place.prefix + anchor)}">${escaped(title)}</a>${gap ? '<span class="sr"> (has a gap)</span>' : ''}</li>`,
    )
    .join('')
  return `<nav class="journey-line line-${line}" aria-label="Steps">${feelingSvg(stations)}<ol>${items}</ol></nav>`
}

/** How it feels, step by step: the dip is always to be seen, because the curve fills its own range. */
function feelingSvg(stations: Extract<Block, { kind: 'line' }>['stations']): string {
  const scores = stations.flatMap(({ score }, index) =>
    score === undefined ? [] : [{ x: ((index + 0.5) / stations.length) * 100, score }],
  )
  if (scores.length < 2) return ''
  const low = Math.min(...scores.map(({ score }) => score))
  const range = Math.max(...scores.map(({ score }) => score)) - low || 1
  const points = scores.map(({ x, score }) => ({ x, y: 28 - ((score - low) / range) * 24 }))
  const first = points[0]!
  const path = points.slice(1).reduce(
    (drawn, { x, y }, index) => {
      const before = points[index]!
      const middle = round((before.x + x) / 2)
      return `${drawn}C${middle} ${round(before.y)} ${middle} ${round(y)} ${round(x)} ${round(y)}`
    },
    `M${round(first.x)} ${round(first.y)}`,
  )
  const words = `How it feels: ${stations.map(({ title, score }) => `${title} ${score ?? 'unknown'}`).join(', ')}`
  return `<svg class="feeling" viewBox="0 0 100 32" preserveAspectRatio="none" role="img" aria-label="${escaped(words)}"><path d="${path}" vector-effect="non-scaling-stroke"/></svg>`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function fieldsHtml({ label, rows }: Extract<Block, { kind: 'fields' }>, place: Place): string {
  const used = rows.some((row) => row.usedBy.length > 0)
  return `<div class="wide" tabindex="0" role="region" aria-label="${escaped(label)}"><table class="fields"><thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">About</th>${used ? '<th scope="col">Used by</th>' : ''}</tr></thead><tbody>${rows
    .map((row) => fieldRow(row, used, place))
    .join('')}</tbody></table></div>`
}

function fieldRow(row: FieldRow, used: boolean, place: Place): string {
  const id = row.anchor === '' ? undefined : place.once(place.prefix + row.anchor)
  return `<tr${id === undefined ? '' : ` id="${escaped(id)}"`}${row.missing ? ' class="missing"' : ''}><td class="depth-${Math.min(row.depth, 6)}"><code>${escaped(row.name)}</code></td><td>${escaped(row.type)}</td><td>${
    row.badges.length === 0 ? '' : `${textHtml(row.badges, place)} `
  }${textHtml(row.description, place)}</td>${used ? `<td class="used">${textHtml(row.usedBy, place)}</td>` : ''}</tr>`
}

function pictureHtml(picture: Picture, place: Place): string {
  if (picture.kind === 'wireframe')
    return wireframeSvg(picture, `${place.prefix}hole-${place.next()}`)
  const address = place.picture(picture.path)
  return address === undefined
    ? `<p class="quiet">${escaped(picture.alt)}: the picture is not there.</p>`
    : `<img src="${escaped(address)}" alt="${escaped(picture.alt)}" loading="lazy">`
}

const stateWords = {
  designed: 'Designed',
  inherited: 'As everywhere',
  missing: 'Nobody has decided',
  'cannot-happen': 'Cannot happen',
} as const

function stateHtml(card: StateCard, place: Place): string {
  const { label, condition, status, show, recover, design, picture, seen, calls } = card
  return `<li class="state ${status}">${pictureHtml(picture, place)}<p class="state-name"><b>${escaped(label)}</b> <code>${escaped(condition)}</code></p><p class="state-show">${escaped(show ?? stateWords[status])}</p><p class="state-more"><span class="chip ${status}">${stateWords[status]}</span>${
    recover === undefined ? '' : ` then ${escaped(recover)}`
  }${
    design === undefined || !/^https?:\/\//i.test(design)
      ? ''
      : ` <a href="${escaped(design)}" rel="noreferrer">Design</a>`
  }${calls.length === 0 ? '' : `<span class="state-calls">${calls.map((one) => `<code>${escaped(one)}</code>`).join(' ')}</span>`}${
    seen === undefined
      ? ''
      : `<span class="state-seen ${seen.asPromised ? 'ok' : 'bad'}">${escaped(seen.text)}</span>`
  }</p></li>`
}

/** Bars on one scale, the limit as a tick: what is beyond it is hatched red. */
function budgetHtml(label: string, bars: readonly BudgetBar[]): string {
  const limit = bars[0]?.limit
  const end = Math.max(limit ?? 0, ...bars.map(({ start, ms }) => start + ms), 1)
  const at = (ms: number): number => round(150 + (ms / end) * 340)
  const words = bars
    .map((one) => `${one.label} ${one.ms} ms${one.start > 0 ? ` after ${one.start} ms` : ''}`)
    .join(', ')
  const rows = bars.map(({ label: name, start, ms }, index) => {
    const y = index * 20 + 4
    const over = limit !== undefined && start + ms > limit
    const short = name.length > 26 ? `${name.slice(0, 25).toWellFormed()}…` : name
    return `<text x="142" y="${y + 10}" text-anchor="end">${escaped(short)}</text><rect x="${at(start)}" y="${y}" width="${Math.max(2, round(at(start + ms) - at(start) - 2))}" height="12" rx="3" class="${over ? 'over' : 'within'}"/><text x="${at(start + ms) + 4}" y="${y + 10}" class="ms">${ms} ms</text>`
  })
  const height = bars.length * 20 + 4
  return `<figure class="budget"><svg viewBox="0 0 560 ${height}" role="img" aria-label="${escaped(`${label}: ${words}${limit === undefined ? '' : `; promised ${limit} ms`}`)}">${rows.join('')}${
    limit === undefined ? '' : `<path d="M${at(limit)} 0V${height}" class="limit"/>`
  }</svg></figure>`
}
