import { nodesOfKind } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { outlineOf } from './blueprint-of.ts'
import type { Situation, StepColumn, WorkspaceOverview } from './blueprint.ts'
import { framed } from './framed.ts'
import { openEndsOf } from './open-ends-of.ts'

/** What the running server knows besides the graph. */
export interface Running {
  readonly version: number
  readonly broken: { readonly since: Date; readonly diagnostics: readonly Diagnostic[] } | undefined
  readonly mock: { readonly url: string; readonly situation: Situation | null }
  readonly appUrl: string | undefined
}

/** The workspace at a glance: every journey with its totals. */
export function overviewOf(
  graph: Graph,
  diagnostics: readonly Diagnostic[],
  running: Running,
): WorkspaceOverview {
  const { version, broken, mock, appUrl } = running
  const of = (severity: Diagnostic['severity']): number =>
    diagnostics.filter((one) => one.severity === severity).length
  return {
    name: graph.name,
    version,
    ...(broken !== undefined && {
      broken: { since: broken.since.toISOString(), diagnostics: framed(broken.diagnostics) },
    }),
    journeys: graph.journeys.map((journey) => {
      const { steps, totals, journey: head } = outlineOf(graph, journey, diagnostics)
      return {
        name: journey.name,
        title: journey.title,
        line: head.line,
        steps: steps.map((step) => ({
          name: step.name,
          title: step.title,
          status: hasGap(step) ? 'gap' : 'fine',
        })),
        totals,
        ...(head.goal !== undefined && { goal: head.goal }),
        ...(head.persona !== undefined && { persona: head.persona.title }),
      }
    }),
    apis: graph.apis.map(({ name, contract, origin }) => ({
      name,
      version: contract?.version ?? 'unreadable',
      operations: contract?.operations.length ?? 0,
      file: contract?.root.file.path ?? origin.source.file.path,
    })),
    counts: {
      errors: of('error'),
      warnings: of('warning'),
      infos: of('info'),
      operations: graph.apis.reduce((sum, api) => sum + (api.contract?.operations.length ?? 0), 0),
      steps: [...nodesOfKind(graph, 'step')].length,
      needs: [...nodesOfKind(graph, 'need')].length,
    },
    open: openEndsOf(graph),
    mock,
    ...(appUrl !== undefined && { app: { url: appUrl } }),
  }
}

/** A step that a person should look at: a field nobody returns, a state nobody designed, a promise that does not add up. */
function hasGap({ needs, states, budget }: StepColumn): boolean {
  return (
    needs.some((need) => need.status === 'missing') ||
    states.some((state) => state.status === 'missing') ||
    budget.overBy !== undefined
  )
}
