import { expect, test } from 'vitest'
import { nodesOfKind, type StepNode } from '@throughline/core'
import type { Page } from 'playwright-core'
import { openShop, settled, visit, type Shop } from './shop.ts'

// Words that no shop says: a value that was not there, or was not what the page took it for.
const garbage = /\bundefined\b|\bNaN\b|\[object |Invalid Date|\bnull\b/

for (const dataset of ['typical', 'minimal', 'empty', 'one', 'many', 'extreme']) {
  test(`every screen stands up to ${dataset} data, on a desk and on a phone`, async () => {
    const shop = await openShop({ dataset, patience: 15_000 })
    try {
      const { page, context } = await shop.open()
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(`${page.url()} threw ${error.message}`))
      const ids = await idsIn(shop)
      let screens = 0
      for (const step of nodesOfKind(shop.graph, 'step')) {
        const path = pathOf(step, ids)
        if (path === undefined) continue // nothing of that kind is there to look at
        await visit(page, shop.app + path)
        await settled(page)
        screens += 1
        const text = await page.locator('body').innerText()
        if (text.trim().length < 40) faults.push(`${path} shows nothing: ${text}`)
        const word = garbage.exec(text)
        if (word !== null)
          faults.push(`${path} says ${text.slice(Math.max(0, word.index - 40), word.index + 20)}`)
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 900 })
          const wide = await overflow(page)
          if (wide !== '') faults.push(`${path} is wider than ${width}: ${wide}`)
        }
      }
      expect(faults).toEqual([])
      expect(screens).toBeGreaterThanOrEqual(dataset === 'empty' ? 4 : 8)
      expect(shop.strayed).toEqual([])
      await context.close()
    } finally {
      await shop.close()
    }
  }, 120_000)
}

interface Ids {
  readonly productId?: string
  readonly orderId?: string
}

/** Something to look at: the first that the shop's lists name in this data set. */
async function idsIn({ api }: Shop): Promise<Ids> {
  const answer = await fetch(`${api}/store/products`)
  const body = (await answer.json()) as { readonly items?: readonly { readonly id: string }[] }
  const productId = body.items?.[0]?.id
  return { ...(productId !== undefined && { productId }), orderId: 'CM-2041' }
}

function pathOf({ screen = '/' }: StepNode, ids: Ids): string | undefined {
  let missing = false
  const path = screen.replace(/:(\w+)/g, (_, name: string) => {
    const id = ids[name as keyof Ids]
    if (id === undefined) missing = true
    return encodeURIComponent(id ?? '')
  })
  return missing ? undefined : path
}

/** The first element that makes the page scroll sideways. */
function overflow(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return ''
    const wide = [...document.querySelectorAll('body *')].find(
      (one) => one.getBoundingClientRect().right > clientWidth + 1,
    )
    return (wide?.outerHTML ?? 'the page').slice(0, 160)
  })
}
