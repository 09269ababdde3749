import { expect, test } from 'vitest'
import { imageAddress } from './api.ts'

test('a picture of the workspace is asked of its own server', () => {
  expect(imageAddress('designs/my basket.png')).toBe('/api/picture?path=designs%2Fmy+basket.png')
})

test('a picture on another machine is never asked for', () => {
  for (const image of [
    'https://design.example/basket.png',
    '//design.example/a.png',
    'data:image/png;base64,AA==',
  ]) {
    expect(imageAddress(image)).toBeUndefined()
  }
})
