import type { Path } from '../../text/origin.ts'
import { isObject } from '../../text/site.ts'
import { branchFor, discriminatorOf } from '../discriminator.ts'
import { part, parts } from '../dialect.ts'
import { evaluate, explain, nodeOf, type Run, type SchemaNode } from '../node.ts'
import { either, kindOf, typesInWords } from '../words.ts'
import type { Violation } from '../violation.ts'
import type { Family } from './keywords-of.ts'

export const branchKeywords: Readonly<Record<string, Family>> = {
  allOf: (node, _, name, found) => {
    const branches = parts(node.site, name).map(nodeOf)
    if (branches.length === 0) return
    found.push({
      name,
      test: (value, run) => {
        if (run.direction !== undefined) run.within.push(node)
        let valid = true
        for (let index = 0; valid && index < branches.length; index++)
          valid = branches[index]!.test(value, run)
        if (run.direction !== undefined) run.within.pop()
        return valid
      },
      explain: (value, path, run, report) => {
        if (run.direction !== undefined) run.within.push(node)
        for (const branch of branches)
          if (!branch.test(value, run)) explain(branch, value, path, run, report)
        if (run.direction !== undefined) run.within.pop()
      },
      evaluate: (value, run, seen) => {
        for (const branch of branches) evaluate(branch, value, run, seen)
      },
    })
  },
  anyOf: (node, _, name, found) => {
    const branches = parts(node.site, name).map(nodeOf)
    if (branches.length === 0) return
    found.push({
      name,
      test: (value, run) => {
        for (let index = 0; index < branches.length; index++)
          if (branches[index]!.test(value, run)) return true
        return false
      },
      explain: (value, path, run, report) => {
        report.violations.push(...bestBranch(node, name, branches, value, path, run, report.most))
      },
      evaluate: (value, run, seen) => {
        for (const branch of branches)
          if (branch.test(value, run)) evaluate(branch, value, run, seen)
      },
    })
  },
  oneOf: (node, _, name, found) => {
    const branches = parts(node.site, name).map(nodeOf)
    if (branches.length === 0) return
    found.push({
      name,
      test: (value, run) => {
        let matching = 0
        for (let index = 0; index < branches.length; index++) {
          if (branches[index]!.test(value, run) && ++matching > 1) return false
        }
        return matching === 1
      },
      explain: (value, path, run, report) => {
        const matching = branches.flatMap((branch, index) =>
          branch.test(value, run) ? [index + 1] : [],
        )
        if (matching.length === 0) {
          report.violations.push(...bestBranch(node, name, branches, value, path, run, report.most))
          return
        }
        const message = `matches ${matching.length} of the ${branches.length} possible shapes (${matching.slice(0, 5).join(', ')}), expected exactly one`
        report.violations.push({
          path,
          keyword: name,
          message,
          expected: 'exactly one shape',
          schema: node.site,
        })
      },
      evaluate: (value, run, seen) => {
        for (const branch of branches)
          if (branch.test(value, run)) evaluate(branch, value, run, seen)
      },
    })
  },
  not: (node, _, name, found) => {
    const site = part(node.site, name)
    if (site === undefined || (typeof site.value !== 'boolean' && !isObject(site.value))) return
    const inner = nodeOf(site)
    found.push({
      name,
      test: (value, run) => !inner.test(value, run),
      explain: (_value, path, _run, report) => {
        report.violations.push({
          path,
          keyword: name,
          message: 'is what the schema forbids here (`not`)',
          schema: inner.site,
        })
      },
    })
  },
  if: (node, raw, name, found) => {
    const site = part(node.site, name)
    if (site === undefined) return
    const condition = nodeOf(site)
    const [met, unmet] = ['then', 'else'].map((keyword) => {
      const branch = Object.hasOwn(raw, keyword) ? part(node.site, keyword) : undefined
      return branch && nodeOf(branch)
    })
    const branchOf = (value: unknown, run: Run): SchemaNode | undefined =>
      condition.test(value, run) ? met : unmet
    found.push({
      name,
      test: (value, run) => branchOf(value, run)?.test(value, run) ?? true,
      explain: (value, path, run, report) => {
        const branch = branchOf(value, run)
        if (branch !== undefined) explain(branch, value, path, run, report)
      },
      evaluate: (value, run, seen) => {
        if (condition.test(value, run)) {
          evaluate(condition, value, run, seen)
          if (met !== undefined) evaluate(met, value, run, seen)
        } else if (unmet !== undefined) evaluate(unmet, value, run, seen)
      },
    })
  },
}

/**
 * What is wrong by the branch that the value was most likely meant for: the discriminator's, else the one whose
 * type and tags fit and that has least to complain about.
 */
function bestBranch(
  node: SchemaNode,
  keyword: string,
  branches: readonly SchemaNode[],
  value: unknown,
  path: Path,
  run: Run,
  most: number,
): readonly Violation[] {
  const discriminator = discriminatorOf(node.site)
  if (discriminator !== undefined && isObject(value)) {
    const chosen = branchFor(
      node.site,
      discriminator,
      value,
      branches.map((branch) => branch.site),
    )
    if (chosen.kind === 'branch') return complaints(branches[chosen.index]!, value, path, run, most)
    if (chosen.kind === 'unknown') {
      const expected = either(chosen.known.map((one) => `"${one}"`))
      const message =
        chosen.tag === undefined
          ? `has no \`${discriminator.propertyName}\`, which says what shape it has (${expected})`
          : `is ${JSON.stringify(chosen.tag)}, expected ${expected}`
      const at = chosen.tag === undefined ? path : [...path, discriminator.propertyName]
      return [{ path: at, keyword: 'discriminator', message, expected, schema: node.site }]
    }
  }
  const tried = branches.map((branch) => {
    const found = complaints(branch, value, path, run, Math.min(most, 20))
    return { found, rank: rankOf(found, path) }
  })
  const best = tried.toSorted((a, b) => a.rank - b.rank)[0]
  if (best === undefined) return []
  if (best.rank < wrongType) return best.found
  const types = [...new Set(branches.flatMap((branch) => typesOf(branch)))]
  const shapes = types.length > 0 ? typesInWords(types) : `one of ${branches.length} shapes`
  const only = tried.length === 1 ? best.found : undefined
  return (
    only ?? [
      {
        path,
        keyword,
        message: `is ${kindOf(value)}, expected ${shapes}`,
        expected: shapes,
        schema: node.site,
      },
    ]
  )
}

function complaints(
  branch: SchemaNode,
  value: unknown,
  path: Path,
  run: Run,
  most: number,
): readonly Violation[] {
  const violations: Violation[] = []
  explain(branch, value, path, run, { violations, most })
  return violations
}

const wrongType = 10_000
const wrongTag = 1_000

function rankOf(found: readonly Violation[], path: Path): number {
  let rank = found.length
  for (const one of found) {
    const depth = one.path.length - path.length
    if (depth === 0 && (one.keyword === 'type' || one.keyword === 'false')) rank += wrongType
    else if (depth === 0 && (one.keyword === 'const' || one.keyword === 'enum'))
      rank += wrongTag / 2
    else if (depth === 1 && (one.keyword === 'const' || one.keyword === 'enum')) rank += wrongTag
    else if (depth === 0 && one.keyword === 'required') rank += 2
    else rank += 1 / (1 + depth)
  }
  return rank
}

function typesOf(branch: SchemaNode, depth = 0): readonly string[] {
  const { value } = branch.site
  if (!isObject(value) || depth > 8) return []
  const type = value['type']
  if (typeof type === 'string') return [type]
  if (Array.isArray(type)) return type.filter((one) => typeof one === 'string')
  const target = branch
    .keywords()
    .find((one) => one.name === '$ref')
    ?.target?.()
  return target === undefined ? [] : typesOf(target, depth + 1)
}
