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
    const all = await Promise.all(
      Object.values(commands).map(async ({ load, under = {} }): Promise<Completed> => {
        const own = await load()
        return {
          ...completedOf(own),
          under: await Promise.all(
            Object.entries(under).map(async ([name, inner]) => ({
              ...completedOf(await inner()),
              name,
            })),
          ),
        }
      }),
    )
    const script = { bash, zsh, fish }[shell](all)
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
  /** Commands of two words: `ui` of `throughline test ui`. */
  readonly under: readonly Completed[]
}

interface CompletedOption {
  readonly long: string
  readonly short: string | undefined
  readonly does: string
  /** `undefined` for a switch; empty where any value goes. */
  readonly values: readonly string[] | undefined
}

function completedOf(one: Command): Completed {
  return {
    name: one.name,
    summary: one.summary,
    options: optionsOf(one.args),
    words: wordsOf(one),
    under: [],
  }
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
  const places = all.flatMap((one) => [
    one,
    ...one.under.map((inner) => ({ ...inner, name: `${one.name} ${inner.name}` })),
  ])
  const values = places.flatMap(({ name, options }) =>
    options.flatMap((one) =>
      one.values === undefined || one.values.length === 0
        ? []
        : [{ place: `"${name} --${one.long}"`, choices: one.values }],
    ),
  )
  const pairs = all.flatMap(({ name, under }) => under.map((inner) => `"${name} ${inner.name}"`))
  return `# throughline completion for bash
_throughline() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" files=yes
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${all.map(({ name }) => name).join(' ')} --help --version" -- "$current"))
    return
  fi
  local command="\${COMP_WORDS[1]}"
  if [ "$COMP_CWORD" -gt 2 ]; then
    case "$command \${COMP_WORDS[2]}" in ${pairs.join('|')}) command="$command \${COMP_WORDS[2]}" ;; esac
  fi
  case "$command $previous" in
${values.map(({ place, choices }) => `    ${place}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$current")); return ;;`).join('\n')}
  esac
  case "$command" in
${places
  .map(
    ({ name, options, words, under }) =>
      `    "${name}") words="${[...options.flatMap(flagsOf), ...(words ?? [])].join(' ')}"${words === undefined ? '' : '; files='}${
        under.length === 0
          ? ''
          : `; [ "$COMP_CWORD" -eq 2 ] && words="$words ${under.map((inner) => inner.name).join(' ')}"`
      } ;;`,
  )
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ -n "$files" ] && [[ "$current" != -* ]]; then COMPREPLY+=($(compgen -f -- "$current")); compopt -o filenames 2>/dev/null; fi
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
  const argument = ({ options, words, under }: Completed): string => {
    const operands =
      under.length > 0
        ? [
            `'1:command:{ compadd ${under.map(({ name }) => name).join(' ')}; _files }'`,
            `'*:file:_files'`,
          ]
        : words === undefined
          ? [`'*:file:_files'`]
          : [words.length > 0 ? `'1:word:(${words.join(' ')})'` : `'1:word:'`]
    const own = `_arguments ${[...options.flatMap(option), ...operands].join(' \\\n          ')}`
    return under.length === 0
      ? own
      : `case "$(( CURRENT > 2 ))$words[2]" in
${under.map((inner) => `          1${inner.name}) shift words; (( CURRENT-- )); ${argument(inner)} ;;`).join('\n')}
          *) ${own} ;;
        esac`
  }
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
${all.map((one) => `        ${one.name}) ${argument(one)} ;;`).join('\n')}
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
  const places = all.flatMap((one) => {
    const from = `__fish_seen_subcommand_from ${one.name}`
    const names = one.under.map((inner) => inner.name).join(' ')
    const apart = names === '' ? '' : `; and not __fish_seen_subcommand_from ${names}`
    for (const { name, summary } of one.under)
      lines.push(`complete -c throughline -n '${from}${apart}' -a ${name} -d ${quote(summary)}`)
    return [
      { ...one, when: `${from}${apart}` },
      ...one.under.map((inner) => ({
        ...inner,
        when: `${from}; and __fish_seen_subcommand_from ${inner.name}`,
      })),
    ]
  })
  for (const { when, options, words } of places) {
    const here = `complete -c throughline -n '${when}'`
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
