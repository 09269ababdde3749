import { readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import {
  BaseResolver,
  createConfig,
  getLineColLocation,
  lint,
  loadConfig,
  Source,
} from '@redocly/openapi-core'
import type { LintFinding, LintJob } from './finding.ts'

/** Lints with `@redocly/openapi-core`. Nothing is fetched: a reference to the network is left for the linter to report. */
export async function redoclyFindings(job: LintJob): Promise<readonly LintFinding[]> {
  const { root, contract, ruleset } = job
  const externalRefResolver = new LocalFiles()
  const config =
    ruleset.file === undefined
      ? await createConfig({ extends: ['recommended'] })
      : await loadConfig({ configPath: join(root, ruleset.file), externalRefResolver })
  const problems = await lint({ ref: join(root, contract), config, externalRefResolver })
  return problems
    .filter((problem) => problem.ignored !== true)
    .map((problem) => {
      const location = getLineColLocation(problem.location[0]!)
      const start = { line: location.start.line, column: location.start.col }
      return {
        code: 'TL4006',
        severity: problem.severity === 'error' ? 'error' : 'warning',
        file: relative(root, location.source.absoluteRef).split(sep).join('/'),
        range: {
          start,
          end:
            location.end === undefined
              ? start
              : { line: location.end.line, column: location.end.col },
        },
        details: {
          problem: problem.message.replace(/\s+/g, ' ').replace(/\.$/, ''),
          ruleset: ruleset.file ?? 'redocly recommended',
          rule: problem.ruleId,
        },
      }
    })
}

class LocalFiles extends BaseResolver {
  override async loadExternalRef(absoluteRef: string): Promise<Source> {
    if (/^[a-z][a-z0-9+.-]+:/i.test(absoluteRef))
      throw new Error(`${absoluteRef} is on the network: it is not fetched.`)
    return new Source(absoluteRef, await readFile(absoluteRef, 'utf8'))
  }
}
