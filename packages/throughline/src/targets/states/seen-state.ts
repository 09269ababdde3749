import type { Page } from 'playwright-core'
import { within } from '../browser/within.ts'

/** How a state is shown, as far as somebody can perceive it who does not see the screen. */
export interface SeenState {
  /** Inside a live region or a dialog, or it has the focus, or is the field that is wrong. */
  readonly announced: boolean
  /** A way to try again that the keyboard reaches. */
  readonly retry: boolean
}

/** Whether what a state's `test` finds is visible. Throws where the selector is none. */
export async function isSeen(page: Page, selector: string): Promise<boolean> {
  const found = page.locator(selector)
  const count = await within(found.count(), 6_000)
  if (count === undefined) return false
  for (let index = 0; index < Math.min(count, 20); index++)
    if (
      await found
        .nth(index)
        .isVisible()
        .catch(() => false)
    )
      return true
  return false
}

/** How the state that `selector` finds is perceived without eyes and without a mouse. */
export async function perceived(page: Page, selector: string): Promise<SeenState | undefined> {
  const handle = await within(
    page
      .locator(selector)
      .first()
      .elementHandle({ timeout: 1_000 })
      .catch(() => null),
    2_000,
  )
  return handle
    ? within(
        handle.evaluate((element): SeenState => {
          const live =
            '[role=alert],[role=status],[role=alertdialog],[role=dialog],[role=log],dialog[open],output,[aria-live=polite],[aria-live=assertive]'
          const active = element.ownerDocument.activeElement
          const focused =
            active !== null &&
            active !== element.ownerDocument.body &&
            (active.contains(element) || element.contains(active))
          const reachable = [
            ...element.ownerDocument.querySelectorAll('button,a[href],[role=button],[role=link]'),
          ].filter(
            (one) =>
              one.checkVisibility() &&
              !one.matches(':disabled') &&
              one.closest('[inert]') === null &&
              (one.matches('button,a[href]')
                ? one.getAttribute('tabindex') !== '-1'
                : Number(one.getAttribute('tabindex') ?? '-1') >= 0),
          )
          return {
            announced:
              element.closest(live) !== null ||
              element.querySelector(live) !== null ||
              focused ||
              element.matches('[aria-invalid=true]'),
            retry: reachable.some((one) =>
              /retry|again|reload|refresh|erneut|nochmal|wiederholen|réessayer|reintentar/i.test(
                `${one.textContent} ${one.getAttribute('aria-label') ?? ''}`,
              ),
            ),
          }
        }),
        3_000,
      )
    : undefined
}

/** Whether the keyboard's place on the page is lost: on nothing at all. */
export async function hasFocus(page: Page): Promise<boolean> {
  return (
    (await within(
      page.evaluate<boolean>(
        'document.activeElement !== null && document.activeElement !== document.body && document.activeElement !== document.documentElement',
      ),
      2_000,
    ).catch(() => true)) ?? true
  )
}
