import type { WaiverDeclaration } from './declarations.ts'
import { date } from './quantity.ts'
import { about, mapped, record, textLike, text, wrong, type Shape } from './shape.ts'

const fields = record(
  'A waiver',
  {
    rule: about(
      'The rule, as `check` prints it; `diff/` and its code for a change, as `diff` prints it.',
      textLike('\\S', 'must name a rule, such as `missing-state`'),
      'missing-state',
      'diff/response-property-removed',
    ),
    reason: about(
      'Why it is accepted: somebody will ask.',
      textLike('\\S', 'must say why the finding is accepted'),
      'The new bank answers in May',
    ),
  },
  {
    subject: about(
      'What the finding is about, as `check` prints it; `*` stands for any part of a name, `**` for any names.',
      textLike('\\S', 'must say what the finding is about, such as `checkout/basket` or `store.*`'),
      'checkout/basket',
      'store.*',
    ),
    fingerprint: about(
      'The one finding or change that is meant, as `--json` prints it: its rule, what it is about and its values.',
      textLike('^[0-9a-f]{16}$', 'must be a fingerprint, 16 hexadecimal digits'),
      '3f9a0c1d5e7b2a46',
    ),
    by: about('Who decided.', text, 'orders-lead@example.com'),
    expires: about('When it counts again.', date, '2027-01-31'),
  },
)

/** `decisions/*.waiver.yaml`: one finding that a team accepts for a while. */
export const waiverFile: Shape<WaiverDeclaration> = {
  ...mapped(fields, (found, site, report) =>
    found.subject === undefined && found.fingerprint === undefined
      ? wrong(site, report, 'must have `subject` or `fingerprint`', 'A waiver')
      : found,
  ),
  schema: (definitions) => ({
    ...fields.schema(definitions),
    anyOf: [{ required: ['subject'] }, { required: ['fingerprint'] }],
  }),
}
