import {
  threadOf,
  threadsIn,
  type EntryThread,
  type Files,
  type Graph,
  type Outlook,
  type Thread,
} from '@throughline/core'
import { proposedGraph, proposedTexts } from './proposed.ts'

/** Every thread of a workspace, as it stands with one graph. */
export interface Board {
  readonly threads: readonly Thread[]
  /** By its id, or by a beginning of it that no other has. */
  thread(id: string): Thread | undefined
  /** The graph with a proposal that is open or approved, whatever else is proposed. */
  graphWith(id: string): Graph | { readonly problem: string }
  /** The entries behind a thread. */
  entries(id: string): EntryThread | undefined
}

type Compiling = Files & { readonly contracts?: readonly string[] | undefined }

const boards = new WeakMap<Graph, Board>()

/** The board of a graph, worked out when somebody asks and remembered with the graph. */
export function boardOf(files: Compiling, graph: Graph): Board {
  let board = boards.get(graph)
  if (board === undefined) boards.set(graph, (board = newBoard(files, graph)))
  return board
}

function newBoard(files: Compiling, graph: Graph): Board {
  const raw = threadsIn(graph.declarations)
  const outlooks = new Map<string, Outlook>()
  let threads: readonly Thread[] | undefined

  const outlookOn = (thread: EntryThread): Outlook | undefined => {
    const { id, proposal, ended, supersededBy } = thread
    if (proposal === undefined || ended !== undefined || supersededBy !== undefined)
      return undefined
    let outlook = outlooks.get(id)
    if (outlook === undefined) {
      const found = proposedTexts(files, graph, proposal.declaration, 'look')
      outlook =
        'problem' in found
          ? { files: [], after: undefined, problem: `${found.problem}. ${found.advice}` }
          : {
              files: [...found.texts.keys()],
              after: proposedGraph(files, found.texts, files.contracts),
            }
      outlooks.set(id, outlook)
    }
    return outlook
  }

  const named = (id: string): EntryThread | undefined => {
    const exact = raw.find((one) => one.id === id)
    if (exact !== undefined || id === '') return exact
    const [first, second] = raw.filter((one) => one.id.startsWith(id))
    return second === undefined ? first : undefined
  }

  return {
    get threads() {
      return (threads ??= raw.map((one) => threadOf(graph, one, outlookOn(one))))
    },
    thread(id) {
      const found = named(id)
      return found && threadOf(graph, found, outlookOn(found))
    },
    graphWith(id) {
      const found = named(id)
      if (found?.proposal === undefined) return { problem: `There is no proposal ${id}` }
      const outlook = outlookOn(found)
      if (outlook === undefined)
        return { problem: `The proposal ${found.id} is ${found.ended ?? 'superseded'}` }
      return outlook.after ?? { problem: outlook.problem ?? 'It can not be applied' }
    },
    entries: named,
  }
}
