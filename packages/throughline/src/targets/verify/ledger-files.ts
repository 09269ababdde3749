import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Graph } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { ledgerFrom, ledgerText, type Ledger, type Recipe } from './ledger.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { writeAtomically } from '../../workspace/write.ts'

/** How documented statuses were reached before: `reached/<api>.json`, a file for each API. Says on stderr which it can't read. */
export function ledgerOf({ root }: Pick<Workspace, 'root'>, { apis }: Graph, io: Says): Ledger {
  const all = new Map<string, ReadonlyMap<string, Recipe>>()
  for (const { name } of apis.filter(hasPlainName)) {
    const text = readable(fileOf(root, name))
    if (text === undefined) continue
    const ledger = ledgerFrom(text, name)
    if (ledger === undefined)
      io.stderr.write(
        `reached/${name}.json is not what \`throughline test --ledger\` writes, and is passed over.\n`,
      )
    else for (const [operation, recipes] of ledger) all.set(operation, recipes)
  }
  return all
}

/** Writes down what is known now; a file that would stay the same is left alone. Throws `CannotRun` (TL9004). */
export function ledgerKept(
  { root }: Pick<Workspace, 'root'>,
  { apis }: Graph,
  ledger: Ledger,
  io: Says,
): void {
  for (const { name } of apis.filter(hasPlainName)) {
    if (![...ledger.keys()].some((one) => one.startsWith(`${name}.`))) continue
    const text = ledgerText(ledger, name)
    const path = fileOf(root, name)
    if (readable(path) === text) continue
    try {
      writeAtomically(path, text)
    } catch (error) {
      throw new CannotRun(
        'TL9004',
        `reached/${name}.json cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
    io.stderr.write(`Wrote reached/${name}.json\n`)
  }
}

/** Who hears what a person should know. */
interface Says {
  readonly stderr: { readonly write: (text: string) => unknown }
}

/** A name that is no id is reported by `check`; it must not lead out of the folder. */
function hasPlainName({ name }: Graph['apis'][number]): boolean {
  return /^[\w-]{1,100}$/.test(name)
}

const longest = 20_000_000

function fileOf(root: string, api: string): string {
  return join(root, 'reached', `${api}.json`)
}

function readable(path: string): string | undefined {
  try {
    return statSync(path).size > longest ? undefined : readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
