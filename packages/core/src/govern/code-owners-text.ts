import { ownBlock } from '../1-parse/code-owners.ts'
import type { TeamDeclaration } from '../1-parse/declarations.ts'
import { joined } from '../1-parse/workspace-files.ts'
import type { Graph } from '../2-link/graph.ts'
import type { Written } from './written.ts'

/** Who owns which file, as CODEOWNERS takes it: `owners` are written as they are. */
interface Rule {
  readonly path: string
  readonly owners: readonly string[]
}

/**
 * The text of a CODEOWNERS file with a rule for each contract and each journey that somebody owns. Only our own block is
 * written anew, where it stands or at the end (the last rule counts); every other line stays as it is, byte for byte. What CODEOWNERS
 * said itself is not repeated. `place` is the workspace's folder in its repository.
 */
export function codeOwnersText(graph: Graph, existing: string, place = ''): Written {
  const leftOut: string[] = []
  const others = withoutBlock(existing)
  const rules = rulesOf(graph, handlesIn(others), place, leftOut)
  const end = existing.includes('\r\n') ? '\r\n' : '\n'
  const hasSections = /^\^?\[[^\]\n]+\]/m.test(others.join('\n'))
  const lines = [
    `${ownBlock.begin} (written by \`throughline export codeowners\`; change them there)`,
    // Rules at the end of a GitLab file would otherwise belong to its last section.
    ...(hasSections ? ['[Contracts and journeys]'] : []),
    ...rules.map(({ path, owners }) => `${escaped(path)} ${owners.join(' ')}`),
    ownBlock.end,
  ]
  return { text: withBlock(existing, rules.length === 0 ? [] : lines, end), leftOut }
}

function rulesOf(
  { declarations }: Graph,
  known: ReadonlyMap<string, string>,
  place: string,
  leftOut: string[],
): readonly Rule[] {
  const { workspace, journeys } = declarations
  const teams = new Map(workspace.teams.map((one) => [one.id, one]))
  const rules = new Map<string, Rule>()
  const add = (what: string, path: string, owner: string | undefined): void => {
    if (owner === undefined) {
      leftOut.push(`${what} has no owner`)
      return
    }
    const owners = ownersOf(teams.get(owner), known.get(owner.toLowerCase()))
    if (owners.length === 0)
      leftOut.push(
        `${what}: the team ${owner} has neither a \`handle\` (such as @shop/${owner}) nor members`,
      )
    else if (/[\r\n\0]/.test(path)) leftOut.push(`${what}: its path can't be written`)
    else rules.set(path, { path: `/${joined(place, path)}`, owners })
  }
  for (const { id, owner, ownerFrom, contract } of workspace.apis)
    if (ownerFrom !== 'codeowners') add(`the contract of ${id}`, contract, owner)
  for (const { id, owner, ownerFrom, site } of journeys)
    if (ownerFrom !== 'codeowners') add(`the journey ${id}`, site.document.file.path, owner)
  return [...rules.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** How a file calls teams elsewhere: `@shop/orders` is the team `orders`. */
function handlesIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const handles = new Map<string, string>()
  for (const line of lines) {
    if (line.trimStart().startsWith('#')) continue
    for (const [handle, team] of line.matchAll(/(?<=\s)@[^\s@#]{1,200}\/([^\s@#/]{1,200})/g))
      if (!handles.has(team!.toLowerCase())) handles.set(team!.toLowerCase(), handle)
  }
  return handles
}

function ownersOf(team: TeamDeclaration | undefined, known: string | undefined): readonly string[] {
  if (team?.handle !== undefined) return [handleOf(team.handle)]
  if (known !== undefined) return [known]
  return (team?.members ?? []).filter((member) => /^[^\s@]*@[^\s]+$/.test(member))
}

function handleOf(handle: string): string {
  const plain = handle.trim().replaceAll(/\s+/g, '-')
  return plain.includes('@') ? plain : `@${plain}`
}

function escaped(path: string): string {
  return path.replaceAll(/[\s\\#*?![\]]/g, (character) => `\\${character}`)
}

/** The lines that others wrote. */
function withoutBlock(text: string): readonly string[] {
  const { before, after } = parted(text)
  return [...before, ...after]
}

function parted(text: string): {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly found: boolean
} {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.startsWith(ownBlock.begin))
  const length = lines.slice(start).findIndex((line) => line.startsWith(ownBlock.end))
  // A block that nobody closed is not ours to cut: there is no knowing where it ends.
  if (start === -1 || length === -1) return { before: lines, after: [], found: false }
  return { before: lines.slice(0, start), after: lines.slice(start + length + 1), found: true }
}

function withBlock(text: string, block: readonly string[], end: string): string {
  const { before, after, found } = parted(text)
  const carriage = end === '\r\n' ? '\r' : ''
  const lines = block.map((line) => line + carriage)
  if (found) return [...before, ...lines, ...after].join('\n')
  if (lines.length === 0) return text
  const gap = text === '' ? '' : text.endsWith('\n') ? end : end + end
  return `${text}${gap}${lines.join('\n')}\n`
}
