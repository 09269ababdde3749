import { expect, it } from 'vitest'
import { parsedText } from './parsed-text.ts'

it('reads the upper side of a merge conflict, and reports the conflict and nothing else', () => {
  const text =
    'journey: checkout\n<<<<<<< HEAD\nowner: shop\n=======\nowner: orders\n>>>>>>> owners\ntitle: Pay\n'
  const parsed = parsedText({ path: 'journeys/checkout.journey.yaml', text })
  expect(parsed.value).toEqual({ journey: 'checkout', owner: 'shop', title: 'Pay' })
  expect(parsed.diagnostics.map(({ code }) => code)).toEqual(['TL1001'])
  expect(parsed.diagnostics[0]?.message).toContain('A git merge conflict stands in lines 2 to 6.')
})

it('reads JSON with a merge conflict in it', () => {
  const text = '{\n<<<<<<< HEAD\n"owner": "shop"\n=======\n"owner": "orders"\n>>>>>>> owners\n}\n'
  const parsed = parsedText({ path: 'apis/shop.json', text })
  expect(parsed.value).toEqual({ owner: 'shop' })
  expect(parsed.diagnostics).toHaveLength(1)
})
