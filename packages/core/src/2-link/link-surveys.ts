import { diagnostic, quoted } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import type { Draft } from './draft.ts'

/** Whether the steps that surveys are about are there. */
export function linkSurveys(draft: Draft): void {
  const steps = [...draft.nodes.values()].flatMap((node) =>
    node.kind === 'step' ? [node.name] : [],
  )
  for (const { id, step, stepSite } of draft.declarations.surveys)
    if (step !== undefined && !steps.includes(step))
      draft.diagnostics.push(
        diagnostic(
          'TL2022',
          originOf(stepSite),
          { survey: quoted(id), step: quoted(step), suggestion: suggestion(step, steps) },
          { subject: id },
        ),
      )
}
