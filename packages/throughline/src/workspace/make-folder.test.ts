import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

test('makes all that is missing, and says where none can be made', () => {
  const shop = mkdtempSync(join(tmpdir(), 'throughline-make-folder-'))
  try {
    makeFolder(join(shop, 'orders/late'))
    makeFolder(join(shop, 'orders/late'))
    expect(existsSync(join(shop, 'orders/late'))).toBe(true)
    writeFileSync(join(shop, 'basket'), '')
    expect(() => makeFolder(join(shop, 'basket'))).toThrow('EEXIST')
    expect(() => makeFolder(join(shop, 'basket/items'))).toThrow('ENOTDIR')
  } finally {
    rmSync(shop, { recursive: true })
  }
})

test.runIf(existsSync('/proc'))('does not wait for ever where the system takes no folders', () => {
  expect(() => makeFolder('/proc/orders/late')).toThrow('ENOENT')
})
