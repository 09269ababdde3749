import { findingsOf, freshIn, pictureName, verdictsOf, type StatesShown } from './shown.ts'

/** `test ui --json`; the same is kept for the studio, and is a baseline for later runs. */
export function statesJson(shown: StatesShown): string {
  const { report, build, at, pathOf } = shown
  const findings = findingsOf(shown)
  const result = {
    version: 1,
    app: report.app,
    ...(build !== undefined && { build }),
    at,
    states: report.states.map(({ origin, picture, findings: own, ...state }) => ({
      ...state,
      findings: own,
      file: pathOf(origin.source.file.path),
      line: origin.source.locate([origin.place])[0]!.start.line,
      ...(picture !== undefined && { picture: `${pictureName(picture)}.jpg` }),
    })),
    screens: report.screens.map(
      ({ step, screen, promised, promisedSlow, normal, slow, verySlow, owner }) => ({
        step,
        screen,
        promised,
        promisedSlow,
        normal,
        slow,
        verySlow,
        owner,
      }),
    ),
    findings: findings.map(({ isNew, file, ...one }) => ({
      ...one,
      file: pathOf(file),
      new: isNew,
    })),
    summary: {
      states: report.states.length,
      ...verdictsOf(report.states),
      findings: findings.filter(({ severity }) => severity !== 'info').length,
      new: freshIn(findings).length,
      stopped: report.stopped,
    },
  }
  return `${JSON.stringify(result, null, 2)}\n`
}
