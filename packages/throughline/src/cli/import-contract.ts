import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { lossBook, lossLines, lossReports } from '@throughline/core'
import { stringify } from 'yaml'
import { contractExtensions } from '../targets/mock/import/contract-extensions.ts'
import { manifests } from '../workspace/target.ts'
import type { JourneyImport } from './import-arazzo.ts'
import { writeFiles } from './init/write-files.ts'
import type { Io } from './io.ts'
import { many } from './output/text.ts'
import { makeFolder } from '../workspace/make-folder.ts'

/**
 * What the extensions of a contract become: the classes that it gives fields begin a policy, where there is none. The contract itself is
 * read as it stands, and not changed.
 */
export function importContract(
  { file, value, dir, dryRun, json }: JourneyImport,
  path: string,
  name: string,
  io: Io,
): number {
  const { classes, owners, loss: found } = contractExtensions(value)
  const book = lossBook()
  const files = new Map<string, string>()
  const hasPolicy = existsSync(join(dir, 'policy.yaml')) || existsSync(join(dir, 'policy.yml'))
  const policy = {
    classes: Object.fromEntries([...classes].map(([id, fields]) => [id, { contains: fields }])),
  }
  if (classes.size > 0 && !hasPolicy) {
    files.set('policy.yaml', stringify(policy, { lineWidth: 120 }))
    for (const [id, fields] of classes)
      book.note('taken', `the class ${id}`, `policy.yaml, ${many(fields.length, 'name')} of fields`)
  }
  if (classes.size > 0 && hasPolicy)
    book.note(
      'changed',
      'the classes of its fields',
      'there is a policy: what would be added is shown',
    )
  const contract = relative(dir, path).split(sep).join('/')
  const isNew = !manifests.some((one) => existsSync(join(dir, one)))
  if (isNew && !contract.startsWith('..'))
    files.set(
      'throughline.yaml',
      stringify({
        throughline: 1,
        name,
        apis: {
          [name]: { contract, ...(owners.length === 1 && { owner: owners[0] }) },
        },
      }),
    )
  const loss = lossReports(book.report(), found)
  if (!dryRun && files.size > 0) {
    makeFolder(dir)
    writeFiles(dir, files)
  }
  const next = classes.size > 0 && hasPolicy ? stringify(policy, { lineWidth: 120 }) : undefined
  if (json) {
    io.stdout.write(
      `${JSON.stringify({ version: 1, format: 'openapi', written: dryRun ? [] : [...files.keys()], ...(dryRun && { wouldWrite: Object.fromEntries(files) }), owners, loss, ...(next !== undefined && { next }) }, null, 2)}\n`,
    )
    return 0
  }
  if (files.size > 0) {
    io.stdout.write(`${dryRun ? 'Would write:' : 'Written:'}\n`)
    for (const one of files.keys()) io.stdout.write(`  ${one}\n`)
  }
  if (next !== undefined) io.stdout.write(`Add to policy.yaml:\n${next}`)
  for (const { what, why } of loss.taken) io.stdout.write(`Taken: ${what}: ${why}\n`)
  io.stdout.write(
    `${file}: taken ${loss.taken.length}, changed ${loss.changed.length}, dropped ${loss.dropped.length}\n`,
  )
  for (const line of lossLines(loss)) io.stderr.write(`${line}\n`)
  return 0
}
