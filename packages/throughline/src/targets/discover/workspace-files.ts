import type { Discovered } from '@throughline/core'
import { stringify } from 'yaml'

/** What was discovered as the files of a workspace, by path. */
export function workspaceFiles(found: Discovered, name: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const apis = found.apis.map((api) => ({
    ...api,
    file: `apis/${api.name}.${api.protocol === 'graphql' ? 'graphql' : 'openapi.yaml'}`,
  }))
  files.set(
    'throughline.yaml',
    yaml({
      throughline: 1,
      name,
      apis: Object.fromEntries(
        apis.map((api) => [
          api.name,
          { contract: api.file, environments: { discovered: api.server } },
        ]),
      ),
    }),
  )
  for (const api of apis)
    files.set(api.file, typeof api.contract === 'string' ? api.contract : yaml(api.contract))
  for (const journey of found.journeys)
    files.set(
      `journeys/${journey.id}.journey.yaml`,
      yaml({
        journey: journey.id,
        title: journey.title,
        steps: journey.steps.map((step) => ({
          step: step.id,
          title: step.title,
          screen: step.screen,
          ...(step.calls.length > 0 && { calls: step.calls.map(callOf) }),
          next: step.next,
        })),
      }),
    )
  return files
}

function callOf(call: Discovered['journeys'][number]['steps'][number]['calls'][number]): object {
  const { operation, after, sends, needs, p75, states } = call
  return {
    operation,
    ...(after.length > 0 && { after: after.length === 1 ? after[0] : after }),
    ...(sends.length > 0 && { sends }),
    ...(needs.length > 0 && { needs }),
    ...(p75 > 0 && { budget: { p75: `${p75}ms` } }),
    ...(states.length > 0 && {
      states: Object.fromEntries(
        states.map(({ condition, show, test }) => [
          condition,
          { show, ...(test !== undefined && { test }) },
        ]),
      ),
    }),
  }
}

function yaml(value: object): string {
  return stringify(value, { lineWidth: 120, aliasDuplicateObjects: false })
}
