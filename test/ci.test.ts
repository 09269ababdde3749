import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { parse } from 'yaml'

// What a pull request meets: a shallow clone from a real remote, the payload of its event, and a code host that keeps comments.

vi.setConfig({ testTimeout: 120_000 })

const house = fileURLToPath(new URL('..', import.meta.url))

const contract = (fields: string): string => `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200': { description: The basket, content: { application/json: { schema: { type: object, required: [total, eta], properties: ${fields} } } } }
`
const files = {
  'shop/throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml, owner: orders } }\n',
  'shop/store.yaml': contract('{ total: { type: number }, eta: { type: string } }'),
  'shop/checkout.journey.yaml':
    'journey: checkout\nowner: checkout\nsteps:\n  - step: basket\n    calls: [{ operation: store.getBasket, needs: [total, eta] }]\n',
}

/** As GitHub sends it for `pull_request: synchronize`, with what no job reads left out. */
const event = (base: string, head: string) => ({
  action: 'synchronize',
  number: 12,
  pull_request: {
    number: 12,
    html_url: 'https://github.example/corner-market/shop/pull/12',
    base: { ref: 'main', sha: base },
    head: { ref: 'no-eta', sha: head },
  },
  repository: { full_name: 'corner-market/shop' },
  sender: { login: 'amara', type: 'User' },
})

test('says on a GitHub pull request which screens break, in one comment that follows the branch', async () => {
  const remote = repository()
  const base = remote.head()
  remote.commit({ 'shop/store.yaml': contract('{ total: { type: number } }') }, 'Drop eta')
  const host = await codeHost('github')
  const job = remote.shallowClone()
  writeFileSync(join(job, '..', 'event.json'), JSON.stringify(event(base, remote.head())))
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_TOKEN: 'a-token',
    GITHUB_REPOSITORY: 'corner-market/shop',
    GITHUB_API_URL: host.url,
    GITHUB_EVENT_PATH: join(job, '..', 'event.json'),
    THROUGHLINE_BASE: base,
  }
  const first = await review(join(job, 'shop'), env)
  expect(first.status).toBe(1)
  expect(first.output).toContain('checkout/basket')
  expect(host.comments).toHaveLength(1)
  expect(host.comments[0]!.body).toContain('<!-- throughline: diff -->')
  expect(host.comments[0]!.body).toContain('eta')

  // The branch goes on: the field is back.
  remote.commit({ 'shop/store.yaml': files['shop/store.yaml'] }, 'Keep eta')
  const second = await review(join(remote.shallowClone(), 'shop'), env)
  expect(second.status).toBe(0)
  expect(host.comments).toHaveLength(1)
  expect(host.comments[0]!.body).not.toContain('checkout/basket')
})

test('does the same on GitLab, and says when there is nothing to compare with', async () => {
  const remote = repository()
  const base = remote.head()
  remote.commit({ 'shop/store.yaml': contract('{ total: { type: number } }') }, 'Drop eta')
  const host = await codeHost('gitlab')
  const folder = join(remote.shallowClone(), 'shop')
  const env = {
    GITLAB_CI: 'true',
    GITLAB_TOKEN: 'a-token',
    CI_API_V4_URL: host.url,
    CI_PROJECT_ID: '7',
    CI_MERGE_REQUEST_IID: '12',
  }
  const nothing = await review(folder, env)
  expect(nothing).toMatchObject({ status: 2 })
  expect(nothing.output).toContain('THROUGHLINE_BASE')
  expect((await review(folder, { ...env, CI_MERGE_REQUEST_DIFF_BASE_SHA: base })).status).toBe(1)
  expect(host.comments[0]!.body).toContain('checkout/basket')
  const gone = await review(folder, { ...env, THROUGHLINE_BASE: 'no-such-branch' })
  expect(gone.status).toBe(2)
  expect(gone.output).toContain('The revision no-such-branch could not be fetched from origin.')
})

test('takes nothing from outside into the text of a script', () => {
  const action = parse(readFileSync(join(house, 'ci/github/action.yml'), 'utf8')) as {
    runs: { steps: { run: string }[] }
  }
  for (const step of action.runs.steps) expect(step.run).not.toContain('${{')
})

interface Remote {
  readonly head: () => string
  readonly commit: (changed: Readonly<Record<string, string>>, message: string) => void
  /** What a job of CI has: the newest commit and nothing before it. */
  readonly shallowClone: () => string
}

function repository(): Remote {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-ci-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const work = join(folder, 'work')
  const bare = join(folder, 'origin.git')
  mkdirSync(work)
  const git = (cwd: string, ...args: readonly string[]): string => {
    const identity = ['-c', 'user.name=Amara', '-c', 'user.email=amara@shop.example']
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
      cwd,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
    return stdout.trim()
  }
  git(folder, 'init', '-q', '--bare', bare)
  git(bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true') // as the hosts have it
  git(work, 'init', '-q', '-b', 'main')
  git(work, 'remote', 'add', 'origin', bare)
  let clones = 0
  const self: Remote = {
    head: () => git(work, 'rev-parse', 'HEAD'),
    commit(changed, message) {
      for (const [path, text] of Object.entries(changed)) {
        mkdirSync(dirname(join(work, path)), { recursive: true })
        writeFileSync(join(work, path), text)
      }
      git(work, 'add', '-A')
      git(work, 'commit', '-qm', message)
      git(work, 'push', '-q', 'origin', 'main')
    },
    shallowClone() {
      clones += 1
      const clone = join(folder, `job-${clones}`)
      git(folder, 'clone', '-q', '--depth=1', '-b', 'main', `file://${bare}`, clone)
      return clone
    },
  }
  self.commit(files, 'A shop')
  return self
}

async function codeHost(kind: 'github' | 'gitlab') {
  const comments: { id: number; body: string }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '/', 'http://host')
      const shown = (one: { id: number; body: string }) => ({
        ...one,
        user: { id: 7, type: 'Bot' },
        author: { id: 7 },
        html_url: `https://host.example/${one.id}`,
      })
      const answer = (): unknown => {
        if (pathname.endsWith('/user')) return { id: 7 }
        if (request.method === 'GET') return comments.map(shown)
        const { body } = JSON.parse(Buffer.concat(chunks).toString()) as { body: string }
        if (request.method === 'POST') comments.push({ id: comments.length + 1, body })
        else comments.find((one) => pathname.endsWith(`/${one.id}`))!.body = body
        return shown(comments.at(-1)!)
      }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answer()))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : address
  return { kind, comments, url: `http://127.0.0.1:${port}` }
}

function review(
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | null; readonly output: string }> {
  const bin = join(house, 'packages/throughline/bin/throughline.js')
  const child = spawn('bash', [join(house, 'ci/review.sh')], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: tmpdir(),
      THROUGHLINE: `${process.execPath} ${bin}`,
      ...env,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((done) => child.on('close', (status) => done({ status, output })))
}
