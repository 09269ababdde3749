// `npm run fix`: write what is generated, format, and mend what the linter can mend by itself.
import { join } from 'node:path'
import { house, installed, run } from './ready.mjs'

installed()
run(
  ['node', join(house, 'packages/throughline/scripts/write-studio-client.ts')],
  "The studio's client could not be written from its contract: see above.",
)
run(['oxlint', '--fix'], 'Some findings need a person: see above.')
run(['oxfmt'], 'Formatting failed: see above.')
