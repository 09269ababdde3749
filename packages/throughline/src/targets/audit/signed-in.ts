import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { CannotRun } from '../../cannot-run.ts'

/** What a project's own sign-in does: it is handed a page and the app's address. */
export type SignIn = (page: Page, app: string) => Promise<void>

type StorageState = Exclude<NonNullable<BrowserContextOptions['storageState']>, string>

/** Signs in once, by a project's own function, and keeps cookies and storage for every screen. Throws `CannotRun` (TL9003) where it fails. */
export async function signedIn(
  browser: Browser,
  app: string,
  signIn: SignIn,
): Promise<StorageState> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 700 } })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    await page.goto(app, { timeout: 15_000 })
    await signIn(page, app)
    return await context.storageState()
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new CannotRun('TL9003', `The sign-in fails: ${reason}`)
  } finally {
    await context.close().catch(() => undefined)
  }
}
