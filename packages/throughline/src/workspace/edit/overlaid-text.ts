import {
  afterStep,
  applyOverlay,
  parsedText,
  type Overlay,
  type OverlayStep,
  type SourceFile,
} from '@throughline/core'
import { changedText, type Change } from './change-text.ts'
import { valueAt } from './change-value.ts'
import { same, type Plain } from './plain.ts'
import { Refusal } from './refusal.ts'

/**
 * What an OpenAPI Overlay makes of a contract's text. Comments, order and formatting of all that it does not change stay. What it
 * would add again, because it is there already, is left out, so that applying twice is applying once. Throws `Refusal`.
 */
export function overlaidText(file: SourceFile, overlay: Overlay): string {
  const { value, diagnostics } = parsedText(file)
  if (diagnostics.length > 0)
    throw new Refusal(409, `${file.path} can't be read`, 'Mend it in an editor first.')
  const { steps, problems, idle } = applyOverlay(value, overlay)
  const [wrong] = problems
  if (wrong !== undefined)
    throw new Refusal(
      409,
      `Action ${wrong.action + 1} does not fit ${file.path}: it ${wrong.problem}`,
      'The contract has changed since it was proposed. Propose it anew.',
    )
  const left = idle.find((action) => overlay.actions[action]!.remove !== true)
  if (left !== undefined)
    throw new Refusal(
      409,
      `${file.path} has nothing at ${overlay.actions[left]!.target}`,
      'The contract has changed since it was proposed. Propose it anew.',
    )
  return asPrinted(file.text, value, steps) ?? stepByStep(file, steps)
}

function stepByStep(file: SourceFile, steps: readonly OverlayStep[]): string {
  let here = file
  for (const step of steps) {
    const change = changeFor(parsedText(here).value as Plain, step)
    if (change !== undefined) here = { path: file.path, text: changedText(here, change) }
  }
  return here.text
}

/** A step as a change of the text; `undefined` where the text says it already. */
function changeFor(value: Plain, step: OverlayStep): Change | undefined {
  const { path } = step
  if (step.kind === 'append') {
    const list = valueAt(value, path)
    if (!Array.isArray(list)) return undefined
    const items: readonly Plain[] = list
    return items.some((one) => same(one, step.value))
      ? undefined
      : { kind: 'insert', path, at: items.length, value: step.value as Plain }
  }
  if (step.kind === 'set') return { kind: 'set', path, value: step.value as Plain }
  const above = path.slice(0, -1)
  const holder = valueAt(value, above)
  // An empty map or list stays where it is: what stands there may be required.
  if (holder !== null && typeof holder === 'object' && Object.keys(holder).length === 1)
    return { kind: 'set', path: above, value: Array.isArray(holder) ? [] : {} }
  return { kind: 'remove', path }
}

/** JSON as a program prints it is printed again in the same way: the fast way for contracts of many megabytes. */
function asPrinted(
  text: string,
  value: unknown,
  steps: readonly OverlayStep[],
): string | undefined {
  if (!text.startsWith('{')) return undefined
  const indent = /^\{\r?\n([ \t]+)"/.exec(text)?.[1] ?? ''
  const end = text.endsWith('\n') ? '\n' : ''
  if (JSON.stringify(value, null, indent) + end !== text) return undefined
  let after = value
  for (const step of steps) {
    const change = changeFor(after as Plain, step)
    if (change !== undefined) after = afterStep(after, step)
  }
  return JSON.stringify(after, null, indent) + end
}
