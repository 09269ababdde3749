import { resolve } from 'node:path'
import {
  audiences,
  docsOf,
  holdToPolicy,
  liesOn,
  linkCheck,
  type Docs,
  type DocsPage,
} from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { cannotWrite } from '../../cannot-write.ts'
import { oneFile } from '../../targets/docs/html/one-file.ts'
import { markdownFiles } from '../../targets/docs/markdown-files.ts'
import type { Publication } from '../../targets/docs/publish/publication.ts'
import { pictureEnding, picturesOf, siteFiles } from '../../targets/docs/site-files.ts'
import { writtenSite, type Written } from '../../targets/docs/written-site.ts'
import { compiled } from '../../workspace/compiled.ts'
import { releasesOf } from '../../workspace/releases.ts'
import { watchWorkspace } from '../../workspace/watch.ts'
import { openWorkspace, type Workspace } from '../../workspace/workspace.ts'
import { writeAtomically } from '../../workspace/write.ts'
import { wholeNumber } from '../arguments.ts'
import { command } from '../command.ts'
import { docsPictures, evidenceOf } from '../docs/evidence-files.ts'
import { siteFonts } from '../docs/site-fonts.ts'
import { places, publishTo, wherePlaces } from '../docs/publish-to.ts'
import type { Io } from '../io.ts'
import { many } from '../output/text.ts'

const formats = ['html', 'markdown'] as const

export const docs = command(
  {
    name: 'docs',
    summary: 'The living documentation: a site, one file, Markdown, or published where people read',
    operands: '[DIR|FILES...]',
    args: {
      files: {
        type: 'positional',
        required: false,
        description: 'A workspace folder, or contract files',
      },
      output: {
        type: 'string',
        alias: 'o',
        valueHint: 'FOLDER',
        description: 'Where to write it (site)',
      },
      'one-file': {
        type: 'string',
        valueHint: 'FILE',
        description: 'Write everything as one HTML file instead',
      },
      format: {
        type: 'enum',
        options: [...formats],
        description: 'html: a site with search; markdown: files for a repository',
      },
      audience: {
        type: 'enum',
        options: [...audiences],
        description: 'For whom: who does not read something does not get it',
      },
      versions: {
        type: 'string',
        valueHint: 'N',
        default: '8',
        description: 'How many versions of git the changelog goes back; 0 for none',
      },
      strict: {
        type: 'boolean',
        description: 'Exit with 1 when an example breaks its schema or a link leads nowhere',
      },
      watch: { type: 'boolean', description: 'Write again whenever a file changes' },
      publish: {
        type: 'enum',
        options: [...places],
        description:
          'Bring a GitHub wiki, a Confluence space or a Notion database up to date instead',
      },
      to: {
        type: 'string',
        valueHint: 'WHERE',
        description:
          "wiki: its repository; confluence: the space's address; notion: the database's address",
      },
      under: {
        type: 'string',
        valueHint: 'PAGE',
        description: 'confluence: the id of the page that the docs hang under',
      },
      'dry-run': { type: 'boolean', description: 'Only say what publishing would do' },
    },
    examples: [
      { line: 'throughline docs', does: 'a site in the folder site: open site/index.html' },
      { line: 'throughline docs openapi.yaml -o public', does: 'of a bare contract' },
      { line: 'throughline docs --one-file shop.html', does: 'one file for a mail' },
      { line: 'throughline docs --format markdown -o docs/api', does: 'pages for a repository' },
      { line: 'throughline docs --audience public', does: 'for people outside of the house' },
      {
        line: 'throughline docs --publish wiki --to git@github.com:shop/web.wiki.git',
        does: "into a repository's wiki",
      },
      {
        line: 'throughline docs --publish confluence --to https://shop.atlassian.net/wiki/spaces/SHOP --dry-run',
        does: 'what would change there',
      },
    ],
    notes:
      'The site needs no server: it works from a folder, offline. Only what changed is written, and what an earlier run wrote and is gone now is removed. Values of secret fields are masked. Publishing writes only what changed, removes what is gone and touches no page that it did not make; it reads CONFLUENCE_EMAIL and CONFLUENCE_TOKEN, or NOTION_TOKEN. Exit status: 0, 1 with --strict when something on a page is not so, 2 when it cannot run.',
  },
  async (args, io) => {
    const workspace = openWorkspace(args._, io.cwd)
    const most = wholeNumber(args.versions, '--versions', 0, 100)
    const options = {
      audience: args.audience ?? 'everyone',
      versions: most,
    } as const
    if (args.publish !== undefined) {
      if (args.to === undefined)
        throw new CannotRun(
          'TL9003',
          `Say where to publish: \`--to ${wherePlaces[args.publish]}\`.`,
        )
      const { docs } = docsFor(workspace, options, io)
      const publication = await publishTo(args.publish, docs, {
        to: args.to,
        dryRun: args['dry-run'] === true,
        io,
        ...(args.under !== undefined && { under: args.under }),
      })
      published(publication, args['dry-run'] === true, io, args.json === true)
      return 0
    }
    const build = (): Built => {
      const made = docsFor(workspace, options, io)
      return args['one-file'] === undefined
        ? site(made, workspace, args.format ?? 'html', resolve(io.cwd, args.output ?? 'site'))
        : single(made, workspace, resolve(io.cwd, args['one-file']))
    }
    if (args['one-file'] !== undefined && (args.output !== undefined || args.format === 'markdown'))
      throw new CannotRun('TL9003', '`--one-file` excludes `--output` and `--format markdown`.')
    const built = build()
    told(built, io, args.json === true)
    if (args.watch === true) {
      const watcher = watchWorkspace(workspace, {
        onChange() {
          try {
            told(build(), io, args.json === true)
          } catch (error) {
            if (!(error instanceof CannotRun)) throw error
            io.stderr.write(`${error.message}\n`)
          }
        },
      })
      io.stderr.write('Following the files; Ctrl-C ends it.\n')
      await io.untilStopped()
      watcher.close()
    }
    return args.strict === true && built.wrong.length > 0 ? 1 : 0
  },
)

interface Made {
  readonly docs: Docs
}

interface Built extends Written {
  readonly where: string
  readonly pages: number
  readonly wrong: readonly { readonly page: string; readonly message: string }[]
  readonly ms: number
}

function docsFor(
  workspace: Workspace,
  { audience, versions }: { readonly audience: Docs['audience']; readonly versions: number },
  io: Io,
): Made {
  const { graph, diagnostics } = compiled(workspace)
  holdToPolicy(graph)
  return {
    docs: docsOf(graph, {
      audience,
      diagnostics,
      evidence: evidenceOf(workspace, graph, io),
      releases: releasesOf(workspace, graph, versions),
    }),
  }
}

function site(
  { docs }: Made,
  workspace: Workspace,
  format: (typeof formats)[number],
  folder: string,
): Built {
  const started = performance.now()
  const { watched, wrong } = judged(docs)
  const files =
    format === 'markdown'
      ? markdownFiles(watched)
      : siteFiles(watched, {
          fonts: siteFonts(),
          readPicture: docsPictures(workspace),
        })
  const written = writtenSite(folder, files)
  return {
    ...written,
    where: folder,
    pages: docs.heads.length,
    wrong: wrong(),
    ms: performance.now() - started,
  }
}

function single({ docs }: Made, workspace: Workspace, file: string): Built {
  const started = performance.now()
  const { watched, wrong } = judged(docs)
  const read = docsPictures(workspace)
  const pictures = new Map<string, string>()
  const pages = function* (): Generator<DocsPage> {
    for (const { path } of watched.heads) {
      const page = watched.page(path)
      if (page === undefined) continue
      for (const picture of picturesOf(page.blocks)) {
        const bytes = read(picture)
        const ending = bytes === undefined ? undefined : pictureEnding(bytes)
        if (bytes !== undefined && ending !== undefined)
          pictures.set(
            picture,
            `data:image/${ending === 'jpg' ? 'jpeg' : ending};base64,${Buffer.from(bytes).toString('base64')}`,
          )
      }
      yield page
    }
  }
  const text = oneFile(watched, pages(), pictures)
  try {
    writeAtomically(file, text)
  } catch (error) {
    throw cannotWrite(file, error)
  }
  return {
    where: file,
    files: 1,
    bytes: Buffer.byteLength(text),
    changed: 1,
    removed: [],
    pages: docs.heads.length,
    wrong: wrong(),
    ms: performance.now() - started,
  }
}

/** The same docs, each page looked at on its way: examples against their schemas, links against the pages there are. */
function judged(docs: Docs): {
  readonly watched: Docs
  readonly wrong: () => Built['wrong']
} {
  const links = linkCheck(docs)
  const lies = new Map<string, Built['wrong']>()
  return {
    watched: {
      ...docs,
      page(path) {
        const page = docs.page(path)
        if (page !== undefined && !lies.has(path)) {
          links.take(page)
          lies.set(path, liesOn(page))
        }
        return page
      },
    },
    wrong: () => [
      ...[...lies.values()].flat(),
      ...links
        .broken()
        .map(({ page, to, reason }) => ({ page, message: `a link to ${to}: ${reason}` })),
    ],
  }
}

function published(
  { created, changed, removed, unchanged }: Publication,
  dryRun: boolean,
  io: Io,
  json: boolean,
): void {
  io.stdout.write(
    json
      ? `${JSON.stringify({ version: 1, dryRun, created, changed, removed, unchanged }, null, 2)}\n`
      : `${dryRun ? 'Would be: ' : ''}${many(created.length, 'page')} new, ${changed.length} changed, ${removed.length} removed, ${unchanged} as they were\n`,
  )
}

function told(built: Built, io: Io, json: boolean): void {
  const { where, pages, files, bytes, changed, removed, wrong, ms } = built
  if (json) {
    io.stdout.write(
      `${JSON.stringify({ version: 1, where, pages, files, bytes, changed, removed, wrong }, null, 2)}\n`,
    )
    return
  }
  for (const { page, message } of wrong.slice(0, 20)) io.stderr.write(`${page}: ${message}\n`)
  if (wrong.length > 20) io.stderr.write(`and ${wrong.length - 20} more that are not so\n`)
  io.stdout.write(
    `${where}: ${many(pages, 'page')}, ${(bytes / 1e6).toFixed(1)} MB; ${changed} of ${many(files, 'file')} changed, ${removed.length} removed\n`,
  )
  io.stderr.write(`Made in ${(ms / 1000).toFixed(1)} s\n`)
}
