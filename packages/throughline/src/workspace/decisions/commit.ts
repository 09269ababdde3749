import { gitIn } from '../git.ts'
import { authorOf } from './person.ts'

export interface Committed {
  /** The short hash; none where nothing could be committed. */
  readonly commit?: string
  /** Why not, in words. */
  readonly problem?: string
}

/**
 * Commits exactly these files (paths of the workspace), in the name of a person; whatever else is changed or staged stays as it is.
 * Hooks of the repository run, and may refuse.
 */
export function commitFiles(
  root: string,
  paths: readonly string[],
  message: string,
  person: string,
): Committed {
  const git = gitIn(root)
  const { name, address } = authorOf(person)
  const added = git(['add', '--', ...paths.map(literal)])
  if (added.status !== 0) return { problem: firstLine(added.err) }
  const { status, err, out } = git([
    ...(git(['config', '--get', 'user.email']).status === 0
      ? []
      : ['-c', `user.name=${name}`, '-c', `user.email=${address || 'unknown@localhost'}`]),
    'commit',
    '--quiet',
    `--author=${name} <${address}>`,
    '--only',
    '-m',
    message,
    '--',
    ...paths.map(literal),
  ])
  if (status !== 0) return { problem: firstLine(err || out.toString()) }
  return { commit: git(['rev-parse', '--short', 'HEAD']).out.toString().trim() }
}

/** A path and no pattern. */
function literal(path: string): string {
  return `:(literal)${path}`
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 300) ?? 'git says nothing'
}
