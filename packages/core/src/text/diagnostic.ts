import { catalogue, type Code, type Details, type Severity } from './catalogue.ts'
import type { Origin, Range } from './origin.ts'
import type { SourceFile } from './source.ts'

/** Something a person should know about their files. Its position is found only when it is shown (`located`). */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  readonly rule: string
  readonly message: string
  readonly origin: Origin
  /** What fills its message: names and values. */
  readonly details?: Readonly<Record<string, string | number>>
  /** What it is about, as people write it: `checkout/basket`, `store.getBasket`. */
  readonly subject?: string
  readonly related?: readonly { readonly origin: Origin; readonly message: string }[]
  readonly fixes?: readonly Fix[]
}

/** A mend that a tool can offer. `replace` is the new text for the diagnostic's span, where there is one. */
export interface Fix {
  readonly title: string
  /** The need to propose to those who own the contract (`throughline propose`), where that is the mend. */
  readonly propose?: string
  readonly replace?: string
}

/** `check --json`: one entry of `diagnostics` (FORMATS, section 5). */
export interface LocatedDiagnostic {
  readonly code: Code
  readonly severity: Severity
  readonly rule: string
  readonly message: string
  readonly file: string
  readonly range: Range
  readonly subject?: string
  readonly related?: readonly {
    readonly file: string
    readonly range: Range
    readonly message: string
  }[]
  readonly help: string
  readonly fixes?: readonly Fix[]
}

type Extras = Pick<Diagnostic, 'subject' | 'related' | 'fixes'>

/** Makes a diagnostic from the catalogue. Quote people's own names in backticks (`quoted`). */
export function diagnostic<C extends Code>(
  code: C,
  origin: Origin,
  details: Details<C>,
  extras: Extras = {},
): Diagnostic {
  const { rule, severity, message } = catalogue[code]
  const words = details as Readonly<Record<string, string | number>>
  const filled = message.replace(/\{(\w+)\}/g, (_, word: string) => String(words[word]))
  return { code, severity, rule, message: filled, origin, details: words, ...extras }
}

/** A name as people wrote it, made safe for one line of a terminal: control characters shown, length bounded. */
export function quoted(name: string): string {
  const oneLine = name.replace(/[\p{Cc}\u2028\u2029]/gu, '\ufffd')
  return '`' + (oneLine.length > 120 ? `${oneLine.slice(0, 117)}...` : oneLine) + '`'
}

/** Finds every position with one pass per file, keeping the order of the diagnostics. */
export function located(diagnostics: readonly Diagnostic[]): readonly LocatedDiagnostic[] {
  const origins: Origin[] = []
  for (const one of diagnostics)
    origins.push(one.origin, ...(one.related ?? []).map((other) => other.origin))
  const ranges = rangesOf(origins)
  const rangeOf = (origin: Origin): Range => ranges.get(origin)!
  return diagnostics.map(({ origin, related, code, severity, rule, message, subject, fixes }) => ({
    code,
    severity,
    rule,
    message,
    ...(subject !== undefined && { subject }),
    ...(fixes !== undefined && { fixes }),
    file: origin.source.file.path,
    range: rangeOf(origin),
    ...(related && {
      related: related.map((other) => ({
        file: other.origin.source.file.path,
        range: rangeOf(other.origin),
        message: other.message,
      })),
    }),
    help: `docs/diagnostics/${code}.md`,
  }))
}

/** The way back from `located`: a finding of another tool, whose place is known already. `file` is the one it stands in. */
export function placed(
  { code, severity, rule, message, range, subject, fixes }: LocatedDiagnostic,
  file: SourceFile,
): Diagnostic {
  return {
    code,
    severity,
    rule,
    message,
    origin: {
      source: { file, locate: (places) => places.map(() => range) },
      place: { kind: 'value', path: [] },
    },
    ...(subject !== undefined && { subject }),
    ...(fixes && { fixes }),
  }
}

function rangesOf(origins: readonly Origin[]): ReadonlyMap<Origin, Range> {
  const bySource = Map.groupBy(origins, (origin) => origin.source)
  const ranges = new Map<Origin, Range>()
  for (const [source, group] of bySource) {
    const found = source.locate(group.map((origin) => origin.place))
    group.forEach((origin, index) => ranges.set(origin, found[index]!))
  }
  return ranges
}
