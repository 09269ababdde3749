// `npm run fix`: format, and mend what the linter can mend by itself.
import { installed, run } from './ready.mjs'

installed()
run(['oxlint', '--fix'], 'Some findings need a person: see above.')
run(['oxfmt'], 'Formatting failed: see above.')
