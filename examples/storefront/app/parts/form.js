import { element } from './element.js'
import { Failure } from './failure.js'
import { listOf, textOr } from './words.js'
import { failureNote } from './notes.js'

/** A labelled input that can say what is wrong with it, beside itself. `name` is the request's field. */
export function field({ name, label, hint, ...attributes }) {
  const id = `field-${name.replaceAll('.', '-')}`
  const message = element('p', { class: 'field-message', id: `${id}-message` })
  const input = element(attributes.rows ? 'textarea' : 'input', {
    id,
    name,
    'aria-describedby': `${id}-message${hint ? ` ${id}-hint` : ''}`,
    ...attributes,
  })
  if (attributes.rows && attributes.value) input.value = attributes.value
  const say = (words) => {
    message.replaceChildren(words)
    if (words === '') input.removeAttribute('aria-invalid')
    else input.setAttribute('aria-invalid', 'true')
  }
  input.addEventListener('input', () => say(''))
  const root = element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    hint && element('p', { class: 'hint', id: `${id}-hint` }, hint),
    input,
    message,
  )
  return {
    name,
    root,
    input,
    say,
    get value() {
      return input.value.trim()
    },
  }
}

/**
 * A form whose button says what it is doing, can't be pressed twice and always comes back.
 * `send()` gives nothing or throws a `Failure`; messages of a 422 go beside the fields they name, the rest above the button.
 */
export function form({ fields, button, sending, send, failed = () => undefined, children = [] }) {
  const notes = element('div', { class: 'notes' })
  const submit = element('button', { type: 'submit', class: 'main' }, button)
  const busy = (is) => {
    root.toggleAttribute('data-sending', is)
    submit.textContent = is ? sending : button
    if (is) submit.setAttribute('aria-disabled', 'true')
    else submit.removeAttribute('aria-disabled')
  }
  const attempt = async () => {
    if (root.hasAttribute('data-sending')) return
    notes.replaceChildren()
    const missing = fields.filter((one) => one.input.required && one.value === '')
    for (const one of missing) one.say('Please fill this in')
    if (missing.length > 0) {
      missing[0].input.focus()
      return
    }
    busy(true)
    try {
      await send()
    } catch (error) {
      const failure = error instanceof Failure ? error : new Failure('invalid', { cause: error })
      const unplaced = sayBeside(fields, failure)
      if (unplaced) notes.replaceChildren(failed(failure, attempt) ?? failureNote(failure, attempt))
    } finally {
      busy(false)
    }
  }
  const root = element(
    'form',
    {
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault()
        void attempt()
      },
    },
    ...children,
    notes,
    submit,
  )
  return { root, submit, notes }
}

// Says each message beside its field and moves there. True when something is left to be said elsewhere.
function sayBeside(fields, failure) {
  if (failure.status !== 422 && failure.status !== 400) return true
  let first
  let placed = 0
  const errors = listOf(failure.problem.errors)
  for (const error of errors) {
    const meant = fields.find((one) => one.name === error.field)
    if (meant === undefined) continue
    meant.say(textOr(error.message, 'Please look at this again'))
    first ??= meant.input
    placed++
  }
  first?.focus()
  return placed === 0 || placed < errors.length
}
