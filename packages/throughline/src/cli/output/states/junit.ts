import { findingsOf, freshIn, type StatesShown } from './shown.ts'

/** A test case for each state, a suite for each step; a state of which all findings are known is skipped. */
export function statesJunit(shown: StatesShown): string {
  const findings = findingsOf(shown)
  const fresh = freshIn(findings)
  const cases = [
    ...shown.report.states.map(({ id, step, took }) => ({ id, step, took })),
    ...findings
      .filter(({ check }) => check === 'over-budget')
      .map(({ state: id, step }) => ({ id, step, took: 0 })),
  ]
  const suites = [...Map.groupBy(cases, ({ step }) => step)].map(([step, own]) => {
    const written = own.map(({ id, took }) => {
      const open = `    <testcase classname="${text(step)}" name="${text(id)}" time="${(took / 1_000).toFixed(3)}"`
      const bad = fresh.filter(({ state }) => state === id)
      if (bad.length > 0)
        return {
          failed: true,
          skipped: false,
          xml: `${open}><failure type="${text(bad[0]!.check)}" message="${text(bad.map(({ message }) => message).join(' '))}"/></testcase>`,
        }
      const rest = findings.find(({ state }) => state === id)
      return rest === undefined
        ? { failed: false, skipped: false, xml: `${open}/>` }
        : {
            failed: false,
            skipped: true,
            xml: `${open}><skipped message="${text(rest.isNew ? rest.message : 'known')}"/></testcase>`,
          }
    })
    return [
      `  <testsuite name="${text(step)}" tests="${own.length}" failures="${written.filter(({ failed }) => failed).length}" skipped="${written.filter(({ skipped }) => skipped).length}">`,
      ...written.map(({ xml }) => xml),
      '  </testsuite>',
    ].join('\n')
  })
  const failures = new Set(fresh.map(({ state }) => state)).size
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="throughline test ui" tests="${cases.length}" failures="${failures}">\n${suites.join('\n')}\n</testsuites>\n`
}

function text(value: string): string {
  return value
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\t\n\r]/g, ' ')
}
