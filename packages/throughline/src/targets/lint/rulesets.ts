import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** A team's lint rules and the linter that reads them. Without a file: the linter's recommended rules. */
export interface Ruleset {
  readonly linter: 'redocly' | 'spectral'
  readonly file?: string
}

const redoclyNames = ['redocly.yaml', '.redocly.yaml', 'redocly.yml', '.redocly.yml']
const spectralNames = [
  '.spectral.yaml',
  '.spectral.yml',
  '.spectral.json',
  '.spectral.js',
  '.spectral.mjs',
]

/** The rulesets that apply in a workspace: those its policy names, else those that lie at its root under their usual names. */
export function rulesetsIn(
  root: string,
  named: readonly string[],
  always: boolean,
): readonly Ruleset[] {
  const files =
    named.length > 0
      ? named
      : [redoclyNames, spectralNames].flatMap(
          (names) => names.find((name) => existsSync(join(root, name))) ?? [],
        )
  const found = files.map((file): Ruleset => ({
    linter: /spectral/i.test(file) ? 'spectral' : 'redocly',
    file,
  }))
  return found.length === 0 && always ? [{ linter: 'redocly' }] : found
}
