import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { CannotRun } from '../../cannot-run.ts'

/**
 * The machine's Chromium or Chrome, without a window unless asked for, driven by the `playwright-core` (or `playwright`) of the project in `cwd`, else
 * the one that came along. Throws `CannotRun` (TL9003) with what to install where either is missing.
 */
export async function launchChromium(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  { headless = true }: { readonly headless?: boolean } = {},
): Promise<Browser> {
  const { chromium } = playwrightFor(cwd)
  const executablePath = chromiumPath(env, headless) ?? bundledPath(chromium)
  if (executablePath === undefined)
    throw new CannotRun(
      'TL9003',
      'There is no Chromium or Chrome on this machine. Install one (`apt install chromium`, or `npx playwright install chromium`), or name it: CHROMIUM_PATH=/path/to/chrome.',
    )
  try {
    return await chromium.launch({ executablePath, args: flags, headless })
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new CannotRun('TL9003', `The browser ${executablePath} does not start: ${reason}`)
  }
}

type Playwright = typeof import('playwright-core')

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--mute-audio',
  // A page that eats memory dies in its cell and takes nothing else with it.
  '--js-flags=--max-old-space-size=512',
]

function playwrightFor(cwd: string): Playwright {
  for (const from of [join(cwd, 'package.json'), import.meta.url]) {
    const load = createRequire(from)
    for (const name of ['playwright-core', 'playwright', '@playwright/test']) {
      try {
        return load(name) as Playwright
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
      }
    }
  }
  throw new CannotRun(
    'TL9003',
    'A browser is driven by playwright-core, which is not installed here: `npm install --save-dev playwright-core`.',
  )
}

/**
 * `CHROMIUM_PATH`, else the first browser at one of the usual places of the system. Without a window, Chromium's headless
 * shell does as well, which a server may have alone.
 */
export function chromiumPath(
  env: Readonly<Record<string, string | undefined>>,
  headless: boolean,
  exists: (path: string) => boolean = existsSync,
): string | undefined {
  const named = env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') {
    if (exists(named)) return named
    throw new CannotRun('TL9003', `CHROMIUM_PATH names ${named}, and there is no such file.`)
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
  const shells = ['chromium-headless-shell', 'chrome-headless-shell']
  const onPath = (name: string): readonly string[] => folders.map((folder) => join(folder, name))
  const places = [
    ...names.flatMap(onPath),
    '/usr/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...[env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].flatMap((folder) =>
      folder === undefined
        ? []
        : [
            join(folder, 'Google/Chrome/Application/chrome.exe'),
            join(folder, 'Microsoft/Edge/Application/msedge.exe'),
          ],
    ),
    ...(headless ? [...shells.flatMap(onPath), '/usr/bin/chromium-headless-shell'] : []),
  ]
  return places.find((place) => exists(place))
}

function bundledPath(chromium: Playwright['chromium']): string | undefined {
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}
