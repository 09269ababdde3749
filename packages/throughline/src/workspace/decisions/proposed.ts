import {
  applyOverlay,
  compile,
  isReadable,
  overlaidFile,
  parsedText,
  type Files,
  type Graph,
  type Overlay,
  type ProposalDeclaration,
  type SourceFile,
} from '@throughline/core'
import { applied } from '../edit/applied.ts'
import { readEditRequest } from '../edit/edit-shape.ts'
import { overlaidText } from '../edit/overlaid-text.ts'
import { Refusal } from '../edit/refusal.ts'
import { withTexts } from './with-texts.ts'

/** What a proposal makes of the workspace's files, or why it can't. */
export type Proposed =
  | { readonly texts: ReadonlyMap<string, string | null> }
  | { readonly problem: string; readonly advice: string }

/**
 * The files as a proposal would leave them. `to: 'write'` edits the contract's text and keeps its comments; `to: 'look'` writes it
 * anew, which is much faster, for whoever only wants to see what comes of it.
 */
export function proposedTexts(
  files: Files,
  graph: Graph,
  proposal: ProposalDeclaration,
  to: 'write' | 'look',
): Proposed {
  const texts = new Map<string, string | null>()
  const contracts = new Set(
    graph.apis.flatMap(({ contract }) => (contract?.protocol === 'rest' ? contract.files() : [])),
  )
  const here = withTexts(files, texts)
  try {
    for (const overlay of proposal.overlays) {
      const path = overlaidFile(graph, proposal, overlay)
      if (path === undefined || !contracts.has(path))
        return {
          problem: `The proposal changes ${path ?? 'a contract that it does not name'}, which is no OpenAPI contract here`,
          advice: 'It may have been moved: propose it anew.',
        }
      const file = here.read(path)
      if (!isReadable(file)) return { problem: `${path} can't be read`, advice: 'Mend it first.' }
      texts.set(path, to === 'write' ? overlaidText(file, overlay) : shownText(file, overlay))
    }
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message, advice: error.detail }
    throw error
  }
  if (proposal.edits.length === 0) return { texts }
  const request = readEditRequest({ edits: proposal.edits.map((one) => one.value) })
  if ('faults' in request) {
    const [first] = request.faults
    return {
      problem: `An edit of the proposal is not as described: ${first?.pointer ?? ''} ${first?.detail ?? ''}`,
      advice: 'Propose it anew.',
    }
  }
  const done = applied(here, graph.apis, request.edits)
  if ('refusal' in done) return { problem: done.refusal.message, advice: done.refusal.detail }
  for (const [path, text] of done.texts) texts.set(path, text)
  return { texts }
}

/** The graph as a proposal would leave it. */
export function proposedGraph(
  files: Files,
  texts: ReadonlyMap<string, string | null>,
  contracts?: readonly string[],
): Graph {
  return compile(withTexts(files, texts), { ...(contracts !== undefined && { contracts }) }).graph
}

function shownText(file: SourceFile, overlay: Overlay): string {
  const { value } = parsedText(file)
  const { value: after, problems, idle } = applyOverlay(value, overlay)
  const wrong = problems[0]?.action ?? idle[0]
  if (wrong !== undefined)
    throw new Refusal(
      409,
      `Action ${wrong + 1} does not fit ${file.path}: it ${problems[0]?.problem ?? 'selects nothing'}`,
      'The contract has changed since it was proposed. Propose it anew.',
    )
  return JSON.stringify(after)
}
