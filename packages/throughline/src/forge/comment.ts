import type { PullRequest } from './pull-request.ts'

/** What became of a report. */
export type Commented =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly url: string }
  /** There is nothing to say, and nothing was said before. */
  | { readonly kind: 'nothing' }
  /** The host does not let this job write: a pull request from a fork, or a token without the right. */
  | { readonly kind: 'refused'; readonly reason: string }

export interface Report {
  /** Tells this report from others on the same pull request: `diff`, `audit`. */
  readonly name: string
  /** Markdown; empty when there is nothing to say. */
  readonly text: string
}

/** What a comment may hold: GitHub refuses more than 65,536 characters, GitLab more than a million. */
const longest = { github: 65_000, gitlab: 900_000 } as const
const perPage = 100
const mostPages = 30
const tries = 3

/** Speaks to a host as `fetch` does; `wait` sleeps for milliseconds. */
export interface Line {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly wait: (ms: number) => Promise<void>
}

/** A host that cannot be reached, or answers what it should not. Its message is for people. */
export class HostFailed extends Error {
  override readonly name = 'HostFailed'
}

/**
 * Puts a report on a pull request as one comment, and on each later run changes that comment in place.
 * Only a comment that this same account wrote is ever changed. Throws `HostFailed`.
 */
export async function commentOn(
  place: PullRequest,
  { name, text }: Report,
  line: Line,
): Promise<Commented> {
  const marker = `<!-- throughline: ${name} -->`
  const before = await earlier(place, marker, line)
  if (before === 'refused') return refusedTo('read the comments')
  if (text.trim() === '' && before === undefined) return { kind: 'nothing' }
  const said = text.trim() === '' ? 'Nothing to report any more.' : text.trim()
  const body = `${marker}\n${shortened(said, longest[place.host])}`
  if (before !== undefined && before.body.trim() === body.trim())
    return { kind: 'unchanged', url: before.url }

  const answer = await ask(place, line, {
    method: before === undefined ? 'POST' : place.host === 'github' ? 'PATCH' : 'PUT',
    path: before === undefined ? place.comments : `${place.comment}/${before.id}`,
    body: { body },
  })
  if (answer.status === 401 || answer.status === 403 || answer.status === 404)
    return refusedTo('write a comment')
  if (!answer.ok) throw failed(place, answer.status, await detailIn(answer))
  const written = (await jsonIn(answer)) as Readonly<Record<string, unknown>> | undefined
  return {
    kind: before === undefined ? 'created' : 'updated',
    url: urlIn(written) ?? before?.url ?? '',
  }

  function refusedTo(act: string): Commented {
    const right =
      place.host === 'github'
        ? 'The job needs `permissions: { pull-requests: write }`, and a pull request from a fork never has it.'
        : 'The token needs the scope `api` and the role Reporter or above.'
    return { kind: 'refused', reason: `This job may not ${act}. ${right}` }
  }
}

interface Earlier {
  readonly id: number
  readonly body: string
  readonly url: string
}

/** The comment of an earlier run: ours by its marker and by who wrote it, for anybody can copy a marker. */
async function earlier(
  place: PullRequest,
  marker: string,
  line: Line,
): Promise<Earlier | 'refused' | undefined> {
  const me = await accountOf(place, line)
  for (let page = 1; page <= mostPages; page++) {
    const answer = await ask(place, line, {
      method: 'GET',
      path: `${place.comments}?per_page=${perPage}&page=${page}`,
    })
    if (answer.status === 401 || answer.status === 403 || answer.status === 404) return 'refused'
    if (!answer.ok) throw failed(place, answer.status, await detailIn(answer))
    const list = await jsonIn(answer)
    if (!Array.isArray(list))
      throw new HostFailed(`${place.api} answered something that is no list of comments.`)
    for (const one of list as readonly unknown[]) {
      const { id, body } = objectOf(one)
      if (typeof id !== 'number' || typeof body !== 'string' || !body.startsWith(marker)) continue
      const author = objectOf(objectOf(one)[place.host === 'github' ? 'user' : 'author'])
      const ours = me === undefined ? author['type'] === 'Bot' : author['id'] === me
      if (ours) return { id, body, url: urlIn(objectOf(one)) ?? '' }
    }
    if (list.length < perPage) return undefined
  }
  return undefined
}

/** The id of the account behind the token; a GitHub job's own token has none, and its comments are a bot's. */
async function accountOf(place: PullRequest, line: Line): Promise<number | undefined> {
  const answer = await ask(place, line, { method: 'GET', path: '/user' })
  const { id } = answer.ok ? objectOf(await jsonIn(answer)) : { id: undefined }
  return typeof id === 'number' ? id : undefined
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

/** Asks once more when the host is busy, as long as it says, within reason. */
async function ask(
  { api, host, token }: PullRequest,
  { fetch, wait }: Line,
  { method, path, body }: Asked,
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    let answer: Response
    try {
      answer = await fetch(`${api}${path}`, {
        method,
        redirect: 'error', // a token is sent nowhere else
        headers: {
          accept: host === 'github' ? 'application/vnd.github+json' : 'application/json',
          'user-agent': 'throughline',
          ...(host === 'github'
            ? { authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' }
            : { 'private-token': token }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      })
    } catch (error) {
      if (attempt >= tries || method === 'POST')
        throw new HostFailed(`${api} cannot be reached: ${reasonOf(error)}.`)
      await wait(attempt * 1000)
      continue
    }
    const busy = answer.status === 429 || answer.status >= 500
    // A comment that may have been written is not written twice.
    if (!busy || attempt >= tries || (method === 'POST' && answer.status !== 429)) return answer
    const seconds = Number(answer.headers.get('retry-after') ?? attempt)
    await wait(Math.min(Number.isFinite(seconds) ? seconds : attempt, 60) * 1000)
  }
}

function failed({ api }: PullRequest, status: number, detail: string): HostFailed {
  return new HostFailed(`${api} answered ${status}${detail === '' ? '' : `: ${detail}`}.`)
}

async function detailIn(answer: Response): Promise<string> {
  const said = objectOf(await jsonIn(answer))['message']
  return typeof said === 'string' ? said.slice(0, 200).replace(/\.$/, '') : ''
}

async function jsonIn(answer: Response): Promise<unknown> {
  return answer.json().catch(() => undefined)
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function urlIn(comment: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const url = comment?.['html_url'] ?? comment?.['web_url']
  return typeof url === 'string' ? url : undefined
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

/** Cuts at a line, and closes what Markdown would leave open. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const kept = text.slice(0, text.lastIndexOf('\n', most - 300))
  const count = (mark: RegExp): number => kept.match(mark)?.length ?? 0
  const fence = count(/^```/gm) % 2 === 1 ? '\n```' : ''
  const open = Math.max(0, count(/<details/g) - count(/<\/details>/g))
  return `${kept}${fence}${'\n</details>'.repeat(open)}\n\n*Cut here: the whole report is longer than a comment may be. It stands in the log of the job.*`
}
