import { expect, test } from 'vitest'
import { designOf } from './design-of.ts'

test('it names a Storybook story by its title and name', () => {
  const story = 'https://book.example/?path=/story/shop-orders--come-back'
  expect(designOf(story)).toEqual({ kind: 'page', href: story, name: 'Shop orders / Come back' })
  expect(designOf('https://book.example/iframe.html?id=orders--empty&viewMode=story')?.name).toBe(
    'Orders / Empty',
  )
})

test('it names any other page by its host, one without a whole story too', () => {
  expect(designOf('https://www.figma.com/file/corner-market')?.name).toBe('www.figma.com')
  expect(designOf('http://book.example:6006/?path=/story/orders')?.name).toBe('book.example:6006')
})

test('it finds a picture of the workspace at the address of its server', () => {
  expect(designOf('designs/basket timeout.PNG')).toEqual({
    kind: 'picture',
    href: '/api/picture?path=designs%2Fbasket+timeout.PNG',
    name: 'basket timeout.PNG',
  })
})

test('it gives nothing for what a browser should not be sent to', () => {
  for (const written of [
    'javascript:alert(1)',
    'data:image/svg+xml,x.svg',
    '//cdn.example/basket.png',
    'file:///etc/passwd.png',
    'https://',
    'designs/basket.fig',
    'ask Ines',
  ])
    expect(designOf(written), written).toBeUndefined()
})
