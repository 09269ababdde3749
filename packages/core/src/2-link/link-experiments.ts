import { diagnostic, quoted } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import type { Draft } from './draft.ts'
import { findOperation } from './find-operation.ts'

/** Whether the operations that experiments hold back are there, the steps where leaving is counted, and a time to run. */
export function linkExperiments(draft: Draft): void {
  const steps = [...draft.nodes.values()].flatMap((node) =>
    node.kind === 'step' ? [node.name] : [],
  )
  const called = new Set(
    [...draft.nodes.values()].flatMap((node) =>
      node.kind === 'call' && node.operation !== undefined ? [node.operation as string] : [],
    ),
  )
  for (const one of draft.declarations.experiments) {
    const found = findOperation(draft.apis, one.operation, originOf(one.operationSite))
    if (found.diagnostic !== undefined)
      draft.diagnostics.push({ ...found.diagnostic, subject: one.id })
    const { operation } = found
    const name = operation === undefined ? undefined : `${operation.api}.${operation.name}`
    if (one.step === undefined && name !== undefined && !called.has(`op:${name}`))
      draft.diagnostics.push(
        diagnostic(
          'TL2023',
          originOf(one.operationSite),
          {
            experiment: quoted(one.id),
            step: `a step that calls ${quoted(name)}`,
            suggestion: '',
          },
          { subject: one.id },
        ),
      )
    if (!(one.until > one.from))
      draft.diagnostics.push(
        diagnostic(
          'TL2024',
          originOf(one.untilSite),
          { experiment: quoted(one.id) },
          { subject: one.id },
        ),
      )
    if (one.step !== undefined && !steps.includes(one.step))
      draft.diagnostics.push(
        diagnostic(
          'TL2023',
          originOf(one.stepSite),
          {
            experiment: quoted(one.id),
            step: quoted(one.step),
            suggestion: suggestion(one.step, steps),
          },
          { subject: one.id },
        ),
      )
  }
}
