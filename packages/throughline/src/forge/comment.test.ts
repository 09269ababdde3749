import { expect, test } from 'vitest'
import { commentOn, HostFailed, type Commented } from './comment.ts'
import { pullRequestOf, type PullRequest } from './pull-request.ts'

// Answers as the hosts give them, shortened to what a client reads.

interface Kept {
  id: number
  body: string
  by: number
}

/** A code host with one pull request. */
class Host {
  readonly comments: Kept[] = []
  readonly asked: string[] = []
  /** Statuses to answer with before behaving. */
  readonly moods: number[] = []
  readonly waits: number[] = []
  readonly kind: 'github' | 'gitlab'
  readonly me: number | undefined
  readonly mayWrite: boolean

  constructor(kind: 'github' | 'gitlab', me: number | undefined = 41, mayWrite = true) {
    this.kind = kind
    this.me = me
    this.mayWrite = mayWrite
  }

  readonly line = {
    fetch: async (url: string, init: RequestInit): Promise<Response> => {
      const { pathname, searchParams } = new URL(url)
      this.asked.push(`${init.method} ${pathname}`)
      const mood = this.moods.shift()
      if (mood === 0) throw new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })
      if (mood !== undefined)
        return Response.json(
          { message: 'Slow down.' },
          { status: mood, headers: { 'retry-after': '7' } },
        )
      if (pathname.endsWith('/user'))
        return this.me === undefined
          ? Response.json({ message: 'Resource not accessible by integration' }, { status: 403 })
          : Response.json({ id: this.me })
      if (init.method === 'GET') {
        const page = Number(searchParams.get('page'))
        return Response.json(
          this.comments.slice((page - 1) * 100, page * 100).map((one) => this.shown(one)),
        )
      }
      if (!this.mayWrite) return Response.json({ message: 'Forbidden' }, { status: 403 })
      const { body } = JSON.parse(init.body as string) as { body: string }
      const id = Number(pathname.split('/').at(-1))
      let one = this.comments.find((kept) => kept.id === id)
      if (one === undefined)
        this.comments.push((one = { id: this.comments.length + 1, body, by: this.me ?? 7 }))
      else one.body = body
      return Response.json(this.shown(one), { status: init.method === 'POST' ? 201 : 200 })
    },
    wait: async (ms: number): Promise<void> => {
      this.waits.push(ms)
    },
  }

  private shown({ id, body, by }: Kept) {
    const account = { id: by, type: by === 7 ? 'Bot' : 'User' }
    return this.kind === 'github'
      ? { id, body, user: account, html_url: `https://github.example/shop/pull/12#${id}` }
      : { id, body, author: account }
  }

  place(): PullRequest {
    const place = pullRequestOf(environments[this.kind], () => event)
    if ('reason' in place) throw new Error(place.reason)
    return place
  }

  say(text: string, name = 'diff'): Promise<Commented> {
    return commentOn(this.place(), { name, text }, this.line)
  }
}

const event = JSON.stringify({ action: 'synchronize', number: 12, pull_request: { number: 12 } })
const environments = {
  github: {
    GITHUB_ACTIONS: 'true',
    GITHUB_TOKEN: 'a-token',
    GITHUB_REPOSITORY: 'corner-market/shop',
    GITHUB_EVENT_PATH: '/event.json',
    GITHUB_API_URL: 'https://api.github.example/',
  },
  gitlab: {
    GITLAB_CI: 'true',
    GITLAB_TOKEN: 'a-token',
    CI_API_V4_URL: 'https://gitlab.example/api/v4',
    CI_PROJECT_ID: '7',
    CI_MERGE_REQUEST_IID: '12',
  },
}

test.each(['github', 'gitlab'] as const)('changes its one comment in place on %s', async (kind) => {
  const host = new Host(kind)
  expect((await host.say('`eta` is gone: breaks checkout/basket')).kind).toBe('created')
  expect((await host.say('`eta` is back')).kind).toBe('updated')
  expect((await host.say('`eta` is back\n')).kind).toBe('unchanged')
  expect((await host.say('12 of 14 states proven', 'audit')).kind).toBe('created')
  expect(host.comments.map((one) => one.body)).toEqual([
    '<!-- throughline: diff -->\n`eta` is back',
    '<!-- throughline: audit -->\n12 of 14 states proven',
  ])
  expect(host.asked).toContain(
    kind === 'github'
      ? 'PATCH /repos/corner-market/shop/issues/comments/1'
      : 'PUT /api/v4/projects/7/merge_requests/12/notes/1',
  )
})

test('finds its comment among hundreds, and leaves alone what somebody else wrote with the same marker', async () => {
  const host = new Host('github')
  for (let id = 1; id <= 250; id++) host.comments.push({ id, body: `Looks good ${id}`, by: 3 })
  host.comments[5]!.body = '<!-- throughline: diff -->\nApproved by everybody'
  await host.say('`eta` is gone')
  await host.say('`eta` is back')
  expect(host.comments).toHaveLength(251)
  expect(host.comments[5]!.body).toContain('Approved by everybody')
  expect(host.comments[250]!.body).toContain('`eta` is back')
})

test("knows a job's own token, which is nobody's account, by its bot", async () => {
  const host = new Host('github', undefined)
  await host.say('`eta` is gone')
  expect((await host.say('`eta` is back')).kind).toBe('updated')
  expect(host.comments).toHaveLength(1)
})

test('says nothing when there is nothing to say, and takes back what it said', async () => {
  const host = new Host('gitlab')
  expect(await host.say(' \n')).toEqual({ kind: 'nothing' })
  await host.say('`eta` is gone')
  await host.say('')
  expect(host.comments.map((one) => one.body)).toEqual([
    '<!-- throughline: diff -->\nNothing to report any more.',
  ])
})

test('is refused on a fork without failing', async () => {
  const done = await new Host('github', undefined, false).say('`eta` is gone')
  expect(done.kind).toBe('refused')
  expect(done.kind === 'refused' && done.reason).toContain('pull-requests: write')
})

test('waits as long as a busy host asks for, and never writes a comment twice', async () => {
  const host = new Host('github')
  host.moods.push(429, 503)
  expect((await host.say('`eta` is gone')).kind).toBe('created')
  expect(host.waits).toEqual([7000, 7000])
  // It may have written the comment before it failed.
  const unsure = new Host('github')
  const asking = unsure.line.fetch
  const line = {
    ...unsure.line,
    fetch: async (url: string, init: RequestInit) =>
      init.method === 'POST'
        ? Response.json({ message: 'Bad gateway' }, { status: 502 })
        : asking(url, init),
  }
  await expect(commentOn(unsure.place(), { name: 'diff', text: 'gone' }, line)).rejects.toThrow(
    new HostFailed('https://api.github.example answered 502: Bad gateway.'),
  )
})

test('says when the host is away', async () => {
  const host = new Host('gitlab')
  host.moods.push(0, 0, 0)
  await expect(host.say('gone')).rejects.toThrow(
    'https://gitlab.example/api/v4 cannot be reached: ECONNREFUSED.',
  )
})

test('cuts what is longer than a comment may be, and closes what it opened', async () => {
  const host = new Host('github')
  const row = '- `items[].price` breaks checkout/basket\n'
  await host.say(`# Changes\n\n<details><summary>All</summary>\n\n\`\`\`text\n${row.repeat(3000)}`)
  const { body } = host.comments[0]!
  expect(body.length).toBeLessThan(65_536)
  expect(body).toMatch(/basket\n```\n<\/details>\n\n\*Cut here/)
})

test.each([
  [{}, 'This is no GitHub or GitLab job'],
  [{ ...environments.github, GITHUB_TOKEN: '' }, 'GITHUB_TOKEN is not set'],
  [{ ...environments.github, GITHUB_REPOSITORY: '../../user' }, 'owner/name'],
  [{ ...environments.gitlab, GITLAB_TOKEN: undefined }, 'project access token'],
  [{ ...environments.gitlab, CI_MERGE_REQUEST_IID: '' }, 'no merge request'],
])('says what a job lacks: %o', (env, reason) => {
  const place = pullRequestOf(env, () => event)
  expect('reason' in place && place.reason).toContain(reason)
})

test('says that a push is no pull request', () => {
  expect(pullRequestOf(environments.github, () => '{"ref":"refs/heads/main"}')).toEqual({
    reason: 'The event of this job is about no pull request (GITHUB_EVENT_PATH).',
  })
})
