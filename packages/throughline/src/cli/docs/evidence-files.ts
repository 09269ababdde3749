import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  nameOf,
  nodeOf,
  nodesOfKind,
  seenKey,
  testedFrom,
  type DocsEvidence,
  type Graph,
  type SeenState,
} from '@throughline/core'
import type { VerifyReport } from '../../targets/verify/verify.ts'
import { proofPicture, stateProofs } from '../../workspace/state-proofs.ts'
import type { StateProof } from '../../workspace/state-proofs.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { writeAtomically } from '../../workspace/write.ts'
import type { Io } from '../io.ts'
import { ledgerOf } from '../../targets/verify/ledger-files.ts'

/** What tests of this workspace have left behind: the last run's own word, and the statuses that were ever reached. */
export function evidenceOf(workspace: Workspace, graph: Graph, io: Io): DocsEvidence {
  const text = readable(join(workspace.root, ...testedFile))
  const tested = text === undefined ? undefined : testedFrom(text, graph)
  const reached = new Map(
    [...ledgerOf(workspace, graph, io)].map(([name, statuses]) => [name, [...statuses.keys()]]),
  )
  return { reached, seen: seenIn(workspace.root), ...(tested !== undefined && { tested }) }
}

/** What a browser saw of each state; where several calls can bring it about, the one that is not as promised. */
function seenIn(root: string): ReadonlyMap<string, SeenState> {
  const seen = new Map<string, SeenState>()
  const told = stateProofs(root).filter(({ verdict }) => verdict !== 'untested')
  for (const proof of told.toSorted((a, b) => Number(isWrong(a)) - Number(isWrong(b)))) {
    const { step, condition, at, problems, picture } = proof
    seen.set(seenKey(step, condition), {
      at,
      problems,
      ...(picture !== undefined && { picture: `${evidencePrefix}${picture}` }),
    })
  }
  return seen
}

function isWrong({ verdict }: StateProof): boolean {
  return verdict === 'failed'
}

/** Where the pages ask for a picture of the evidence, and not of the workspace. */
const evidencePrefix = 'evidence:'

/** The pictures that the pages show: of the workspace, and what a browser saw. */
export function docsPictures(workspace: Workspace): (path: string) => Uint8Array | undefined {
  return (path) =>
    path.startsWith(evidencePrefix)
      ? proofPicture(workspace.root, path.slice(evidencePrefix.length))
      : workspace.bytes(path)
}

/**
 * Writes down what a test run has proven, for the pages that `throughline docs` makes. Nothing of what was sent or
 * answered is in it. A workspace that cannot be written to goes without.
 */
export function testedKept(
  { root }: Pick<Workspace, 'root'>,
  graph: Graph,
  report: Pick<VerifyReport, 'coverage' | 'findings'>,
  run: { readonly at: string; readonly target: string },
): void {
  const unreached = new Set(report.coverage.statuses.unreached.map(({ name }) => name))
  const statuses = new Map<string, readonly string[]>()
  for (const name of report.coverage.operations.answered)
    statuses.set(
      name,
      (nodeOf(graph, 'operation', `op:${name}`)?.responses() ?? [])
        .map(({ status }) => status)
        .filter((status) => !unreached.has(`${name} ${status}`)),
    )
  const byCall = names(graph)
  const findings = new Map<string, string[]>()
  for (const { operation, check, severity } of report.findings) {
    if (severity === 'info') continue
    const name = byCall.get(`${operation.id} ${operation.method} ${operation.path}`)
    if (name === undefined) continue
    const known = findings.get(name)
    if (known === undefined) findings.set(name, [check])
    else known.push(check)
  }
  const all = [...new Set([...statuses.keys(), ...findings.keys()])].toSorted()
  const operations = Object.fromEntries(
    all.map((name) => [
      name,
      { statuses: statuses.get(name) ?? [], findings: findings.get(name) ?? [] },
    ]),
  )
  const text = `${JSON.stringify({ version: 1, at: run.at, target: shownTarget(run.target), operations }, null, 2)}\n`
  try {
    writeAtomically(join(root, ...testedFile), text)
  } catch {
    // A checkout that nobody may write to is tested all the same.
  }
}

/** Operations by what a finding says of them. */
function names(graph: Graph): ReadonlyMap<string, string> {
  return new Map(
    [...nodesOfKind(graph, 'operation')].map(({ id, name, method, path }) => [
      `${name} ${method} ${path}`,
      nameOf(id),
    ]),
  )
}

const testedFile = ['.throughline', 'tested.json'] as const

/** An address without what may be secret in it. */
function shownTarget(target: string): string {
  return URL.canParse(target) ? new URL(target).origin : 'a backend'
}

function readable(path: string): string | undefined {
  try {
    return statSync(path).size > 20_000_000 ? undefined : readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
