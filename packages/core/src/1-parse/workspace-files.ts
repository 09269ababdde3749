/** Which file of a workspace is what, by its name. Everything is sorted, so that two machines see the same order. */
export interface WorkspaceFiles {
  /** `throughline.yaml`; `undefined` where there is none. */
  readonly workspace: string | undefined
  /** Its folder, without a trailing slash; `''` for the root. */
  readonly folder: string
  readonly journeys: readonly string[]
  readonly personas: readonly string[]
  readonly scenarios: readonly string[]
  readonly policies: readonly string[]
  readonly monitors: readonly string[]
  readonly surveys: readonly string[]
  readonly experiments: readonly string[]
  readonly waivers: readonly string[]
  /** Files of threads: `decisions/<thread>/*.proposal.yaml`, `.comment`, `.sign-off`, `.decision`. */
  readonly decisions: readonly string[]
}

/**
 * Journeys, scenarios, monitors, surveys, experiments and waivers are known by their endings, wherever they lie; personas by their folder; the policy
 * stands beside `throughline.yaml`. What lies below another `throughline.yaml` belongs to that workspace.
 */
export function filesOfWorkspace(paths: readonly string[]): WorkspaceFiles {
  const ours = paths
    .filter((path) => /\.(ya?ml|json)$/.test(path) && !/(^|\/)(node_modules|\.[^/]+)\//.test(path))
    .toSorted()
  const workspaces = ours
    .filter((path) => /(^|\/)throughline\.(ya?ml|json)$/.test(path))
    .toSorted(shallowestFirst)
  const workspace = workspaces[0]
  const folder = workspace === undefined ? '' : folderOf(workspace)
  const others = workspaces.map((path) => folderOf(path)).filter((other) => other !== folder)
  const own = ours.filter((path) => !others.some((other) => path.startsWith(`${other}/`)))
  const matching = (pattern: RegExp): readonly string[] => own.filter((path) => pattern.test(path))
  const beside = own.filter((path) => folder === '' || path.startsWith(`${folder}/`))
  const besideMatching = (pattern: RegExp): readonly string[] =>
    beside.filter((path) => pattern.test(folder === '' ? path : path.slice(folder.length + 1)))
  return {
    workspace,
    folder,
    journeys: matching(/\.journey\.(ya?ml|json)$/),
    personas: besideMatching(/^personas\/.+\.(ya?ml|json)$/),
    scenarios: matching(/\.scenario\.(ya?ml|json)$/),
    policies: besideMatching(/^policy\.(ya?ml|json)$/),
    monitors: matching(/\.monitor\.(ya?ml|json)$/),
    surveys: matching(/\.survey\.(ya?ml|json)$/),
    experiments: matching(/\.experiment\.(ya?ml|json)$/),
    waivers: matching(/\.waiver\.(ya?ml|json)$/),
    decisions: besideMatching(
      /^decisions\/[^/]+\/[^/]+\.(proposal|comment|sign-off|decision)\.(ya?ml|json)$/,
    ),
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** `path` as counted from `folder`; `..` may lead out of the workspace, which reading it then refuses. */
export function joined(folder: string, path: string): string {
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(path)) return path
  const parts: string[] = []
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}

function shallowestFirst(a: string, b: string): number {
  const depth = (path: string): number => path.split('/').length
  const kind = (path: string): number =>
    ['yaml', 'yml', 'json'].indexOf(path.slice(path.lastIndexOf('.') + 1))
  return (
    depth(a) - depth(b) ||
    (folderOf(a) < folderOf(b) ? -1 : folderOf(a) > folderOf(b) ? 1 : kind(a) - kind(b))
  )
}
