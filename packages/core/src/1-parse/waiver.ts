import type { WaiverDeclaration } from './declarations.ts'
import { date } from './quantity.ts'
import { about, record, textLike, text, type Shape } from './shape.ts'

/** `decisions/*.waiver.yaml`: one finding that a team accepts for a while. */
export const waiverFile: Shape<WaiverDeclaration> = record(
  'A waiver',
  {
    rule: about(
      'The rule, as `check` prints it.',
      textLike('\\S', 'must name a rule, such as `missing-state`'),
      'missing-state',
    ),
    subject: about(
      'What the finding is about, as `check` prints it; `*` stands for any part of a name, `**` for any names.',
      textLike('\\S', 'must say what the finding is about, such as `checkout/basket` or `store.*`'),
      'checkout/basket',
      'store.*',
    ),
    reason: about(
      'Why it is accepted: somebody will ask.',
      textLike('\\S', 'must say why the finding is accepted'),
      'The new bank answers in May',
    ),
  },
  {
    by: about('Who decided.', text, 'orders-lead@example.com'),
    expires: about('When it counts again.', date, '2027-01-31'),
  },
)
