import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeAtomically } from './write.ts'

/** What a browser saw when one state of a call was played, as it is kept in `.throughline/states`. */
export interface StateProof {
  /** The scenario: `checkout/basket/store.getBasket/404`. */
  readonly id: string
  readonly step: string
  readonly call: string
  readonly condition: string
  readonly verdict: 'proven' | 'failed' | 'untested'
  /** What is wrong, a sentence each. */
  readonly problems: readonly string[]
  /** When it was looked at, RFC 3339. */
  readonly at: string
  /** Which build of the app: a git revision, or what somebody calls it. */
  readonly build?: string
  /** The name of its picture. */
  readonly picture?: string
}

const isPictureName = /^[0-9a-f]{16}\.jpg$/
const mostProofs = 20_000
const largestFile = 20_000_000

/** What was proven last about the states of a workspace; nothing where nobody has looked, or the file is none of ours. */
export function stateProofs(root: string): readonly StateProof[] {
  try {
    const text = readFileSync(fileIn(root), 'utf8')
    if (text.length > largestFile) return []
    const value: unknown = JSON.parse(text)
    const proofs: unknown =
      typeof value === 'object' && value !== null && 'proofs' in value ? value.proofs : undefined
    return Array.isArray(proofs) ? proofs.slice(0, mostProofs).filter(isProof) : []
  } catch {
    return []
  }
}

/** The picture of a proof, a JPEG; `undefined` where there is none of that name. */
export function proofPicture(root: string, name: string): Uint8Array | undefined {
  if (!isPictureName.test(name)) return undefined
  try {
    return readFileSync(join(folderIn(root), name))
  } catch {
    return undefined
  }
}

/** Keeps proofs with their pictures, by name. `whole` forgets those of states that are not among them. */
export function keepStateProofs(
  root: string,
  proofs: readonly StateProof[],
  pictures: ReadonlyMap<string, Uint8Array>,
  whole: boolean,
): void {
  const fresh = new Set(proofs.map(({ id }) => id))
  const older = whole ? [] : stateProofs(root).filter(({ id }) => !fresh.has(id))
  const all = [...older, ...proofs]
  for (const [name, picture] of pictures) writeAtomically(join(folderIn(root), name), picture)
  writeAtomically(fileIn(root), `${JSON.stringify({ version: 1, proofs: all }, null, 1)}\n`)
  const used = new Set(all.map(({ picture }) => picture))
  for (const name of readdirSync(folderIn(root)))
    if (isPictureName.test(name) && !used.has(name))
      rmSync(join(folderIn(root), name), { force: true })
}

function folderIn(root: string): string {
  return join(root, '.throughline', 'states')
}

function fileIn(root: string): string {
  return join(folderIn(root), 'proofs.json')
}

function isProof(value: unknown): value is StateProof {
  if (typeof value !== 'object' || value === null) return false
  const { id, step, call, condition, verdict, problems, at, build, picture } = value as Record<
    string,
    unknown
  >
  return (
    [id, step, call, condition, at].every((one) => typeof one === 'string') &&
    (verdict === 'proven' || verdict === 'failed' || verdict === 'untested') &&
    Array.isArray(problems) &&
    problems.every((one) => typeof one === 'string') &&
    (build === undefined || typeof build === 'string') &&
    (picture === undefined || (typeof picture === 'string' && isPictureName.test(picture)))
  )
}
