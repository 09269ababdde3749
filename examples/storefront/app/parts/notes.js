import { element } from './element.js'

/** What went wrong, what to do, and a button that does it where asking again may help. */
export function failureNote(failure, retry, ...more) {
  return element(
    'div',
    {
      class: 'note bad',
      role: 'alert',
      'data-failure': failure.kind === 'refused' ? failure.status : failure.kind,
    },
    element('p', { class: 'note-title' }, failure.title),
    failure.detail && element('p', {}, failure.detail),
    ...more,
    retry &&
      failure.passing &&
      element('button', { type: 'button', class: 'quiet', onclick: () => retry() }, 'Try again'),
  )
}

/** Nothing to see, and the way on. */
export const emptyNote = (title, ...more) =>
  element('div', { class: 'note empty' }, element('p', { class: 'note-title' }, title), ...more)

/** Grey shapes: `rows` of them, as wide as text usually is. */
export const skeleton = (kind, rows) =>
  element(
    'div',
    { class: `skeleton ${kind}`, 'aria-hidden': 'true' },
    Array.from({ length: rows }, () => element('span')),
  )

export const link = (href, text, className) => element('a', { href, class: className }, text)
