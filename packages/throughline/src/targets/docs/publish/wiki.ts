import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Docs, PageHead } from '@throughline/core'
import { CannotRun } from '../../../cannot-run.ts'
import { gitIn, type Git } from '../../../workspace/git.ts'
import { escapedText, markdownOf } from '../markdown.ts'
import { contentHash, recording, type Publication, type PublishOptions } from './publication.ts'

export interface WikiOptions extends PublishOptions {
  /** The wiki's repository: `git@github.com:shop/web.wiki.git`, a path. */
  readonly repository: string
  /** How git is run in a folder. */
  readonly git?: (folder: string) => Git
}

/**
 * Brings a GitHub wiki up to date: a commit and a push to its repository, which happen as a whole or not at all. Which pages
 * are ours stands in a file among them; all others stay as they are. Throws `CannotRun` (TL9009) where git says no.
 */
export function publishToWiki(docs: Docs, options: WikiOptions): Publication {
  const { repository, git: gitOf = gitIn } = options
  if (repository.startsWith('-') || /^\w+::/.test(repository))
    throw new CannotRun('TL9003', `\`${repository}\` is no address of a repository.`)
  for (let attempt = 1; ; attempt++) {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-wiki-'))
    try {
      const found = pushed(docs, folder, options, gitOf)
      if (found !== undefined) return found
      if (attempt === 3)
        throw new CannotRun(
          'TL9009',
          'Somebody else changes the wiki all the time. Run it again in a moment.',
        )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** `undefined` where somebody else was faster. */
function pushed(
  docs: Docs,
  folder: string,
  options: WikiOptions,
  gitOf: (folder: string) => Git,
): Publication | undefined {
  const { repository, dryRun = false } = options
  run(gitOf(tmpdir()), ['clone', '--quiet', '--depth', '1', '--', repository, folder])
  const git = gitOf(folder)
  const before = manifestIn(folder)
  const foreign = new Set(
    readdirSync(folder)
      .filter((name) => !before.has(name) && name !== manifestName)
      .map((name) => name.toLowerCase()),
  )
  const { note, publication } = recording(options)
  const after = new Map<string, string>()
  for (const { name, path, text } of filesOf(docs, foreign)) {
    const hash = contentHash(text)
    after.set(name, hash)
    const known = before.get(name)
    const here = join(folder, name)
    if (known === hash && existsSync(here)) note('unchanged', path)
    else note(known === undefined ? 'created' : 'changed', path)
    // What lies there may be a link to anywhere.
    rmSync(here, { force: true, recursive: true })
    writeFileSync(here, text, { flag: 'wx' })
  }
  for (const name of before.keys())
    if (!after.has(name)) {
      rmSync(join(folder, name), { force: true })
      note('removed', name.replace(/\.md$/, ''))
    }
  writeFileSync(
    join(folder, manifestName),
    `${JSON.stringify({ version: 1, files: Object.fromEntries(after) }, null, 2)}\n`,
  )
  if (dryRun) return publication()
  run(git, ['add', '--all'])
  if (git(['diff', '--cached', '--quiet']).status === 0) return publication()
  const author = git(['config', 'user.email']).status === 0 ? [] : nobody
  run(git, [...author, 'commit', '--quiet', '--no-verify', '-m', `Docs of ${docs.name}`])
  const { status, err } = git(['push', '--quiet', 'origin', 'HEAD'])
  if (status === 0) return publication()
  if (/rejected|fetch first|non-fast-forward/.test(err)) return undefined
  throw refused('push', err)
}

const manifestName = '.throughline-docs.json'
const nobody = ['-c', 'user.name=Throughline', '-c', 'user.email=throughline@localhost']

function run(git: Git, args: readonly string[]): void {
  const { status, err } = git(args)
  if (status !== 0) throw refused(args.find((one) => /^[a-z]+$/.test(one)) ?? 'git', err)
}

function refused(what: string, err: string): CannotRun {
  // An address may hold a password.
  const said = err
    .replace(/\/\/[^/@\s]+@/g, '//…@')
    .trim()
    .slice(0, 400)
  return new CannotRun('TL9009', `git could not ${what} the wiki: ${said}`)
}

function manifestIn(folder: string): ReadonlyMap<string, string> {
  try {
    const value = JSON.parse(readFileSync(join(folder, manifestName), 'utf8')) as {
      readonly files?: unknown
    } | null
    const files = value?.files
    if (files === null || typeof files !== 'object' || files === undefined) return new Map()
    return new Map(
      Object.entries(files).flatMap(([name, hash]): [string, string][] =>
        typeof hash === 'string' && /^[\w-]+\.md$/.test(name) ? [[name, hash]] : [],
      ),
    )
  } catch {
    return new Map()
  }
}

/** A wiki has no folders that readers see: a page's name says where it is. */
function* filesOf(
  docs: Docs,
  foreign: ReadonlySet<string>,
): Generator<{ readonly name: string; readonly path: string; readonly text: string }> {
  const names = new Map(docs.heads.map(({ path }) => [path, nameOf(path, foreign)]))
  const link = (path: string): string => names.get(path) ?? path
  for (const { path } of docs.heads) {
    const page = docs.page(path)
    if (page === undefined) continue
    yield { name: `${names.get(path)!}.md`, path, text: markdownOf(page, link) }
  }
  if (!foreign.has('_sidebar.md'))
    yield { name: '_Sidebar.md', path: '_Sidebar', text: sidebar(docs, link) }
}

function nameOf(path: string, foreign: ReadonlySet<string>): string {
  const name = path === 'index' ? 'Home' : path.replaceAll('/', '-')
  return foreign.has(`${name}.md`.toLowerCase()) ? `${name}-docs` : name
}

function sidebar({ heads, name }: Docs, link: (path: string) => string): string {
  const line = ({ path, title }: PageHead): string => `- [${escapedText(title)}](${link(path)})`
  const section = (title: string, kinds: readonly PageHead['kind'][]): string => {
    const found = heads.filter((one) => one.parent === 'index' && kinds.includes(one.kind))
    return found.length === 0 ? '' : `**${title}**\n\n${found.map(line).join('\n')}\n\n`
  }
  return `[${escapedText(name)}](${link('index')})\n\n${section('Journeys', ['journey'])}${section('APIs', ['api'])}${section('For everyone', ['errors', 'policy', 'changes'])}`
}
