import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { catalogue, ruleTitle } from '@throughline/core'
import type { Code, Explanation } from '@throughline/core'

/** What a diagnostic means: its page, or the line of the catalogue where it has none. `undefined` for an unknown code. */
export function explanationOf(code: string): Explanation | undefined {
  if (!isCode(code)) return undefined
  let known = remembered.get(code)
  if (known === undefined) remembered.set(code, (known = read(code)))
  return known
}

/** Every explanation, in the order of the codes. */
export function explanations(): readonly Explanation[] {
  return Object.keys(catalogue).flatMap((code) => explanationOf(code) ?? [])
}

const remembered = new Map<Code, Explanation>()

function isCode(code: string): code is Code {
  return Object.hasOwn(catalogue, code)
}

function read(code: Code): Explanation {
  const { rule, severity, side, message } = catalogue[code]
  const path = folders()
    .map((folder) => join(folder, `${code}.md`))
    .find((one) => existsSync(one))
  const text =
    path === undefined
      ? `# ${code}: ${rule}\n\n${message.replace(/\{(\w+)\}/g, '<$1>')}\n`
      : readFileSync(path, 'utf8')
  return { code, rule, severity, side, title: titleIn(text) ?? ruleTitle(code), text }
}

/** `Need not in contract` of `# TL2003: need not in contract`. */
function titleIn(text: string): string | undefined {
  const title = /^# TL\d{4}: (.+)$/m.exec(text)?.[1]?.trim()
  return title === undefined || title === ''
    ? undefined
    : title.charAt(0).toUpperCase() + title.slice(1)
}

/** Beside the bundle when installed, in core's package in a checkout. */
function folders(): readonly string[] {
  const here = dirname(fileURLToPath(import.meta.url))
  return [join(here, 'diagnostics'), join(here, '..', '..', '..', 'core', 'diagnostics')]
}
