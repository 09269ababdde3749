import { readFileSync } from 'node:fs'
import { compiled } from '../workspace/compiled.ts'
import { openRevision } from '../workspace/revision.ts'
import { workspaceAt } from '../workspace/workspace.ts'
import type { ErrorCountAsk } from './error-count.ts'

// A process of its own: what to check comes in as JSON, the number of errors goes out.

const { target, commit } = JSON.parse(readFileSync(0, 'utf8')) as ErrorCountAsk
const files = commit === undefined ? workspaceAt(target) : openRevision(target, commit)
const errors = compiled(files).diagnostics.filter(({ severity }) => severity === 'error')
process.stdout.write(String(errors.length))
