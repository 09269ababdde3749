import { childrenOf } from '../text/site.ts'
import type { ViaDeclaration } from './declarations.ts'
import {
  about,
  list,
  mapped,
  named,
  record,
  text,
  textLike,
  textOrNumber,
  wrong,
  type Shape,
} from './shape.ts'

const selector = textLike('\\S', 'must be a Playwright selector such as `role=button[name="Pay"]`')

/** A selector and what goes into it. */
const into: Shape<readonly [selector: string, value: string]> = {
  read(site, report) {
    const parts = Array.isArray(site.value) ? [...childrenOf(site)] : []
    const [where, what] = parts
    if (parts.length !== 2 || where === undefined || what === undefined)
      return wrong(
        site,
        report,
        'must be a selector and a value: `["[name=email]", maya@mail.example]`',
      )
    const found = [selector.read(where, report), textOrNumber.read(what, report)] as const
    return found[0] === undefined || found[1] === undefined ? undefined : [found[0], found[1]]
  },
  schema: (definitions) => ({
    type: 'array',
    prefixItems: [selector.schema(definitions), textOrNumber.schema(definitions)],
    minItems: 2,
    maxItems: 2,
  }),
}

const shapes = {
  goto: about(
    'Opens this address of the app, instead of the screen where it stands first.',
    textLike('\\S', 'must be an address of the app such as `/products/sourdough`'),
    '/products/sourdough',
  ),
  click: about('Clicks what the selector finds.', selector, 'role=button[name="Pay and order"]'),
  check: about('Ticks a box or chooses a radio button.', selector, 'role=radio >> nth=0'),
  fill: about('Types a value into a field.', into, ['[name=email]', 'maya@mail.example']),
  select: about('Chooses an option of a list.', into, ['[name=quantity]', '2']),
  press: about('Presses a key.', text, 'Enter'),
  wait: about('Waits until what the selector finds is seen.', selector, 'role=heading'),
  script: about(
    'A file of the workspace whose export `default` gets the Playwright page.',
    textLike('\\S', 'must be a file of the workspace such as `journeys/pay.via.js`'),
    'journeys/pay.via.js',
  ),
}
const kinds = Object.keys(shapes) as readonly (keyof typeof shapes)[]

const action = record('An action of `via`', {}, shapes)

const one: Shape<ViaDeclaration> = {
  ...mapped(action, (found, site, report): ViaDeclaration | undefined => {
    const said = kinds.filter((kind) => found[kind] !== undefined)
    const [kind] = said
    // What was wrong about its only part has been said.
    if (
      kind === undefined &&
      Object.keys(site.value as object).some((key) => Object.hasOwn(shapes, key))
    )
      return undefined
    if (kind === undefined || said.length > 1)
      return wrong(
        site,
        report,
        `must be one action: ${kinds.map((name) => `\`${name}\``).join(', ')}`,
      )
    switch (kind) {
      case 'fill':
      case 'select': {
        const [where, value] = found[kind]!
        return { kind, selector: where, value, site: found.site }
      }
      case 'goto':
      case 'script':
        return { kind, path: found[kind]!, site: found.site }
      case 'press':
        return { kind, key: found.press!, site: found.site }
      default:
        return { kind, selector: found[kind]!, site: found.site }
    }
  }),
  schema: (definitions) => ({
    ...action.schema(definitions),
    oneOf: kinds.map((kind) => ({ required: [kind] })),
  }),
}

/** What somebody does on a screen, in order, so that a browser can do it too. */
export const via: Shape<readonly ViaDeclaration[]> = named('via', list(one))
