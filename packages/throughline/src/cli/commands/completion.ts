import type { ArgsDef } from 'citty'
import { CannotRun } from '../../cannot-run.ts'
import { aliasesOf } from '../arguments.ts'
import { command, type Command } from '../command.ts'
import { commands } from '../commands.ts'

const shells = ['bash', 'zsh', 'fish'] as const

export const completion = command(
  {
    name: 'completion',
    summary: 'Print a script that completes commands and options',
    operands: 'bash|zsh|fish',
    most: 1,
    args: { shell: { type: 'positional', required: false, description: 'bash, zsh or fish' } },
    examples: [
      { line: 'throughline completion bash >> ~/.bashrc', does: 'bash' },
      {
        line: 'throughline completion zsh > ~/.zfunc/_throughline',
        does: 'zsh, where ~/.zfunc is in fpath',
      },
      {
        line: 'throughline completion fish > ~/.config/fish/completions/throughline.fish',
        does: 'fish',
      },
    ],
  },
  async (args, io) => {
    const shell = shells.find((one) => one === args._[0])
    if (shell === undefined) {
      throw new CannotRun(
        'TL9003',
        `Name your shell: \`throughline completion ${shells.join('|')}\`.`,
      )
    }
    const all = await Promise.all(Object.values(commands).map(async ({ load }) => load()))
    const script = { bash, zsh, fish }[shell](
      all.map((one) => ({
        name: one.name,
        summary: one.summary,
        options: optionsOf(one.args),
        words: wordsOf(one),
      })),
    )
    io.stdout.write(
      args.json === true ? `${JSON.stringify({ version: 1, shell, script }, null, 2)}\n` : script,
    )
    return 0
  },
)

interface Completed {
  readonly name: string
  readonly summary: string
  readonly options: readonly CompletedOption[]
  /** What can stand as its operand, where that is a fixed list; else files. */
  readonly words: readonly string[] | undefined
}

interface CompletedOption {
  readonly long: string
  readonly short: string | undefined
  readonly does: string
  /** `undefined` for a switch; empty where any value goes. */
  readonly values: readonly string[] | undefined
}

function optionsOf(args: ArgsDef): readonly CompletedOption[] {
  return Object.entries(args)
    .filter(([, definition]) => definition.type !== 'positional')
    .map(([name, definition]) => ({
      long: definition.type === 'boolean' && definition.default === true ? `no-${name}` : name,
      short: aliasesOf(definition).find((alias) => alias.length === 1),
      does: definition.description ?? '',
      values:
        definition.type === 'boolean'
          ? undefined
          : definition.type === 'enum'
            ? (definition.options ?? [])
            : [],
    }))
}

function wordsOf({ name }: Command): readonly string[] | undefined {
  return name === 'completion' ? shells : name === 'explain' ? [] : undefined
}

function flagsOf({ long, short }: CompletedOption): readonly string[] {
  return short === undefined ? [`--${long}`] : [`-${short}`, `--${long}`]
}

function bash(all: readonly Completed[]): string {
  const values = all.flatMap(({ name, options }) =>
    options.flatMap((one) =>
      one.values === undefined || one.values.length === 0
        ? []
        : [{ place: `${name}\\ --${one.long}`, choices: one.values }],
    ),
  )
  return `# throughline completion for bash
_throughline() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" files=yes
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${all.map(({ name }) => name).join(' ')} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]} $previous" in
${values.map(({ place, choices }) => `    ${place}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$current")); return ;;`).join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${all
  .map(
    ({ name, options, words }) =>
      `    ${name}) words="${[...options.flatMap(flagsOf), ...(words ?? [])].join(' ')}"${words === undefined ? '' : '; files='} ;;`,
  )
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ -n "$files" ] && [[ "$current" != -* ]]; then COMPREPLY=($(compgen -f -- "$current")); compopt -o filenames 2>/dev/null; fi
}
complete -F _throughline throughline
`
}

function zsh(all: readonly Completed[]): string {
  const quote = (text: string): string => text.replaceAll("'", "'\\''")
  const described = (text: string): string => quote(text.replace(/[[\]:\\]/g, '\\$&'))
  const option = (one: CompletedOption): readonly string[] =>
    flagsOf(one).map((flag) => {
      const value =
        one.values === undefined
          ? ''
          : one.values.length > 0
            ? `:value:(${one.values.join(' ')})`
            : ':value:_files'
      return `'${flag}[${described(one.does)}]${value}'`
    })
  return `#compdef throughline
_throughline() {
  local line state
  _arguments -C '1:command:->command' '*::argument:->argument' '--help[Show help]' '--version[Show the version]'
  case "$state" in
    command)
      local -a all=(
${all.map(({ name, summary }) => `        '${name}:${described(summary)}'`).join('\n')}
      )
      _describe command all ;;
    argument)
      case "$line[1]" in
${all
  .map(({ name, options, words }) => {
    const operand =
      words === undefined
        ? `'*:file:_files'`
        : words.length > 0
          ? `'1:word:(${words.join(' ')})'`
          : `'1:word:'`
    return `        ${name}) _arguments ${[...options.flatMap(option), operand].join(' \\\n          ')} ;;`
  })
  .join('\n')}
      esac ;;
  esac
}
if [ "$funcstack[1]" = _throughline ]; then _throughline "$@"; else compdef _throughline throughline; fi
`
}

function fish(all: readonly Completed[]): string {
  const quote = (text: string): string =>
    `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const lines = ['# throughline completion for fish']
  for (const { name, summary } of all) {
    lines.push(
      `complete -c throughline -n __fish_use_subcommand -f -a ${name} -d ${quote(summary)}`,
    )
  }
  for (const { name, options, words } of all) {
    const here = `complete -c throughline -n '__fish_seen_subcommand_from ${name}'`
    if (words !== undefined)
      lines.push(`${here} -f${words.length > 0 ? ` -a ${quote(words.join(' '))}` : ''}`)
    for (const { long, short, does, values } of options) {
      const value =
        values === undefined ? '' : values.length > 0 ? ` -x -a ${quote(values.join(' '))}` : ' -r'
      lines.push(
        `${here} -l ${long}${short === undefined ? '' : ` -s ${short}`}${value} -d ${quote(does)}`,
      )
    }
  }
  return `${lines.join('\n')}\n`
}
