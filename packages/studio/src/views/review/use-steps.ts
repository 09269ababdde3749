import { useQuery } from '@tanstack/react-query'
import { workspaceQuery } from '../../api.ts'

export interface KnownStep {
  readonly title: string
  /** None where the workspace has no such step (any more). */
  readonly line: 1 | 2 | 3 | 4 | undefined
  readonly url: string | undefined
}

/** The journeys of the workspace by the step's name: for the dash before it, and its title. */
export function useSteps(): (step: string) => KnownStep {
  const { data: overview } = useQuery(workspaceQuery)
  return (step) => {
    for (const { name, line, steps } of overview?.journeys ?? []) {
      const found = steps.find((one) => one.name === step)
      if (found !== undefined)
        return {
          title: found.title,
          line,
          url: `/journeys/${encodeURIComponent(name)}?step=${encodeURIComponent(step.slice(name.length + 1))}`,
        }
    }
    return { title: step, line: undefined, url: undefined }
  }
}
