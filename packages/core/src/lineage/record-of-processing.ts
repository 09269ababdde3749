import type { Lineage, LineageEntry, LineageScreen } from './lineage.ts'

/** The lineage as a page of Markdown: a table for each class, a line for each field and screen. */
export function lineageMarkdown({ name, classes, entries }: Lineage): string {
  const parts = [`# Where the data of ${inline(name)} goes\n`]
  if (classes.length === 0)
    parts.push(
      'Nothing is classified: the policy has no classes, and no contract says `x-data-classification`.\n',
    )
  for (const one of classes) {
    const own = entries.filter((entry) => entry.class === one.class)
    const rule = one.declared
      ? one.rules.join(', ') || 'no rule is written down'
      : 'no class of the policy takes it, so no rule holds'
    parts.push(`## ${inline(one.class)}\n`, `Rule: ${inline(rule)}.\n`)
    if (own.length === 0) parts.push('No contract has such data.\n')
    else parts.push(table(own))
  }
  return parts.join('\n')
}

/** The lineage as the rows of a table: a head, then a row for each field and screen. Cells are plain text. */
export function lineageRows({ entries }: Lineage): readonly (readonly string[])[] {
  return [
    [
      'Class',
      'Sensitivity',
      'Masking',
      'API',
      'API owner',
      'Operation',
      'Request',
      'Direction',
      'Place',
      'Field',
      'Screen',
      'Step',
      'Journey',
      'Journey owner',
      'Person',
      'Purpose',
      'Rule',
      'Finding',
    ],
    ...entries.flatMap((one) =>
      screensOf(one).map((screen) => [
        one.class,
        one.sensitivity ?? '',
        one.masking ?? '',
        one.api,
        one.owner ?? '',
        one.operation,
        one.request,
        one.direction,
        one.place,
        one.path,
        screen?.screen ?? '',
        screen?.step ?? '',
        screen?.journey ?? '',
        screen?.owner ?? '',
        screen?.persona ?? '',
        screen?.why ?? screen?.goal ?? '',
        one.rules.join(', '),
        findingOf(one),
      ]),
    ),
  ]
}

/** What is wrong with where a field goes, in plain words; empty where nothing is. */
export function findingOf({ broken, unneeded, declared }: LineageEntry): string {
  if (broken !== undefined) return `breaks the rule: ${broken}`
  if (unneeded) return 'returned, and no screen needs it'
  return declared ? '' : 'no class of the policy takes it'
}

function screensOf({ screens }: LineageEntry): readonly (LineageScreen | undefined)[] {
  return screens.length === 0 ? [undefined] : screens
}

function table(entries: readonly LineageEntry[]): string {
  const rows = entries.flatMap((one) =>
    screensOf(one).map((screen) => [
      code(one.path),
      `${one.direction === 'sent' ? 'to' : 'from'} ${code(one.operation)}${one.place === 'url' ? ', in its URL' : ''}`,
      screen === undefined ? 'no screen' : `${inline(screen.title)} (${inline(screen.journey)})`,
      inline(screen?.persona ?? ''),
      inline(screen?.why ?? screen?.goal ?? ''),
      inline(findingOf(one)),
    ]),
  )
  const head = ['Field', 'Operation', 'Screen', 'Person', 'Why', 'Finding']
  return `${[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`
}

function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\|<>`*_[\]]/g, '\\$&')
}

function code(text: string): string {
  return `\`${text.replace(/[`|\s]+/g, ' ')}\``
}
