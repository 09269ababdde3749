/** A selector that a page can look for by itself: CSS, and a text in lower case that must stand inside. */
export interface PageSelector {
  readonly css: string
  readonly text: string
}

/**
 * A Playwright selector of a journey's `test` in the page's own words; `undefined` for what only Playwright can find: XPath,
 * chains with `>>`, expressions, names of roles.
 */
export function pageSelector(test: string): PageSelector | undefined {
  const selector = test.trim()
  if (selector.includes('>>')) return undefined
  const [, engine, rest = ''] = /^([a-z][a-z:-]*)=([\s\S]*)$/i.exec(selector) ?? []
  switch (engine) {
    case undefined:
      return /^(\/\/|\.\.)/.test(selector) ? quotedText(selector) : cssSelector(selector)
    case 'css':
      return cssSelector(rest)
    case 'text': {
      return /^\/.*\/\w*$/.test(rest) ? undefined : { css: 'body', text: plain(rest) }
    }
    case 'id':
    case 'data-testid':
    case 'data-test-id':
    case 'data-test':
      return { css: `[${engine}=${JSON.stringify(rest)}]`, text: '' }
    case 'role':
      return /^[a-z]+$/i.test(rest) ? { css: roleSelector(rest), text: '' } : undefined
    default:
      return undefined
  }
}

function cssSelector(selector: string): PageSelector | undefined {
  if (/^(["']).*\1$/.test(selector)) return quotedText(selector)
  const css = selector.replaceAll(':visible', '')
  const found = /^(.*?):(?:has-text|text)\(\s*(["'])(.*)\2\s*\)$/.exec(css)
  if (found !== null) {
    const before = found[1]!
    return engineOnly.test(before) ? undefined : { css: before || 'body', text: plain(found[3]!) }
  }
  return engineOnly.test(css) || css === '' ? undefined : { css, text: '' }
}

/** Pseudo-classes that no browser has. */
const engineOnly =
  /:(has-text|text|text-is|text-matches|nth-match|near|above|below|left-of|right-of)\(/

function quotedText(selector: string): PageSelector | undefined {
  return /^(["']).*\1$/.test(selector) ? { css: 'body', text: plain(selector) } : undefined
}

function plain(text: string): string {
  return text
    .replace(/^\s*(["'])([\s\S]*)\1\s*$/, '$2')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

/** Elements that have a role without saying so. */
const native: Readonly<Record<string, string>> = {
  alertdialog: '',
  button: 'button',
  dialog: 'dialog[open]',
  heading: 'h1,h2,h3,h4,h5,h6',
  link: 'a[href]',
  list: 'ul,ol',
  listitem: 'li',
  progressbar: 'progress',
  status: 'output',
  table: 'table',
}

function roleSelector(role: string): string {
  const own = `[role=${role.toLowerCase()}]`
  const elements = Object.hasOwn(native, role) ? native[role] : ''
  return elements ? `${own},${elements}` : own
}
