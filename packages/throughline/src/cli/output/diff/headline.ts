import type { Summary } from '@throughline/core'
import { noColours, type Colours } from '../../colours.ts'
import { grouped, many } from '../text.ts'

/** `2 breaking, 1 warning, 14 infos. It breaks checkout/basket.`: the whole report in a line or two. */
export function headline(summary: Summary, colours: Colours = noColours): string {
  const { breaking, warning, info } = summary
  const counts = [
    breaking > 0 ? colours.red(`${grouped(breaking)} breaking`) : '',
    warning > 0 ? colours.yellow(many(warning, 'warning')) : '',
    info > 0 ? colours.cyan(many(info, 'info')) : '',
  ].filter((one) => one !== '')
  return counts.length === 0 ? colours.green('Nothing has changed.') : `${counts.join(', ')}.`
}

/** What else there is to know: steps, what the journeys decided, the version to choose. */
export function conclusions({
  stepsBroken,
  stepsDegraded,
  stepsHelped,
  undecidable,
  semver,
}: Summary): readonly string[] {
  const lines: string[] = []
  if (stepsBroken.length > 0) lines.push(`It breaks ${few(stepsBroken)}.`)
  if (stepsDegraded.length > 0) lines.push(`It degrades or surprises ${few(stepsDegraded)}.`)
  if (stepsHelped.length > 0) lines.push(`It helps ${few(stepsHelped)}.`)
  if (undecidable.count > 0 && undecidable.decided > 0)
    lines.push(
      `Of ${many(undecidable.count, 'change')} that contracts alone cannot judge, the journeys decided ${undecidable.decided}.`,
    )
  if (semver !== 'none') lines.push(`By semantic versioning this is a ${semver} version.`)
  return lines
}

function few(names: readonly string[]): string {
  const some = names.length > 5 ? names.slice(0, 4) : names
  const rest = names.length - some.length
  return `${some.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
