import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeOutput } from './write-output.ts'

test('writes the file, or says why it cannot and what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-output-'))
  writeOutput(folder, 'report.csv', 'step,reads\n')
  expect(readFileSync(join(folder, 'report.csv'), 'utf8')).toBe('step,reads\n')
  expect(() => writeOutput(folder, '.', '')).toThrow(
    '. cannot be written: it is a folder; name a file in it.',
  )
  expect(() => writeOutput(folder, 'nowhere/report.csv', '')).toThrow(
    'nowhere/report.csv cannot be written: its folder is not there; make it first.',
  )
})
