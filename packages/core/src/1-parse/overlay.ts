import { parseJsonPath } from '../overlay/json-path.ts'
import type { Overlay, OverlayAction } from '../overlay/overlay.ts'
import {
  about,
  anything,
  list,
  mapped,
  record,
  text,
  textLike,
  wrong,
  type Shape,
} from './shape.ts'

const jsonPath: Shape<string> = {
  read(site, report) {
    const written = text.read(site, report)
    if (written === undefined) return undefined
    const parsed = parseJsonPath(written)
    if (!('problem' in parsed)) return written
    const where = `it ${parsed.problem} (character ${parsed.at + 1})`
    return wrong(site, report, `must be a JSONPath (RFC 9535): ${where}`)
  },
  // As much of the grammar as a regular expression can hold.
  schema: () => ({
    type: 'string',
    pattern: '^\\$(\\s*[.\\[][^]*[\\w\\u0080-\\uffff*\\]])?$',
  }),
}

const yesOrNo: Shape<boolean> = {
  read: (site, report) =>
    typeof site.value === 'boolean' ? site.value : wrong(site, report, 'must be `true` or `false`'),
  schema: () => ({ type: 'boolean' }),
}

const action: Shape<OverlayAction> = mapped(
  record(
    'An action',
    {
      target: about(
        'A JSONPath (RFC 9535) of what is changed.',
        jsonPath,
        '$.components.schemas.Basket.properties',
        "$.paths['/basket'].get",
      ),
    },
    {
      description: about('Why, for those who read the overlay.', text),
      update: about('What is merged into the target.', anything),
      copy: about('A JSONPath of one value that is merged into the target.', jsonPath),
      remove: about('Takes the target away.', yesOrNo),
    },
  ),
  ({ target, description, update, copy, remove }) => ({
    target,
    ...(description !== undefined && { description }),
    ...(update !== undefined && { update: update.value }),
    ...(copy !== undefined && { copy }),
    ...(remove !== undefined && { remove }),
  }),
)

/** An OpenAPI Overlay, 1.0 or 1.1. */
export const overlayShape: Shape<Overlay> = mapped(
  record(
    'An overlay',
    {
      overlay: about(
        'The version of the Overlay specification.',
        textLike('^1\\.[01]\\.\\d+$', 'must be a version of the Overlay specification: `1.1.0`'),
        '1.1.0',
      ),
      info: mapped(
        record('`info`', { title: text, version: text }, { description: text }),
        ({ title, version, description }) => ({
          title,
          version,
          ...(description !== undefined && { description }),
        }),
      ),
      actions: about('Done one after another, each to what the one before has left.', list(action)),
    },
    {
      extends: about(
        'The contract that is changed, from where this file lies.',
        text,
        '../../apis/store.openapi.yaml',
      ),
    },
  ),
  ({ overlay, info, actions, ...rest }) => ({
    overlay,
    info,
    actions,
    ...(rest.extends !== undefined && { extends: rest.extends }),
  }),
)
