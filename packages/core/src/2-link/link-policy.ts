import { diagnostic, quoted } from '../text/diagnostic.ts'
import { child, originOf } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import { added, type Draft } from './draft.ts'
import type { ClassNode } from './graph.ts'

/** The classes of every policy file, and whether `fields` names classes that exist. */
export function linkPolicy(draft: Draft): void {
  const names = new Set<string>()
  for (const policy of draft.declarations.policies) {
    for (const declaration of policy.classes) {
      const { id: name } = declaration
      names.add(name)
      const node: ClassNode = {
        kind: 'class',
        id: `class:${name}`,
        origin: originOf(declaration.site, 'key'),
        name,
        declaration,
      }
      added(draft, node, name)
    }
  }
  for (const policy of draft.declarations.policies) {
    for (const { class: name, site } of policy.fields) {
      if (names.has(name)) continue
      draft.diagnostics.push(
        diagnostic('TL2017', originOf(child(site, 'class') ?? site), {
          class: quoted(name),
          suggestion: suggestion(name, names),
        }),
      )
    }
  }
}
