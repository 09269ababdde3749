import { expect, test } from 'vitest'
import { whyNotOpened } from './why-not-opened.ts'

test('says in plain words why an app cannot be opened', () => {
  const said = (code: string): string =>
    whyNotOpened(`page.goto: net::ERR_${code} at http://localhost:5173/`)
  expect(said('CONNECTION_REFUSED')).toBe('nothing listens there, so the app does not run')
  expect(said('CERT_AUTHORITY_INVALID')).toBe('the browser does not trust its certificate')
  expect(said('ABORTED')).toBe('the browser says ABORTED')
  expect(whyNotOpened('page.goto: Timeout 15000ms exceeded.')).toBe('it did not answer in time')
  expect(whyNotOpened('page.goto: Download is starting')).toBe('Download is starting')
})
