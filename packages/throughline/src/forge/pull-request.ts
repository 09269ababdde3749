/** A pull request (GitHub) or merge request (GitLab) that a job runs for, and how to speak to its host. */
export interface PullRequest {
  readonly host: 'github' | 'gitlab'
  /** Base of the API, without a slash at the end: `https://api.github.com`. */
  readonly api: string
  /** `/repos/shop/store/issues/12/comments`, `/projects/7/merge_requests/12/notes` */
  readonly comments: string
  /** Where one comment is changed; its id follows. */
  readonly comment: string
  readonly token: string
}

/** Why there is no pull request to write to, in words. */
export interface NoPullRequest {
  readonly reason: string
}

/**
 * Reads from a CI job's environment which pull request it runs for. `readFile` gives a file's text, or `undefined`.
 * GitHub: https://docs.github.com/actions/reference/workflows-and-actions/variables; GitLab: predefined CI/CD variables.
 */
export function pullRequestOf(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string | undefined,
): PullRequest | NoPullRequest {
  if (env['GITHUB_ACTIONS'] === 'true') return githubPullRequest(env, readFile)
  if (env['GITLAB_CI'] === 'true') return gitlabMergeRequest(env)
  return {
    reason:
      'This is no GitHub or GitLab job (neither GITHUB_ACTIONS nor GITLAB_CI is set to `true`).',
  }
}

function githubPullRequest(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string | undefined,
): PullRequest | NoPullRequest {
  const token = env['GITHUB_TOKEN'] ?? env['GH_TOKEN']
  if (token === undefined || token === '')
    return { reason: 'GITHUB_TOKEN is not set: pass `github.token` to the step.' }
  const repository = env['GITHUB_REPOSITORY'] ?? ''
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository))
    return { reason: 'GITHUB_REPOSITORY is not set to `owner/name`.' }
  const number = numberIn(readFile(env['GITHUB_EVENT_PATH'] ?? ''))
  if (number === undefined)
    return { reason: 'The event of this job is about no pull request (GITHUB_EVENT_PATH).' }
  return {
    host: 'github',
    api: withoutSlash(env['GITHUB_API_URL'] ?? 'https://api.github.com'),
    comments: `/repos/${repository}/issues/${number}/comments`,
    comment: `/repos/${repository}/issues/comments`,
    token,
  }
}

/** The number of the pull request that an event payload is about. */
function numberIn(payload: string | undefined): number | undefined {
  let event: unknown
  try {
    event = JSON.parse(payload ?? '')
  } catch {
    return undefined
  }
  const request = own(event, 'pull_request') ?? own(event, 'issue') // a comment on a pull request carries it as an issue
  const number = own(request, 'number') ?? own(event, 'number')
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : undefined
}

function gitlabMergeRequest(
  env: Readonly<Record<string, string | undefined>>,
): PullRequest | NoPullRequest {
  // The token of a job may read, but not write, notes.
  const token = env['THROUGHLINE_GITLAB_TOKEN'] ?? env['GITLAB_TOKEN']
  if (token === undefined || token === '')
    return {
      reason: 'GITLAB_TOKEN is not set: give the job a project access token with the scope `api`.',
    }
  const request = env['CI_MERGE_REQUEST_IID'] ?? ''
  const project = env['CI_MERGE_REQUEST_PROJECT_ID'] ?? env['CI_PROJECT_ID'] ?? ''
  if (!/^\d+$/.test(request) || !/^\d+$/.test(project))
    return { reason: 'This job runs for no merge request (CI_MERGE_REQUEST_IID).' }
  const notes = `/projects/${project}/merge_requests/${request}/notes`
  return {
    host: 'gitlab',
    api: withoutSlash(env['CI_API_V4_URL'] ?? 'https://gitlab.com/api/v4'),
    comments: notes,
    comment: notes,
    token,
  }
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
