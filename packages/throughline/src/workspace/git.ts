import { spawnSync } from 'node:child_process'
import { CannotRun } from '../cannot-run.ts'

interface Ran {
  readonly status: number | null
  readonly out: Buffer
  readonly err: string
}
export type Git = (args: readonly string[], input?: string, mostBytes?: number) => Ran

/** Runs git in a folder. Throws `CannotRun` (TL9005) where there is no git. */
export function gitIn(root: string): Git {
  // A hook's own GIT_DIR would lead every command to the hook's repository.
  const {
    GIT_DIR: _dir,
    GIT_WORK_TREE: _tree,
    GIT_INDEX_FILE: _index,
    GIT_PREFIX: _prefix,
    ...kept
  } = process.env
  const env = { ...kept, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' }
  return (args, input, mostBytes = 256 * 1024 * 1024) => {
    const { status, stdout, stderr, error } = spawnSync('git', ['--no-pager', ...args], {
      cwd: root,
      env,
      maxBuffer: mostBytes,
      ...(input !== undefined && { input }),
    })
    if (error !== undefined) {
      const missing = 'code' in error && error.code === 'ENOENT'
      throw new CannotRun(
        'TL9005',
        missing
          ? 'This needs git, and there is no `git` on this machine. Install it first.'
          : `git could not be run: ${error.message}.`,
      )
    }
    return { status, out: stdout, err: stderr.toString() }
  }
}
