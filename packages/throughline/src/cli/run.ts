import { CannotRun } from '../cannot-run.ts'
import { coloursOf } from './colours.ts'
import { commands } from './commands.ts'
import { helpOf, helpOfAll } from './help.ts'
import { widthOf, type Io } from './io.ts'
import { tracker, version } from './package.ts'

/**
 * Runs the command line (`argv` without node and script) and resolves to its exit status: 0 fine, 1 findings, 2 a usage
 * or configuration problem, 3 a bug. Never rejects; whatever goes wrong is printed.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io)
  } catch (error) {
    return failed(error, argv, io)
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const at = argv.findIndex((argument) => !argument.startsWith('-'))
  const name = at === -1 ? undefined : argv[at]!
  const before = at === -1 ? argv : argv.slice(0, at)
  const [unknown] = before.filter(
    (option) => !/^(-h|--help|-v|-V|--version|--no-color|--color)$/.test(option),
  )
  if (unknown !== undefined)
    throw new CannotRun(
      'TL9003',
      `There is no option \`${unknown}\` before the command. See \`throughline --help\`.`,
    )
  const colours = coloursOf(io.stdout, io.env)
  if (before.some((option) => /^(-v|-V|--version)$/.test(option))) {
    io.stdout.write(`${version()}\n`)
    return 0
  }
  if (name === undefined || name === 'help') {
    const [topic, ...more] = name === undefined ? [] : argv.slice(at + 1)
    if (topic !== undefined) return dispatch([topic, ...more, '--help'], io)
    // Asked for help: a result. Asked for nothing: a usage problem, and help is the advice.
    const asked = name === 'help' || before.length > 0
    ;(asked ? io.stdout : io.stderr).write(
      helpOfAll(version(), asked ? colours : coloursOf(io.stderr, io.env), widthOf(io.stdout)),
    )
    return asked ? 0 : 2
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (entry === undefined) {
    const { closest } = await import('@throughline/core')
    const [best] = closest(name, Object.keys(commands), 1)
    throw new CannotRun(
      'TL9003',
      `There is no command \`${name}\`.${best === undefined ? '' : ` Did you mean \`throughline ${best}\`?`} See \`throughline --help\`.`,
    )
  }
  const second = argv[at + 1] ?? ''
  const under =
    entry.under !== undefined && Object.hasOwn(entry.under, second)
      ? entry.under[second]
      : undefined
  const command = await (under ?? entry.load)()
  const own = argv.slice(at + (under === undefined ? 1 : 2))
  const rest = [
    ...before.filter((option) => /^(-h|--help)$/.test(option)),
    ...(command.understood?.(own) ?? own),
  ]
  const end = rest.indexOf('--')
  if (
    (end === -1 ? rest : rest.slice(0, end)).some(
      (option) => option === '--help' || option === '-h',
    )
  ) {
    io.stdout.write(helpOf(command, colours, widthOf(io.stdout)))
    return 0
  }
  return command.run(rest, io)
}

function failed(error: unknown, argv: readonly string[], io: Io): number {
  const { red, dim } = coloursOf(io.stderr, io.env)
  if (error instanceof CannotRun) {
    if (wantsJson(argv))
      io.stdout.write(
        `${JSON.stringify({ version: 1, error: { code: error.code, message: error.message } }, null, 2)}\n`,
      )
    io.stderr.write(`${red('error')} ${error.code}: ${error.message}\n`)
    return 2
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  io.stderr.write(
    `${red('internal error')}: this is a bug in Throughline, not in your files.\n\n${stack}\n\n` +
      `${dim(`throughline ${version()}, node ${process.versions.node}, ${process.platform} ${process.arch}`)}\n` +
      `Please report it with the lines above: ${tracker()}\n`,
  )
  return 3
}

function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json')
}
