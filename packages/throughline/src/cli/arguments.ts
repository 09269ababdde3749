import { parseArgs } from 'node:util'
import type { ArgsDef } from 'citty'
import { CannotRun } from '../cannot-run.ts'

/**
 * Refuses what the parser would silently take: unknown options (with "did you mean"), options without their value,
 * values that are not among the choices, and more operands than the command has. Throws `CannotRun` (TL9003).
 */
export async function checkArguments(
  command: string,
  rawArgs: readonly string[],
  args: ArgsDef,
  most = Infinity,
): Promise<void> {
  const { tokens } = parseArgs({
    args: [...rawArgs],
    options: optionsOf(args),
    strict: false,
    tokens: true,
    allowPositionals: true,
  })
  let operands = 0
  for (const token of tokens) {
    if (token.kind === 'positional') {
      operands += 1
      if (operands > most) throw usage(`There is nothing to do with \`${token.value}\`.`, command)
    }
    if (token.kind !== 'option') continue
    const { name, rawName } = token
    const negated = name.startsWith('no-') && !Object.hasOwn(args, name) ? name.slice(3) : undefined
    const definition = find(args, negated ?? name)
    if (definition === undefined || (negated !== undefined && definition.type !== 'boolean')) {
      throw usage(`There is no option \`${rawName}\`.${await meant(rawName, args)}`, command)
    }
    if (definition.type === 'boolean') {
      if (token.value !== undefined) throw usage(`\`${rawName}\` takes no value.`, command)
      continue
    }
    if (
      token.value === undefined ||
      token.value === '' ||
      (!token.inlineValue && isOption(token.value, args))
    ) {
      throw usage(
        `\`${rawName}\` needs a value${definition.valueHint === undefined ? '' : `: ${rawName} ${definition.valueHint}`}.`,
        command,
      )
    }
    const choices = 'options' in definition ? definition.options : undefined
    if (choices !== undefined && !choices.includes(token.value)) {
      throw usage(
        `\`${rawName}\` is one of ${choices.join(', ')}, not \`${token.value}\`.`,
        command,
      )
    }
  }
}

/** A whole number within bounds, or `CannotRun` (TL9003) in the words of the option. */
export function wholeNumber(text: string, option: string, least: number, most: number): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN
  if (number >= least && number <= most) return number
  throw new CannotRun(
    'TL9003',
    `\`${option}\` is a whole number from ${least} to ${most}, not \`${text}\`.`,
  )
}

/** Every value of an option that may be given several times, in their order. */
export function valuesOf(
  option: string,
  rawArgs: readonly string[],
  args: ArgsDef,
): readonly string[] {
  const { tokens } = parseArgs({
    args: [...rawArgs],
    options: optionsOf(args),
    strict: false,
    tokens: true,
    allowPositionals: true,
  })
  return tokens.flatMap((token) =>
    token.kind === 'option' && token.name === option && token.value !== undefined
      ? [token.value]
      : [],
  )
}

function usage(problem: string, command: string): CannotRun {
  return new CannotRun('TL9003', `${problem} See \`throughline ${command} --help\`.`)
}

type Option = ArgsDef[string]

function find(args: ArgsDef, name: string): Option | undefined {
  for (const [key, definition] of Object.entries(args)) {
    if (definition.type !== 'positional' && (key === name || aliasesOf(definition).includes(name)))
      return definition
  }
  return undefined
}

function optionsOf(args: ArgsDef): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {}
  for (const [name, definition] of Object.entries(args)) {
    if (definition.type === 'positional') continue
    const short = aliasesOf(definition).find((alias) => alias.length === 1)
    options[name] = {
      type: definition.type === 'boolean' ? 'boolean' : 'string',
      ...(short !== undefined && { short }),
    }
  }
  return options
}

export function aliasesOf(definition: Option): readonly string[] {
  const alias = 'alias' in definition ? definition.alias : undefined
  return alias === undefined ? [] : typeof alias === 'string' ? [alias] : alias
}

function isOption(value: string, args: ArgsDef): boolean {
  return (
    value.startsWith('-') && find(args, value.replace(/^-+/, '').replace(/=.*$/, '')) !== undefined
  )
}

/** Only a slip of the finger needs the whole of core, so it is loaded only then. */
async function meant(rawName: string, args: ArgsDef): Promise<string> {
  const { closest } = await import('@throughline/core')
  const names = Object.keys(args).filter((name) => args[name]?.type !== 'positional')
  const [best] = closest(rawName.replace(/^-+/, '').replace(/=.*$/, ''), names, 1)
  return best === undefined ? '' : ` Did you mean \`--${best}\`?`
}
