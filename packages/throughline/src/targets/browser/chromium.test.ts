import { expect, test } from 'vitest'
import { chromiumPath } from './chromium.ts'

const shell = '/usr/bin/chromium-headless-shell'

test.each([
  ['what is named', { CHROMIUM_PATH: '/opt/chrome' }, true, ['/opt/chrome', '/usr/bin/chromium']],
  ['the first on the path', { PATH: '/snap/bin:/usr/bin' }, true, ['/snap/bin/chromium', shell]],
  ['what the system has', {}, false, ['/usr/bin/chromium']],
  ['the headless shell where no window is wanted', {}, true, [shell]],
  ['the headless shell on the path', { PATH: '/opt' }, true, ['/opt/chrome-headless-shell', shell]],
])('drives %s', (_, env, headless, there) => {
  expect(chromiumPath(env, headless, (path) => there.includes(path))).toBe(there[0])
})

test('drives no headless shell where a window is to be seen', () => {
  expect(chromiumPath({ PATH: '/usr/bin' }, false, (path) => path === shell)).toBeUndefined()
})

test('says so where the file that is named is not there', () => {
  expect(() => chromiumPath({ CHROMIUM_PATH: '/gone' }, true, () => false)).toThrow(
    'CHROMIUM_PATH names /gone, and there is no such file.',
  )
})
