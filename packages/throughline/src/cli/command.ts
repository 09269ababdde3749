import { defineCommand, runCommand, type ArgsDef, type CommandContext } from 'citty'
import { checkArguments } from './arguments.ts'
import type { Io } from './io.ts'

/** What a person reads about a command in `--help`. */
export interface CommandAbout<Args extends ArgsDef = ArgsDef> {
  readonly name: string
  /** One line, without a full stop. */
  readonly summary: string
  /** What stands after the name: `[DIR|FILES...]`. Empty for a command that takes nothing. */
  readonly operands: string
  /** How many operands it takes at most. */
  readonly most?: number
  readonly args: Args
  /** What others call the same options, before anything is looked at. */
  readonly understood?: (rawArgs: readonly string[]) => readonly string[]
  readonly examples: readonly { readonly line: string; readonly does: string }[]
  /** Words that an option takes, where they need a line each. */
  readonly table?: { readonly title: string; readonly rows: readonly (readonly [string, string])[] }
  /** What else there is to know: exit status, files. */
  readonly notes?: string
}

export interface Command extends CommandAbout {
  /** Runs with what stands after the command's name and resolves to the exit status. */
  readonly run: (rawArgs: readonly string[], io: Io) => Promise<number>
}

/** Options that every command has. */
export const commonArgs = {
  json: { type: 'boolean', description: 'Machine-readable result on stdout; talk goes to stderr' },
  help: { type: 'boolean', alias: 'h', description: 'Show this' },
} as const satisfies ArgsDef

/** One command of the command line: what is said about it, and what it does with parsed arguments. */
export function command<const Args extends ArgsDef>(
  about: CommandAbout<Args>,
  act: (
    args: CommandContext<Args & typeof commonArgs>['args'],
    io: Io,
    rawArgs: readonly string[],
  ) => Promise<number>,
): Command {
  const args: Args & typeof commonArgs = { ...about.args, ...commonArgs }
  return {
    ...about,
    args,
    async run(rawArgs, io) {
      await checkArguments(about.name, rawArgs, args, about.most)
      const definition = defineCommand({ args, run: (context) => act(context.args, io, rawArgs) })
      const { result } = await runCommand(definition, { rawArgs: [...rawArgs] })
      return result as number
    },
  }
}
