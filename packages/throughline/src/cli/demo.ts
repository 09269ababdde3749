import { confirm, isCancel } from '@clack/prompts'
import { cpSync, existsSync, mkdtempSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { CannotRun } from '../cannot-run.ts'
import type { Io } from './io.ts'
import { packageFolder } from './package.ts'

/**
 * Copies the example shop, to look around in and to edit freely: into `folder`, which must be new or empty, or into a new
 * one for temporary files. Returns where it lies. Throws `CannotRun` (TL9004) where it cannot be written.
 */
export function demoWorkspace(folder: string | undefined, cwd: string): string {
  const target =
    folder === undefined ? mkdtempSync(join(tmpdir(), 'throughline-demo-')) : resolve(cwd, folder)
  if (existsSync(target) && (!statSync(target).isDirectory() || readdirSync(target).length > 0))
    throw new CannotRun(
      'TL9004',
      `There is something in ${folder} already. Name a folder for the example that is new or empty.`,
    )
  try {
    cpSync(exampleFolder(), target, {
      recursive: true,
      filter: (source) => basename(source) !== 'test',
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CannotRun('TL9004', `The example cannot be written to ${folder ?? target}: ${why}`)
  }
  return realpathSync.native(target)
}

/** Asks on a terminal whether somebody without a workspace wants to look around in the example. */
export async function wantsDemo(terminal: NonNullable<Io['terminal']>): Promise<boolean> {
  const answer = await confirm({
    message: 'There is no workspace here. Look around in the example shop?',
    ...terminal,
  })
  return !isCancel(answer) && answer
}

/** Where the example lies: beside the bundle when installed, in the house in a checkout. */
function exampleFolder(): string {
  const installed = join(packageFolder(), 'dist', 'demo')
  return existsSync(installed)
    ? installed
    : join(packageFolder(), '..', '..', 'examples', 'storefront')
}
