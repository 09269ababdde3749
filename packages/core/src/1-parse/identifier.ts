import type { Site } from '../text/site.ts'
import { text, wrong, type Shape } from './shape.ts'

/** Ids stand in links, headers, URLs and evidence, so they are short and plain. */
const pattern = '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$'
const expression = new RegExp(pattern)
const problem =
  'must be an id of letters, digits, `-` and `_` that starts with a letter or digit, such as `checkout` or `order-details`'

/** An id. A wrong one is reported and kept as it is, so that what points at it is not reported as well. */
export const identifier: Shape<string> = {
  read(site, report) {
    const { value } = site
    if (typeof value === 'number') {
      wrong(
        site,
        report,
        `must be text, so put quotes around it: \`"${value}"\``,
        undefined,
        `"${value}"`,
      )
      return String(value)
    }
    if (typeof value !== 'string') return text.read(site, report)
    if (!expression.test(value)) wrong(site, report, problem)
    return value === '' ? undefined : value
  },
  schema: () => ({ type: 'string', pattern }),
}

/** The id that a file's name gives when the file itself says none: `checkout` for `journeys/checkout.journey.yaml`. */
export function idFromFile({ document }: Site): string {
  const name = document.file.path.split('/').at(-1) ?? ''
  return slug(name.split('.')[0] ?? '') || 'unnamed'
}

/** `GitHub v3 REST API` as an id: `github-v3-rest-api`. Empty when nothing of it can stand in an id. */
export function slug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]+/g, '')
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, 100)
    .replace(/[-_]+$/, '')
}
