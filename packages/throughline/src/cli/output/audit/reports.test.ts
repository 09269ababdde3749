import { expect, test } from 'vitest'
import type { AuditReport, Cell } from '../../../targets/audit/audit.ts'
import { noColours } from '../../colours.ts'
import { auditHtml } from './html.ts'
import { auditJson } from './json.ts'
import { auditJunit } from './junit.ts'
import { auditMarkdown } from './markdown.ts'
import { auditSarif } from './sarif.ts'
import { auditText } from './text.ts'

const told: Cell = {
  id: 'checkout/basket/store.getBasket/500',
  screen: '/basket',
  call: 'store.getBasket',
  fault: '500',
  kind: '500',
  words: 'answers 500',
  verdict: 'message',
  bad: false,
  why: 'People are told.',
  milliseconds: 300,
}
const blank: Cell = {
  ...told,
  id: 'checkout/basket/store.getBasket/hang',
  fault: 'hang',
  kind: 'hang',
  words: 'never answers',
  verdict: 'blank',
  bad: true,
  why: 'Nobody says why: “<img src=x onerror=alert(1)>\u001b[2J @everyone”.',
  promised: 'A banner with Try again',
  picture: Buffer.from('a picture'),
}
const report: AuditReport = {
  app: 'http://localhost:4402/',
  screens: [
    {
      screen: '/basket',
      url: 'http://localhost:4402/basket',
      title: 'Basket',
      calls: ['GET /basket'],
    },
  ],
  cells: [told, blank],
  notes: [],
  stopped: false,
}

test('prints the matrix, and the reason of what is bad', () => {
  const text = auditText(report, [blank], noColours, 100)
  expect(text).toContain('  500     hang')
  expect(text).toContain('  message BLANK')
  expect(text).toContain('The journey promises: A banner with Try again')
  expect(text).toContain(
    '2 cells on 1 screen of http://localhost:4402/: 1 bad (1 blank, 1 message)',
  )
  expect(text).not.toContain('\u001b')
})

test('tells what is known from what is new', () => {
  expect(auditText(report, [], noColours, 100)).toContain('1 bad (1 known)')
  expect(auditJunit(report, [])).toContain('failures="0" skipped="1"')
  expect(auditJunit(report, [blank])).toContain('failures="1" skipped="0"')
  expect(JSON.parse(auditJson(report, [blank]))).toMatchObject({
    cells: [{ new: false }, { new: true }],
    summary: { cells: 2, bad: 1, new: 1 },
  })
})

test('shows what a page said, and runs none of it', () => {
  const page = auditHtml(report, [blank])
  expect(page).toContain('&lt;img src=x')
  expect(page).not.toContain('<img src=x')
  expect(page).toContain(`data:image/jpeg;base64,${blank.picture!.toString('base64')}`)
  expect(auditMarkdown(report, [blank])).not.toMatch(/<img|@everyone/)
  // eslint-disable-next-line no-control-regex -- XML forbids them
  expect(auditJunit(report, [blank])).not.toMatch(/[\u0000-\u0008\u001b]|<img/)
})

test('is a log for code scanning that tells new cells from known ones', () => {
  const log = JSON.parse(
    auditSarif([told, blank, { ...blank, id: 'known' }], [blank], {
      version: '0.0.0',
      pathOf: (path) => path,
    }),
  ) as { runs: { results: object[]; tool: { driver: { rules: object[] } } }[] }
  expect(log.runs[0]?.tool.driver.rules).toMatchObject([{ id: 'audit/blank' }])
  expect(log.runs[0]?.results).toMatchObject([
    { ruleId: 'audit/blank', baselineState: 'new' },
    { ruleId: 'audit/blank', baselineState: 'unchanged' },
  ])
})
