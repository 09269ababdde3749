import type { FramedDiagnostic, WorkspaceOverview } from '@throughline/core'
import { Unplug } from 'lucide-react'
import { Copyable } from '../ui/copyable.tsx'
import { SeverityGlyph } from '../ui/glyph.tsx'
import { Prose } from '../ui/prose.tsx'
import { SourceFrame } from '../ui/source-frame.tsx'
import { strings } from '../strings.ts'

/** The files on disk do not link: what is wrong with them, while the last good version stays on the page. */
export function BrokenBanner({
  broken: { since, diagnostics },
}: {
  readonly broken: NonNullable<WorkspaceOverview['broken']>
}) {
  return (
    <section className="banner broken" role="alert">
      <p>
        <b>{strings.broken.title(timeOf(since))}</b> {strings.broken.hint}
      </p>
      <Causes of={diagnostics.slice(0, shown)} open />
      {diagnostics.length > shown && (
        <details>
          <summary>{strings.broken.more(diagnostics.length - shown)}</summary>
          <Causes of={diagnostics.slice(shown)} />
        </details>
      )}
    </section>
  )
}

/** One slip often breaks many lines: the first few are enough to find it. */
const shown = 3

function Causes({
  of: diagnostics,
  open = false,
}: {
  readonly of: readonly FramedDiagnostic[]
  readonly open?: boolean
}) {
  return (
    <ul>
      {diagnostics.map((one, index) => (
        <li
          key={`${one.code}@${one.file}:${one.range.start.line}:${one.range.start.column} ${one.message}`}
        >
          <details open={open && index === 0}>
            <summary>
              <SeverityGlyph severity={one.severity} />
              <span>
                <code>
                  {one.file}:{one.range.start.line}
                </code>{' '}
                <Prose text={one.message} />
              </span>
            </summary>
            <SourceFrame of={one} />
          </details>
        </li>
      ))}
    </ul>
  )
}

/** The server does not answer; what it said last stays on the page. */
export function GoneBanner() {
  return (
    <section className="banner quiet" role="alert">
      <Unplug size={16} aria-hidden="true" />
      <p>
        <b>{strings.gone.title}.</b> {strings.gone.hint}
      </p>
      <Copyable text={strings.gone.command} />
    </section>
  )
}

/** `14:02`; the text itself when it is no time. */
function timeOf(since: string): string {
  const time = new Date(since)
  return Number.isNaN(time.getTime())
    ? since
    : time.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false })
}
