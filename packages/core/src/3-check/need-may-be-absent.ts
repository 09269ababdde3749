import { nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { FoundField } from '../schema/field.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import type { Check } from './check-kind.ts'
import { listed } from './listed.ts'
import { stepOfCall } from './of-call.ts'

/** TL3003: a need whose field may be missing or null in a valid answer, and nobody has said what the screen shows then. */
export const needMayBeAbsent: Check = function* (graph) {
  for (const need of nodesOfKind(graph, 'need')) {
    const field = nodeOf(graph, 'field', need.field)
    const step = stepOfCall(graph, need.call)
    if (field === undefined || step === undefined || need.absent !== undefined) continue
    const { absence } = field.found
    if (absence.length === 0) continue
    const { schema } = field.found.field
    yield diagnostic(
      'TL3003',
      need.origin,
      { step: step.name, need: quoted(need.path), because: whyAbsent(absence) },
      {
        subject: step.name,
        ...(schema !== undefined && {
          related: [{ origin: originOf(schema, 'key'), message: 'the field is described here' }],
        }),
      },
    )
  }
}

/** Why a field may be missing, in words: "`eta` is optional". */
export function whyAbsent(absence: FoundField['absence']): string {
  return listed(
    absence.map(
      ({ path, reason }) => `${quoted(path === '' ? 'the answer' : path)} ${inWords[reason]}`,
    ),
  )
}

const inWords = {
  optional: 'is optional',
  nullable: 'can be null',
  'one-of': 'is only in some of the shapes that the answer can have',
} as const satisfies Record<FoundField['absence'][number]['reason'], string>
