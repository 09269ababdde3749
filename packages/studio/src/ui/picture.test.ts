import { expect, test } from 'vitest'
import { fitted, svgOf, wrapped } from './picture.ts'

test('any text of a contract stays text in the picture', () => {
  const svg = svgOf({
    title: 'Needs of "A & B"',
    width: 10,
    height: 20,
    shapes: [
      {
        kind: 'text',
        text: '</text><script>alert(1)\u0000</script>',
        x: 1,
        y: 2,
        fill: '#000000',
        size: 12,
      },
      { kind: 'path', d: 'M0 0h4', x: 3, y: 4, stroke: '#ff0000', dash: [1, 2] },
    ],
  })
  expect(svg).toContain('<title>Needs of &quot;A &amp; B&quot;</title>')
  expect(svg).toContain('&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(svg).toContain('stroke-dasharray="1 2"')
  expect(svg).not.toContain('<script')
})

test('a name that is too long loses its end, a path its beginning', () => {
  expect(fitted('Delivery date', 200, 12)).toBe('Delivery date')
  expect(fitted('Delivery date', 58, 12)).toBe('Deliver…')
  expect(fitted('items[].price.amount', 72, 12, 'end')).toBe('…ce.amount')
  expect(wrapped('Choose when and where', 80, 11, 2)).toEqual(['Choose when', 'and where'])
})
