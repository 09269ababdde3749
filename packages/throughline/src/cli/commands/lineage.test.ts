import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const shop = {
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /customer:
    get:
      operationId: getCustomer
      responses:
        '200':
          description: The customer
          content:
            application/json:
              schema: { type: object, properties: { "=email": { type: string, x-data-classification: { category: PII } } } }
`,
}

test('prints where classified data goes, as text, a table for spreadsheets and JSON', async () => {
  const shell = shellIn(shop)
  const text = await shell.run('lineage', 'store.yaml')
  expect(text.status).toBe(0)
  expect(text.stdout).toMatchInlineSnapshot(`
    "PII: no class of the policy
      =email  returned by store.getCustomer  (no class of the policy takes it)
    "
  `)
  const csv = await shell.run('lineage', 'store.yaml', '--format', 'csv', '-o', 'record.csv')
  expect(csv.stderr).toContain('Wrote record.csv')
  const [head, row] = readFileSync(join(shell.folder, 'record.csv'), 'utf8').split('\r\n')
  expect(head).toContain('Class,Sensitivity,Masking,API')
  expect(row).toContain(",'=email,")
  const json = await shell.run('lineage', 'store.yaml', '--json')
  expect(JSON.parse(json.stdout)).toMatchObject({
    version: 1,
    classes: [{ class: 'PII', declared: false, fields: 1 }],
    entries: [{ operation: 'store.getCustomer', path: '=email', direction: 'returned' }],
  })
})

test('says which classes there are for one that there is not', async () => {
  const { status, stderr } = await shellIn(shop).run('lineage', 'store.yaml', '--class', 'secret')
  expect(status).toBe(2)
  expect(stderr).toContain('There are: PII.')
})

test('keeps what is asked for, and says where there is none', async () => {
  const shell = shellIn(shop)
  const none = await shell.run('lineage', 'store.yaml', '--finding', 'unneeded')
  expect(none.stdout).toBe('No classified data is like that.\n')
  const other = await shell.run('lineage', 'store.yaml', '--owner', 'orders', '--json')
  expect(JSON.parse(other.stdout)).toMatchObject({ classes: [], entries: [] })
})
