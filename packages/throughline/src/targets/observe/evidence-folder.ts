import { join } from 'node:path'

/** Where a workspace keeps its evidence on this machine. */
export function evidenceFolder(root: string): string {
  return join(root, '.throughline', 'evidence')
}
