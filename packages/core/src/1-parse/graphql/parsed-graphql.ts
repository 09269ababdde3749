import { GraphQLError, parse, type DefinitionNode } from 'graphql'
import type { Problem } from '../../text/problem.ts'
import { suggestion } from '../../text/suggestion.ts'

/** GraphQL text, as far as it can be read. Offsets of the nodes (`loc`) are those of the text, mended or not. */
export interface ParsedGraphql {
  readonly definitions: readonly DefinitionNode[]
  readonly problems: readonly Problem[]
}

/**
 * Parses SDL or operation documents. Where the grammar is broken, the line or definition that breaks it is taken out
 * and the rest still counts; at most one problem is told for each definition. Never throws.
 */
export function parsedGraphql(text: string): ParsedGraphql {
  const problems = new Map<number, Problem>()
  let readable = text
  for (let attempt = 0; attempt < mostAttempts(text); attempt++) {
    if (!/[^\s,#\ufeff]/.test(readable))
      return { definitions: [], problems: [...problems.values()] }
    const parsed = definitionsOf(readable)
    if ('definitions' in parsed)
      return { definitions: parsed.definitions, problems: [...problems.values()] }
    const { offset } = parsed
    const definition = definitionAround(readable, offset)
    if (!problems.has(definition.start)) problems.set(definition.start, problemAt(text, parsed))
    readable = mended(readable, offset, definition)
  }
  return { definitions: [], problems: [...problems.values()] }
}

type Failure = { readonly offset: number; readonly message: string }

function definitionsOf(
  text: string,
): { readonly definitions: readonly DefinitionNode[] } | Failure {
  try {
    return parse(text, { maxTokens: 10_000_000 })
  } catch (error) {
    if (!(error instanceof GraphQLError))
      return { offset: 0, message: 'The text is nested too deeply to be read. Make it flatter.' }
    return {
      offset: Math.min(error.positions?.[0] ?? 0, text.length),
      message: error.message.replace(/^Syntax Error: /, ''),
    }
  }
}

/** Reading again costs the length of the text, so that big files get fewer attempts. */
function mostAttempts(text: string): number {
  return Math.max(5, Math.min(50, Math.floor(10_000_000 / (text.length + 1))))
}

const keywords = [
  'type',
  'interface',
  'union',
  'enum',
  'input',
  'scalar',
  'directive',
  'schema',
  'extend',
  'query',
  'mutation',
  'subscription',
  'fragment',
]
const startOfDefinition = new RegExp(`^(${keywords.join('|')})\\b`)

function problemAt(text: string, { offset, message }: Failure): Problem {
  const [token = ''] = /^(\w+|[^\s\w])?/.exec(text.slice(offset, offset + 200)) ?? []
  return {
    start: offset,
    end: offset + Math.max(token.length, offset < text.length ? 1 : 0),
    problem: `${message}${adviceFor(message)}`,
  }
}

function adviceFor(message: string): string {
  const [, unexpected] = /^Unexpected Name "(\w+)"/.exec(message) ?? []
  if (unexpected !== undefined)
    return (
      suggestion(unexpected, keywords) ||
      ' A definition begins with a word such as `type`, `input`, `enum` or `query`.'
    )
  if (message.includes('<EOF>')) return ' The text ends too early: close what was opened.'
  if (/Expected Name, found "}"/.test(message))
    return ' Put at least one field between the braces, or leave them out.'
  if (/Unterminated string/.test(message)) return ' Close it with the quotes it began with.'
  if (/Expected ":"/.test(message)) return ' A field is a name, a colon and a type: `name: String`.'
  return ''
}

interface Span {
  readonly start: number
  readonly end: number
}

/** From the line that begins the definition around an offset to the line that begins the next one: what is inside is indented. */
function definitionAround(text: string, offset: number): Span {
  let start = lineAt(text, offset).start
  while (start > 0 && !startsSomething(text, start)) start = lineAt(text, start - 1).start
  let end = lineAt(text, offset).end
  while (end < text.length && !startsSomething(text, end + 1)) end = lineAt(text, end + 1).end
  return { start, end }
}

/** A definition, or what was meant to be one. */
function startsSomething(text: string, lineStart: number): boolean {
  return /^[a-z{]/i.test(text.slice(lineStart, lineStart + 1))
}

function startsDefinition(text: string, lineStart: number): boolean {
  return text[lineStart] === '{' || startOfDefinition.test(text.slice(lineStart, lineStart + 16))
}

function lineAt(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset)
  return {
    start: offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1,
    end: end === -1 ? text.length : end,
  }
}

/** The text without what broke it, every other character in its place. */
function mended(text: string, offset: number, definition: Span): string {
  const line = lineAt(text, offset)
  const gap = beforeDescription(text, line.start)
  if (
    startsDefinition(text, line.start) &&
    gap > 0 &&
    text[gap - 1] === '\n' &&
    isOpen(text, gap)
  ) {
    return `${text.slice(0, gap - 1)}}${text.slice(gap)}`
  }
  const blankLine = blanked(text, line)
  return blankLine === text || startsDefinition(text, line.start)
    ? blanked(text, definition)
    : blankLine
}

/** Whether the definition that ends before an offset lacks its closing brace. */
function isOpen(text: string, end: number): boolean {
  if (end === 0) return false
  const before = definitionAround(text, end - 1)
  const code = text.slice(before.start, end).replace(/"""[\s\S]*?"""|"[^"\n]*"|#[^\n]*/g, '')
  return code.split('{').length > code.split('}').length
}

/** Where the description (and comments) above a definition begin. */
function beforeDescription(text: string, start: number): number {
  let here = start
  let inBlock = false
  while (here > 0) {
    const line = lineAt(text, here - 1)
    const written = text.slice(line.start, line.end).trim()
    const fences = written.split('"""').length - 1
    const belongs =
      inBlock || fences > 0 || written === '' || written.startsWith('#') || /^".*"$/.test(written)
    if (!belongs) break
    if (fences % 2 === 1) inBlock = !inBlock
    here = line.start
  }
  return here
}

function blanked(text: string, { start, end }: Span): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n\r]/g, ' ') + text.slice(end)
}
