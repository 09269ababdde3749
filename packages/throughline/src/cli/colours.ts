import picocolors from 'picocolors'
import type { Io, Output } from './io.ts'

export type Colours = ReturnType<typeof picocolors.createColors>

/** Colours for one output: FORCE_COLOR wins over NO_COLOR, and without either only a capable terminal gets them. */
export function coloursOf(output: Output, env: Io['env']): Colours {
  return picocolors.createColors(isColourful(output, env))
}

export const noColours: Colours = picocolors.createColors(false)

function isColourful(output: Output, env: Io['env']): boolean {
  if (env['FORCE_COLOR'] !== undefined)
    return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false'
  if (env['NO_COLOR']) return false
  return output.isTTY === true && env['TERM'] !== 'dumb'
}
