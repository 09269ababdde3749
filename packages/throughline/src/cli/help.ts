import type { ArgsDef } from 'citty'
import { aliasesOf } from './arguments.ts'
import type { Colours } from './colours.ts'
import type { Command } from './command.ts'
import { commands } from './commands.ts'
import { wrapped } from './wrap.ts'

/** `throughline --help`. */
export function helpOfAll(version: string, colours: Colours, width: number): string {
  const { bold, cyan, dim } = colours
  return [
    `${bold('throughline')} ${dim(version)}  Screens and APIs in one linked model: check, mock, studio`,
    '',
    `${bold('Usage')}  throughline COMMAND [OPTIONS]`,
    '',
    bold('Commands'),
    ...columns(
      Object.entries(commands).map(([name, { summary }]) => [cyan(name), name.length, summary]),
      width,
    ),
    '',
    bold('Start here'),
    `  ${cyan('throughline mock openapi.yaml')}   a mock of your API, with no set-up`,
    `  ${cyan('throughline check openapi.yaml')}  what is wrong with a contract`,
    `  ${cyan('throughline init openapi.yaml')}   a workspace with journeys to edit`,
    '',
    `\`throughline COMMAND --help\` says more. Exit status: 0 fine, 1 findings, 2 cannot run, 3 a bug of ours.`,
    '',
  ].join('\n')
}

/** `throughline check --help`. */
export function helpOf(command: Command, colours: Colours, width: number): string {
  const { bold, cyan } = colours
  const lines = [
    `${bold(`throughline ${command.name}`)}  ${command.summary}`,
    '',
    `${bold('Usage')}  throughline ${command.name}${command.operands === '' ? '' : ` ${command.operands}`} [OPTIONS]`,
    '',
    bold('Options'),
    ...columns(
      optionRows(command.args).map(([label, description]) => [
        cyan(label),
        label.length,
        description,
      ]),
      width,
    ),
    '',
    bold('Examples'),
    ...columns(
      command.examples.map(({ line, does }) => [cyan(line), line.length, does]),
      width,
    ),
    '',
  ]
  if (command.table !== undefined)
    lines.push(
      bold(command.table.title),
      ...columns(
        command.table.rows.map(([word, text]) => [cyan(word), word.length, text]),
        width,
      ),
      '',
    )
  if (command.notes !== undefined) lines.push(...wrapped(command.notes, width), '')
  return lines.join('\n')
}

/** Label and description of each option: `-p, --port PORT`. */
function optionRows(args: ArgsDef): readonly (readonly [string, string])[] {
  return Object.entries(args)
    .filter(([, definition]) => definition.type !== 'positional')
    .map(([name, definition]) => {
      const short = aliasesOf(definition).find((alias) => alias.length === 1)
      const hint = definition.type === 'enum' ? definition.options?.join('|') : definition.valueHint
      // What is on by default can only be switched off.
      const long =
        definition.type === 'boolean' && definition.default === true ? `--no-${name}` : `--${name}`
      const label = `${short === undefined ? '    ' : `-${short}, `}${long}${hint === undefined ? '' : ` ${hint}`}`
      const otherwise =
        definition.default === undefined || typeof definition.default === 'boolean'
          ? ''
          : ` (${definition.default})`
      return [label, `${definition.description ?? ''}${otherwise}`] as const
    })
}

/** Two columns; the second is wrapped, and goes below when the first is long. Rows are label, its width, text. */
function columns(
  rows: readonly (readonly [string, number, string])[],
  width: number,
): readonly string[] {
  const fitting = rows.map(([, size]) => size).filter((size) => size <= width / 3)
  const first = Math.max(0, ...fitting) + 4
  return rows.flatMap(([label, size, text]) => {
    const [head = '', ...rest] = wrapped(text, Math.max(20, width - first))
    const indent = ' '.repeat(first)
    const below = rest.map((line) => indent + line)
    return size + 4 > first
      ? [`  ${label}`, indent + head, ...below]
      : [`  ${label}${' '.repeat(first - size - 2)}${head}`, ...below]
  })
}
