import type { ScenarioRule } from '../1-parse/declarations.ts'
import type { Operation, OperationId } from '../operation/operation.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { child, originOf } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import { added, joined, type Draft } from './draft.ts'
import { findOperation } from './find-operation.ts'
import type { ScenarioNode } from './graph.ts'

/** Scenarios, and whether their rules name operations and examples that exist. */
export function linkScenarios(draft: Draft): void {
  for (const declaration of draft.declarations.scenarios) {
    const { id: name } = declaration
    const operations: (OperationId | undefined)[] = []
    for (const rule of declaration.rules) {
      const found = findOperation(draft.apis, rule.operation, originOf(rule.operationSite))
      if (found.diagnostic !== undefined)
        draft.diagnostics.push({ ...found.diagnostic, subject: name })
      operations.push(found.operation?.id)
      if (found.operation === undefined) continue
      knownExample(draft, name, rule, found.operation)
      knownPath(draft, name, rule, found.operation)
    }
    const node: ScenarioNode = {
      kind: 'scenario',
      id: `scenario:${name}`,
      origin: originOf(child(declaration.site, 'scenario') ?? declaration.site),
      name,
      declaration,
      operations,
    }
    if (!added(draft, node, name)) continue
    for (const id of new Set(operations)) if (id !== undefined) joined(draft, 'plays', node.id, id)
  }
}

function knownExample(
  draft: Draft,
  scenario: string,
  rule: ScenarioRule,
  operation: Operation,
): void {
  const example = rule.respond?.example
  if (example === undefined) return
  const status = rule.respond?.status
  const known = new Set<string>()
  for (const response of operation.responses()) {
    if (status !== undefined && !answers(response.status, status)) continue
    for (const content of response.content) for (const one of content.examples) known.add(one.name)
  }
  if (known.has(example)) return
  const respond = child(rule.site, 'respond')
  draft.diagnostics.push(
    diagnostic(
      'TL2016',
      originOf((respond && child(respond, 'example')) ?? rule.site),
      {
        scenario: quoted(scenario),
        example: quoted(example),
        operation: quoted(`${operation.api}.${operation.name}`),
        suggestion: suggestion(example, known),
      },
      { subject: scenario },
    ),
  )
}

function knownPath(draft: Draft, scenario: string, rule: ScenarioRule, operation: Operation): void {
  const known = Array.from(operation.path.matchAll(/\{([^{}]+)\}/g), ([, name = '']) => name)
  const when = child(rule.site, 'when')
  const path = when && child(when, 'path')
  for (const name of Object.keys(rule.when?.path ?? {})) {
    if (known.includes(name)) continue
    draft.diagnostics.push(
      diagnostic(
        'TL2026',
        originOf((path && child(path, name)) ?? rule.site, 'key'),
        {
          scenario: quoted(scenario),
          parameter: quoted(name),
          operation: quoted(`${operation.api}.${operation.name}`),
          suggestion: suggestion(name, known),
        },
        { subject: scenario },
      ),
    )
  }
}

/** Whether a response declared as `404`, `4XX` or `default` describes this status. */
function answers(declared: string, status: number): boolean {
  return (
    declared === String(status) || declared === `${String(status)[0]}XX` || declared === 'default'
  )
}
