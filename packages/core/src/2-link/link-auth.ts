import { diagnostic, quoted } from '../text/diagnostic.ts'
import { child, originOf, type Site } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import type { Draft } from './draft.ts'

/** Whether what `auth` names is there: environments, and the steps or operations that sign in. */
export function linkAuth(draft: Draft): void {
  const environments = new Set(draft.apis.flatMap((api) => [...api.environments.keys()]))
  const doors = [...draft.nodes.values()].flatMap((node) =>
    node.kind === 'step'
      ? [node.name]
      : node.kind === 'operation'
        ? [`${node.api}.${node.name}`]
        : [],
  )
  const missing = (
    what: string,
    name: string,
    known: Iterable<string>,
    place: Site,
    part: 'key' | 'value',
  ): void => {
    draft.diagnostics.push(
      diagnostic('TL2025', originOf(place, part), {
        name: quoted(name),
        what,
        suggestion: suggestion(name, known),
      }),
    )
  }
  for (const { environment, site, valid, second } of draft.declarations.workspace.auth) {
    if (!environments.has(environment))
      missing('environment', environment, environments, site, 'key')
    for (const one of [valid, second])
      if (one?.login !== undefined && !doors.includes(one.login))
        missing(
          'step or operation',
          one.login,
          doors,
          child(one.site, 'login') ?? one.site,
          'value',
        )
  }
}
