import type { Page } from 'playwright-core'
import type { ViaDeclaration } from '@throughline/core'

/** Runs a script file of the workspace: its default export gets the page. */
export type RunScript = (path: string, page: Page) => Promise<void>

/** What could not be done on a screen, in words. */
export class CannotDo extends Error {}

/** Does on the page what a journey says that people do. Throws `CannotDo` for what is not there within `patience` milliseconds. */
export async function act(
  page: Page,
  actions: readonly ViaDeclaration[],
  {
    open,
    script,
    patience,
  }: {
    readonly open: (path: string) => Promise<void>
    readonly script: RunScript
    readonly patience: number
  },
): Promise<void> {
  for (const action of actions) {
    try {
      await one(action)
    } catch (error) {
      if (error instanceof CannotDo) throw error
      throw new CannotDo(`${wordsOf(action)} is not possible: ${reasonOf(error)}`)
    }
  }

  async function one(action: ViaDeclaration): Promise<void> {
    const timeout = patience
    switch (action.kind) {
      case 'goto':
        return open(action.path)
      case 'script':
        return script(action.path, page)
      case 'click':
        return page.locator(action.selector).first().click({ timeout })
      case 'check':
        return page.locator(action.selector).first().check({ timeout })
      case 'wait':
        return page.locator(action.selector).first().waitFor({ timeout })
      case 'fill':
        return page.locator(action.selector).first().fill(action.value, { timeout })
      case 'select':
        await page.locator(action.selector).first().selectOption(action.value, { timeout })
        return
      case 'press':
        return page.keyboard.press(action.key)
    }
  }
}

function wordsOf(action: ViaDeclaration): string {
  switch (action.kind) {
    case 'goto':
    case 'script':
      return `\`${action.kind}: ${action.path}\``
    case 'press':
      return `\`press: ${action.key}\``
    default:
      return `\`${action.kind}: ${action.selector}\``
  }
}

function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return /Timeout \d+ms exceeded/.test(line) ? 'nothing like it can be used on the screen' : line
}
