import { expect, test } from 'vitest'
import { pictureEnding, picturePath } from './picture-file.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

test.each([
  ['\x89PNG\r\n\x1a\n....', '.png'],
  ['\xff\xd8\xff\xe0..JFIF', '.jpg'],
  ['GIF89a....', '.gif'],
  ['RIFF....WEBPVP8 ', '.webp'],
  ['\0\0\0\x20ftypavif', '.avif'],
  ['<?xml version="1.0"?>\n<!-- the basket -->\n<svg xmlns="http://www.w3.org/2000/svg"/>', '.svg'],
  ['<svg viewBox="0 0 1 1"/>', '.svg'],
  ['<html><svg/></html>', undefined],
  ['RIFF....WAVE', undefined],
  ['%PDF-1.7', undefined],
  ['', undefined],
])('knows a picture by its first bytes, whatever it is called: %j', (text, ending) => {
  expect(pictureEnding(bytes(text))).toBe(ending)
})

test.each<[string, readonly string[], readonly string[], string]>([
  ['Basket (final).PNG', [], [], 'designs/basket-final.png'],
  ['basket.png', ['app/screens/a.png', 'app/screens/b.png', 'x.png'], [], 'app/screens/basket.png'],
  ['basket.png', [], ['designs/basket.png', 'designs/basket-2.png'], 'designs/basket-3.png'],
  ['../../etc/passwd', [], [], 'designs/passwd.png'],
  ['C:\\Users\\ines\\Körbe.jpeg', [], [], 'designs/korbe.png'],
  ['買い物.png', [], [], 'designs/screen.png'],
])('finds a place for %s', (name, others, taken, path) => {
  expect(picturePath(name, '.png', others, (one) => taken.includes(one))).toBe(path)
})
