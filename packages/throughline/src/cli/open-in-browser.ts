import { spawn } from 'node:child_process'
import type { Io } from './io.ts'

/** Opens an address with whatever the system opens addresses with; says so where there is nothing. */
export function openInBrowser(url: string, io: Io): void {
  const [command = '', ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => io.stderr.write(`No browser could be opened here. Open ${url}\n`))
  child.unref()
}
