import { diagnostic, quoted } from '../text/diagnostic.ts'
import { child, childrenOf, originOf, type Site } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import type { Draft } from './draft.ts'
import { findOperation } from './find-operation.ts'

/** Whether what monitors name is there: journeys, steps, environments, operations. */
export function linkMonitors(draft: Draft): void {
  const environments = new Set(draft.apis.flatMap((api) => [...api.environments.keys()]))
  const walks = [...draft.nodes.values()].flatMap((node) =>
    node.kind === 'journey' || node.kind === 'step' ? [node.name] : [],
  )
  for (const { id, environment, environmentSite, journeys, allow, site } of draft.declarations
    .monitors) {
    const missing = (what: string, name: string, known: Iterable<string>, place: Site): void => {
      draft.diagnostics.push(
        diagnostic(
          'TL2021',
          originOf(place),
          { monitor: quoted(id), name: quoted(name), what, suggestion: suggestion(name, known) },
          { subject: id },
        ),
      )
    }
    if (!/^https?:\/\//i.test(environment) && !environments.has(environment))
      missing('environment', environment, environments, environmentSite)
    for (const name of journeys)
      if (!walks.includes(name))
        missing('journey or step', name, walks, itemOf(site, 'journeys', name))
    for (const name of allow) {
      const found = findOperation(draft.apis, name, originOf(itemOf(site, 'allow', name)))
      if (found.diagnostic !== undefined)
        draft.diagnostics.push({ ...found.diagnostic, subject: id })
    }
  }
}

/** The item of a list, or the value that stands in its place. */
function itemOf(site: Site, key: string, value: string): Site {
  const list = child(site, key) ?? site
  return [...childrenOf(list)].find((one) => one.value === value) ?? list
}
