import type { Graph } from '../2-link/graph.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { child, originOf, type Site } from '../text/site.ts'
import type { Check } from './check-kind.ts'
import { listed } from './listed.ts'

/** TL4008: CODEOWNERS or Backstage name other owners of an API or a journey than the workspace does. */
export const ownersDisagree: Check = function* (graph) {
  const stated = statedOwners(graph)
  for (const { of, teams, origin } of graph.declarations.owners) {
    const said = stated.get(of)
    if (said === undefined || teams.includes(said.owner)) continue
    yield diagnostic(
      'TL4008',
      originOf(child(said.site, 'owner') ?? said.site),
      {
        subject: quoted(said.name),
        owner: quoted(said.owner),
        others: listed(teams),
        file: quoted(origin.source.file.path),
      },
      { subject: said.name, related: [{ origin, message: 'the other owner is named here' }] },
    )
  }
}

interface Stated {
  readonly name: string
  readonly owner: string
  readonly site: Site
}

/** What the workspace's own files say. */
function statedOwners({ declarations }: Graph): ReadonlyMap<string, Stated> {
  const stated = new Map<string, Stated>()
  for (const [kind, all] of [
    ['api', declarations.workspace.apis],
    ['journey', declarations.journeys],
  ] as const)
    for (const { id, owner, ownerFrom, site } of all)
      if (owner !== undefined && ownerFrom === undefined)
        stated.set(`${kind}:${id}`, { name: id, owner, site })
  return stated
}
