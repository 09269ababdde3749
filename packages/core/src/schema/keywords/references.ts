import type { Site } from '../../text/site.ts'
import { resolveDynamicReference, resolveReference, resourceRoot } from '../../1-parse/reference.ts'
import { asWritten } from '../dialect.ts'
import {
  evaluate,
  explain,
  nodeOf,
  type Keyword,
  type Run,
  type Scope,
  type SchemaNode,
} from '../node.ts'
import { objectIn } from '../narrow.ts'
import type { Family } from './keywords-of.ts'

export const referenceKeywords: Readonly<Record<string, Family>> = {
  $ref: (node, raw, name, found) => {
    const reference = raw[name]
    if (typeof reference !== 'string') return
    let target: Target | undefined
    found.push(
      following(
        name,
        () => (target ??= targetAt(resolveReference(asWritten(node.site), reference))),
      ),
    )
  },
  $dynamicRef: (node, raw, name, found) => {
    const reference = raw[name]
    if (typeof reference !== 'string') return
    const initial = resolveReference(asWritten(node.site), reference)
    const anchor = reference.slice(reference.indexOf('#') + 1)
    // Only a reference to a `$dynamicAnchor` of that name is dynamic (JSON Schema 2020-12, 8.2.3.2).
    if (objectIn(initial?.value)['$dynamicAnchor'] !== anchor) {
      let target: Target | undefined
      found.push(following(name, () => (target ??= targetAt(initial))))
      return
    }
    found.push(
      following(name, (run) =>
        targetAt(
          resolveDynamicReference(asWritten(node.site), reference, outermostFirst(run?.scope)),
        ),
      ),
    )
  },
}

function outermostFirst(scope: Scope | undefined): readonly Site[] {
  const resources: Site[] = []
  for (let here = scope; here !== undefined; here = here.outer) resources.push(here.resource)
  return resources.toReversed()
}

interface Target {
  /** `undefined` where the reference leads nowhere. */
  readonly node: SchemaNode | undefined
  readonly resource: Site | undefined
}

function targetAt(site: Site | undefined): Target {
  return site === undefined
    ? { node: undefined, resource: undefined }
    : { node: nodeOf(site), resource: resourceRoot(site) }
}

const deepest = 400

/** Applies whatever schema `targetOf` names; one that leads back to itself on the same value adds nothing. */
function following(name: string, targetOf: (run: Run | undefined) => Target): Keyword {
  const inside = <Result>(
    value: unknown,
    run: Run,
    otherwise: Result,
    act: (target: SchemaNode) => Result,
  ): Result => {
    const { node, resource } = targetOf(run)
    if (node === undefined || node.active === value || run.depth > deepest || run.fuel-- < 0)
      return otherwise
    const { active } = node
    const { scope } = run
    node.active = value
    run.depth++
    if (resource !== undefined && scope?.resource.value !== resource.value)
      run.scope = { resource, outer: scope }
    const result = act(node)
    run.scope = scope
    run.depth--
    node.active = active
    return result
  }
  return {
    name,
    test: (value, run) => inside(value, run, true, (target) => target.test(value, run)),
    explain: (value, path, run, report) =>
      inside(value, run, undefined, (target) => explain(target, value, path, run, report)),
    evaluate: (value, run, seen) =>
      inside(value, run, undefined, (target) => evaluate(target, value, run, seen)),
    target: () => targetOf(undefined).node,
  }
}
