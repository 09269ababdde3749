import { compile } from '../src/compile.ts'
import type { Graph } from '../src/2-link/graph.ts'
import { filesOf } from './in-memory-files.ts'

/** A graph of files that stand in a test; the first is a bare contract where there is no `throughline.yaml`. */
export function graphOf(files: Readonly<Record<string, string>>): Graph {
  const bare = files['throughline.yaml'] === undefined
  return compile(filesOf(files), bare ? { contracts: [Object.keys(files)[0]!] } : {}).graph
}
