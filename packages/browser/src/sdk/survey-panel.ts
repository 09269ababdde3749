import type { SurveyHost } from './start.ts'

// `/sdk-survey.js`: loaded only when a survey is due.

/** What a survey file says, as far as a person sees it. */
interface Survey {
  readonly question: string
  readonly scale?: {
    readonly from: number
    readonly to: number
    readonly low?: string
    readonly high?: string
  }
  /** The label of the field for words. */
  readonly text?: string
  readonly words: { readonly send: string; readonly close: string; readonly thanks: string }
  /** The same person is not asked again for so many days. */
  readonly days: number
}

/** Asks in a small panel in the corner: it takes no focus, covers no page and goes with Escape. */
export function run({ id, panel, stored, answered }: SurveyHost): void {
  const survey = panel as Survey
  const before = stored('asked')
    .split(';')
    .map((one) => one.split('='))
  const last = Math.max(0, ...before.map(([one, time]) => (one === id ? Number(time) : 0)))
  if (last > Date.now() - survey.days * 86_400_000) return answered()
  // What just happened comes first, the question after it.
  setTimeout(() => {
    const others = before.filter(([one]) => one !== '' && one !== id).slice(-20)
    stored('asked', [...others, [id, String(Date.now())]].map((one) => one.join('=')).join(';'))
    shown(survey, answered)
  }, 800)
}

function shown(
  { question, scale, text, words }: Survey,
  answered: (value?: number, text?: string) => void,
): void {
  const host = document.createElement('throughline-survey')
  const shadow = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  shadow.adoptedStyleSheets = [sheet]

  const done = (value?: number, written?: string): void => {
    if (!host.isConnected) return
    answered(value, written)
    if (value === undefined && written === undefined) return host.remove()
    const thanks = element('p', { part: 'thanks', role: 'status' }, words.thanks)
    form.replaceChildren(thanks)
    setTimeout(() => host.remove(), 3000)
  }
  const field =
    text === undefined
      ? undefined
      : element('textarea', { id: 'text', rows: '2', maxlength: '1000', part: 'text' })
  const choices: HTMLInputElement[] = []
  for (let value = scale?.from ?? 1; value <= (scale?.to ?? 0); value++)
    choices.push(element('input', { type: 'radio', name: 'scale', value: String(value) }))
  const close = element(
    'button',
    { type: 'button', part: 'close', 'aria-label': words.close },
    '\u00d7',
  )
  close.addEventListener('click', () => done())
  const form = element(
    'form',
    { part: 'panel', role: 'dialog', 'aria-labelledby': 'question' },
    close,
    element('p', { id: 'question', part: 'question' }, question),
    ...(choices.length === 0
      ? []
      : [
          element(
            'fieldset',
            { 'aria-labelledby': 'question' },
            ...choices.map((choice) => element('label', { part: 'choice' }, choice, choice.value)),
          ),
          element(
            'div',
            { class: 'ends' },
            element('span', {}, scale?.low ?? ''),
            element('span', {}, scale?.high ?? ''),
          ),
        ]),
    ...(field === undefined ? [] : [element('label', { for: 'text' }, text!), field]),
    element('button', { type: 'submit', part: 'send' }, words.send),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const chosen = choices.find((choice) => choice.checked)
    const written = field?.value.trim() || undefined
    if (chosen === undefined && written === undefined) return (choices[0] ?? field)?.focus()
    done(chosen && Number(chosen.value), written)
  })
  form.addEventListener('keydown', (event) => {
    // What is typed in here is no shortcut of the page's.
    event.stopPropagation()
    if (event.key === 'Escape') done()
  })
  shadow.append(form)
  document.body.append(host)
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...inner: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...inner)
  return made
}

// A constructed sheet in a shadow tree: a strict CSP and the page's styles leave it alone, custom properties and parts reach it.
const style = `
  :host { all: initial; position: fixed; inset: auto 16px 16px auto; z-index: 2147483646; max-width: calc(100vw - 32px); color-scheme: light dark }
  form { position: relative; box-sizing: border-box; width: 340px; max-width: 100%; display: grid; gap: 12px; padding: 18px; border-radius: var(--throughline-survey-radius, 12px);
    background: var(--throughline-survey-background, light-dark(#fff, #23242b)); color: var(--throughline-survey-color, light-dark(#1d1d26, #f2f2f7));
    font: 400 15px/1.4 var(--throughline-survey-font, system-ui, sans-serif); box-shadow: 0 0 0 1px #8886, 0 8px 32px #0004 }
  p { margin: 0; padding-right: 28px; font-weight: 600; overflow-wrap: anywhere }
  fieldset { display: flex; gap: 6px; margin: 0; padding: 0; border: 0 }
  fieldset label { position: relative; flex: 1; min-width: 24px; min-height: 40px; display: grid; place-items: center; border: 1px solid #8889; border-radius: 8px; cursor: pointer }
  fieldset label:has(:checked) { background: var(--throughline-survey-accent, #4b3fc4); color: var(--throughline-survey-on-accent, #fff); border-color: transparent }
  fieldset label:has(:focus-visible), button:focus-visible, textarea:focus-visible { outline: 2px solid var(--throughline-survey-accent, light-dark(#4b3fc4, #b3abff)); outline-offset: 2px }
  input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer }
  .ends { display: flex; justify-content: space-between; gap: 12px; margin-top: -6px; font-size: 13px }
  textarea { box-sizing: border-box; width: 100%; padding: 8px; border: 1px solid #8889; border-radius: 8px; background: transparent; color: inherit; font: inherit; resize: vertical }
  button { min-height: 40px; padding: 0 16px; border: 0; border-radius: 8px; background: var(--throughline-survey-accent, #4b3fc4); color: var(--throughline-survey-on-accent, #fff); font: inherit; font-weight: 600; cursor: pointer }
  button[part=close] { position: absolute; top: 6px; right: 6px; width: 36px; min-height: 36px; padding: 0; background: none; color: inherit; font-size: 22px; font-weight: 400 }
  @media print { :host { display: none } }`
