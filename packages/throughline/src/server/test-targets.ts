import { tryTargets, type Graph } from '@throughline/core'
import { looksLikeProduction } from '../targets/verify/safety.ts'

/** Where the studio may send tests: the mock, and what `throughline.yaml` names under `environments`. */
export interface TestTarget {
  readonly name: string
  readonly apis: readonly { readonly api: string; readonly address: string }[]
  /** Real people may be behind it: nothing but reads is sent from the studio. */
  readonly production: boolean
}

/** The mock first, then the environments in the order of the file. */
export function testTargets(graph: Graph, mockUrl: string): readonly TestTarget[] {
  const found = new Map<string, { api: string; address: string }[]>()
  for (const { name, contract } of graph.apis) {
    const operation = contract?.operations[0]
    if (operation === undefined) continue
    for (const { target, kind, base } of tryTargets(graph, operation, mockUrl)) {
      if (kind === 'server') continue
      const apis = found.get(target) ?? []
      apis.push({ api: name, address: base })
      found.set(target, apis)
    }
  }
  return [...found].map(([name, apis]) => ({
    name,
    apis,
    production: name !== 'mock' && apis.some(({ address }) => looksLikeProduction(name, address)),
  }))
}
