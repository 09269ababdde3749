import { spawn } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { constants, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Target } from '../workspace/workspace.ts'

/** What a process of its own has to know to check a workspace. */
export interface ErrorCountAsk {
  readonly target: Target
  /** As it was at this git commit, instead of now. */
  readonly commit?: string
}

/**
 * Checks a workspace and says how many errors it has, in a process of its own: a big contract's check takes half a second in which
 * a server would answer nobody, and memory that its process would keep. Where that process cannot run, nothing is said.
 * Returns how to call it off.
 */
export function errorCount(ask: ErrorCountAsk, onCount: (errors: number) => void): () => void {
  const entry = new URL(
    import.meta.url.endsWith('.ts') ? './error-count-process.ts' : './error-count-process.js',
    import.meta.url,
  )
  const cache = getCompileCacheDir()
  const child = spawn(process.execPath, [fileURLToPath(entry)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...(cache !== undefined && { NODE_COMPILE_CACHE: cache }) },
    windowsHide: true,
  })
  let calledOff = false
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  // Neither a process that cannot start nor one that was ended early is of any interest to those who are served.
  child.on('error', () => {})
  child.stdin.on('error', () => {})
  child.on('close', (status) => {
    if (status === 0 && !calledOff && /^\d+$/.test(said)) onCount(Number(said))
  })
  child.stdin.end(JSON.stringify(ask))
  child.unref()
  behindOthers(child.pid)
  return () => {
    calledOff = true
    child.kill('SIGKILL')
  }
}

/** Where cores are few, answers come first. */
function behindOthers(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended already, or the system does not let us.
  }
}
