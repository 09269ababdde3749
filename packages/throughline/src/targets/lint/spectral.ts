import { createRequire } from 'node:module'
import { readFileSync, promises } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { LintFinding, LintJob } from './finding.ts'

// Only what is used of Spectral, which is not a dependency: a team that has rulesets for it has it installed.
interface SpectralResult {
  readonly code: string | number
  readonly message: string
  readonly severity: 0 | 1 | 2 | 3
  readonly source?: string
  readonly range: { readonly start: SpectralPosition; readonly end: SpectralPosition }
}
interface SpectralPosition {
  readonly line: number
  readonly character: number
}
interface SpectralCore {
  readonly Spectral: new () => {
    setRuleset(ruleset: unknown): void
    run(document: unknown): Promise<readonly SpectralResult[]>
  }
  readonly Document: new (text: string, parser: unknown, source: string) => unknown
}
interface SpectralParsers {
  readonly Json: unknown
  readonly Yaml: unknown
}
interface SpectralBundler {
  bundleAndLoadRuleset(path: string, io: unknown): Promise<unknown>
}

/** Lints with the Spectral that the team has installed beside its workspace. */
export async function spectralFindings(job: LintJob): Promise<readonly LintFinding[]> {
  const { root, contract, ruleset } = job
  const load = loaderFrom(root)
  const { Spectral, Document } = load('@stoplight/spectral-core') as SpectralCore
  const parsers = load('@stoplight/spectral-parsers') as SpectralParsers
  const bundler = load('@stoplight/spectral-ruleset-bundler/with-loader') as SpectralBundler

  const spectral = new Spectral()
  spectral.setRuleset(
    await bundler.bundleAndLoadRuleset(join(root, ruleset.file!), {
      fs: { promises },
      fetch: refuseNetwork,
    }),
  )
  const path = join(root, contract)
  const parser = /\.json$/i.test(contract) ? parsers.Json : parsers.Yaml
  const results = await spectral.run(new Document(readFileSync(path, 'utf8'), parser, path))
  return results.map((result) => ({
    code: 'TL4006',
    severity: result.severity === 0 ? 'error' : result.severity === 1 ? 'warning' : 'info',
    file: relative(root, result.source ?? path)
      .split(sep)
      .join('/'),
    range: { start: positionOf(result.range.start), end: positionOf(result.range.end) },
    details: {
      problem: result.message.replace(/\s+/g, ' ').replace(/\.$/, ''),
      ruleset: ruleset.file!,
      rule: String(result.code),
    },
  }))
}

function loaderFrom(root: string): (name: string) => unknown {
  const require = createRequire(join(root, 'package.json'))
  return (name) => {
    try {
      return require(name) as unknown
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') {
        throw new Error(
          `the package ${name} is not installed here. Run \`npm install -D @stoplight/spectral-core @stoplight/spectral-parsers @stoplight/spectral-ruleset-bundler @stoplight/spectral-rulesets\`, or remove the ruleset.`,
          { cause: error },
        )
      }
      throw error
    }
  }
}

function refuseNetwork(address: unknown): Promise<never> {
  return Promise.reject(new Error(`${String(address)} is on the network: it is not fetched.`))
}

function positionOf({ line, character }: SpectralPosition): { line: number; column: number } {
  return { line: line + 1, column: character + 1 }
}
