import { catalogue } from '../text/catalogue.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { child, originOf, type Site } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import { added, joined, joinedToTeam, ownedBy, type Draft } from './draft.ts'
import type { ApiNode, PersonaNode, TeamNode } from './graph.ts'
import { operationIndexOf } from './operation-index.ts'

/** Teams, APIs with their operations, personas; and whether `rules:` and waivers name rules that exist. */
export function linkWorkspace(draft: Draft): void {
  const { workspace, personas, waivers } = draft.declarations
  for (const declaration of workspace.teams) {
    const { id: name } = declaration
    const node: TeamNode = {
      kind: 'team',
      id: `team:${name}`,
      origin: originOf(declaration.site, 'key'),
      name,
      declaration,
    }
    added(draft, node, name)
  }
  linkApis(draft)
  for (const declaration of personas) {
    const { id: name } = declaration
    const node: PersonaNode = {
      kind: 'persona',
      id: `persona:${name}`,
      origin: originOf(child(declaration.site, 'persona') ?? declaration.site),
      name,
      declaration,
    }
    added(draft, node, name)
  }
  for (const { rule, site } of workspace.rules) knownRule(draft, rule, site, 'key')
  for (const { rule, site } of waivers) knownRule(draft, rule, child(site, 'rule') ?? site, 'value')
}

function linkApis(draft: Draft): void {
  const teams = new Set(draft.declarations.workspace.teams.map((team) => team.id))
  for (const declaration of draft.declarations.workspace.apis) {
    const { id: name, owner, ownerFrom, environments } = declaration
    const contract = draft.contracts.get(name)
    const node: ApiNode = {
      kind: 'api',
      id: `api:${name}`,
      origin: originOf(declaration.site, 'key'),
      name,
      contract,
      environments,
      ...(owner !== undefined && { owner }),
    }
    if (!added(draft, node, name)) continue
    draft.apis.push(node)
    if (ownerFrom !== undefined) joinedToTeam(draft, node.id, owner)
    else if (owner !== undefined) {
      ownedBy(
        draft,
        node.id,
        owner,
        originOf(child(declaration.site, 'owner') ?? declaration.site),
        name,
      )
    }
    if (contract === undefined) continue
    const index = operationIndexOf(contract)
    for (const operation of index.operations) {
      draft.nodes.set(operation.id, operation)
      joined(draft, 'has', node.id, operation.id)
      if (operation.owner === undefined || operation.owner === owner) continue
      if (teams.size > 0) {
        const origin = originOf(child(operation.site, 'x-owner') ?? operation.site)
        ownedBy(draft, operation.id, operation.owner, origin, `${name}.${operation.name}`)
      }
    }
  }
}

const rules: ReadonlySet<string> = new Set(Object.values(catalogue).map((one) => one.rule))

function knownRule(draft: Draft, rule: string, site: Site, place: 'key' | 'value'): void {
  if (rules.has(rule) || /^(lint|diff)\//.test(rule)) return
  draft.diagnostics.push(
    diagnostic('TL2015', originOf(site, place), {
      rule: quoted(rule),
      suggestion: suggestion(rule, rules),
    }),
  )
}
