import type { WaiverDeclaration } from '../1-parse/declarations.ts'
import type { Graph } from '../2-link/graph.ts'
import type { Severity } from '../text/catalogue.ts'
import { findingFingerprint } from '../schema/finding-fingerprint.ts'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import { globOf } from '../text/glob.ts'
import { child, originOf } from '../text/site.ts'
import type { CheckOptions } from './check-kind.ts'

/** Anything that rules and waivers are about: a diagnostic, or what another tool (lint) found. */
interface Finding {
  readonly rule: string
  readonly severity?: Severity
  readonly subject?: string
  /** All that it is about, where that is several things. */
  readonly subjects?: readonly string[]
  readonly fingerprint?: string
  readonly details?: NonNullable<Diagnostic['details']>
  /** What a waiver's subject is compared with where there is no subject. */
  readonly file?: string
}

/**
 * What a team has decided about diagnostics: the severities of `rules:` (`off` leaves them out), and waivers, which
 * take away the findings they cover until they expire. Says which waivers have expired or cover nothing.
 */
export function decided(
  graph: Graph,
  diagnostics: readonly Diagnostic[],
  { now }: Pick<CheckOptions, 'now'> = {},
): readonly Diagnostic[] {
  const waivers = waiversOf(graph, now)
  const kept = withoutWaived(diagnostics, waivers)
  const aboutWaivers = waivers.flatMap((waiver) => [...aboutWaiver(waiver, diagnostics)])
  return withSeverities(graph, [...kept, ...aboutWaivers])
}

/** The same decisions for findings from outside the graph, such as lint: nothing is said about the waivers themselves. */
export function decidedFindings<Found extends Finding>(
  graph: Graph,
  findings: readonly Found[],
  { now }: Pick<CheckOptions, 'now'> = {},
): readonly Found[] {
  return withSeverities(graph, withoutWaived(findings, waiversOf(graph, now)))
}

/**
 * For findings that aren't diagnostics: the waiver that covers each, by its index; which have expired and would have; and which of those
 * that `asked` names cover nothing.
 */
export function appliedWaivers(
  graph: Graph,
  findings: readonly Finding[],
  { now }: Pick<CheckOptions, 'now'> = {},
  asked: (rule: string) => boolean = () => false,
): {
  readonly by: readonly (WaiverDeclaration | undefined)[]
  readonly expired: readonly Diagnostic[]
  readonly unused: readonly Diagnostic[]
} {
  const waivers = waiversOf(graph, now)
  const by = findings.map((one) => {
    const covering = waivers.filter((waiver) => waiver.covers(one))
    for (const waiver of covering) waiver.used = true
    return covering.find((waiver) => !waiver.expired)?.declaration
  })
  const expired = waivers.filter((one) => one.expired && one.used)
  const unused = waivers.filter((one) => !one.used && asked(one.declaration.rule))
  return {
    by,
    expired: expired.flatMap((one) => [...aboutWaiver(one, [])]),
    unused: unused.map(({ declaration }) => unusedWaiver(declaration)),
  }
}

function withSeverities<Found extends Finding>(
  graph: Graph,
  findings: readonly Found[],
): readonly Found[] {
  const { rules } = graph.declarations.workspace
  const severities = new Map(rules.map(({ rule, severity }) => [rule, severity]))
  return findings.flatMap((one) => {
    const severity = severities.get(one.rule)
    if (severity === undefined || severity === one.severity) return [one]
    return severity === 'off' ? [] : [{ ...one, severity }]
  })
}

function withoutWaived<Found extends Finding>(
  findings: readonly Found[],
  waivers: readonly Waiver[],
): readonly Found[] {
  return findings.filter((one) => {
    const covering = waivers.filter((waiver) => waiver.covers(one))
    for (const waiver of covering) waiver.used = true
    return !covering.some((waiver) => !waiver.expired)
  })
}

interface Waiver {
  readonly declaration: WaiverDeclaration
  readonly expired: boolean
  readonly covers: (finding: Finding) => boolean
  used: boolean
}

function waiversOf(graph: Graph, now: Date | undefined): readonly Waiver[] {
  return graph.declarations.waivers.map((declaration) => waiverOf(declaration, now))
}

function waiverOf(declaration: WaiverDeclaration, now: Date | undefined): Waiver {
  const { rule, subject, fingerprint, expires } = declaration
  const matches = subject === undefined ? (): boolean => true : globOf(subject, '/.')
  return {
    declaration,
    // The day itself still counts, in UTC.
    expired:
      now !== undefined &&
      expires !== undefined &&
      now.toISOString().slice(0, 10) > expires.slice(0, 10),
    covers: (one) =>
      one.rule === rule &&
      (one.subjects ?? [one.subject ?? one.file ?? '']).some((about) => matches(about)) &&
      (fingerprint === undefined || fingerprint === (one.fingerprint ?? findingFingerprint(one))),
    used: false,
  }
}

function unusedWaiver({ site, rule, subject, fingerprint }: WaiverDeclaration): Diagnostic {
  return diagnostic(
    'TL5006',
    originOf(child(site, subject === undefined ? 'fingerprint' : 'subject') ?? site),
    { rule: quoted(rule) },
    { subject: `${rule} ${subject ?? fingerprint ?? ''}` },
  )
}

function* aboutWaiver(
  { declaration, expired, used }: Waiver,
  diagnostics: readonly Diagnostic[],
): Generator<Diagnostic> {
  const { site, rule, subject, fingerprint, expires } = declaration
  const about = { subject: `${rule} ${subject ?? fingerprint ?? ''}` }
  if (expired && used) {
    const origin = originOf(child(site, 'expires') ?? site)
    yield diagnostic('TL5005', origin, { rule: quoted(rule), expires: expires ?? '' }, about)
    return
  }
  // Lint, comparisons and test runs happen only sometimes: a waiver for them is not unused because nobody asked.
  const asked =
    !/^(diff|test)\//.test(rule) &&
    (rule !== 'lint' || diagnostics.some((one) => one.rule === 'lint'))
  if (!used && asked) yield unusedWaiver(declaration)
}
