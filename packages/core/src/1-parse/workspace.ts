import type { Contract } from '../operation/api.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { dataFileProblems } from './data-files.ts'
import { rootOf } from '../text/site.ts'
import { isReadable, type Files } from '../text/source.ts'
import { apiOfFile } from './bare-contract.ts'
import { contractOf } from './contract.ts'
import { commentFile, decisionFile, proposalFile, signOffFile } from './decision-files.ts'
import type {
  ApiDeclaration,
  Declarations,
  DecisionEntry,
  WorkspaceDeclaration,
} from './declarations.ts'
import { documentOf } from './document.ts'
import { emptyDocument } from './empty-document.ts'
import { experimentFile } from './experiment.ts'
import { journeyFile } from './journey.ts'
import { once } from './openapi/own.ts'
import { monitorFile } from './monitor.ts'
import { personaFile } from './persona.ts'
import { policyFile } from './policy.ts'
import { scenarioFile } from './scenario.ts'
import type { Shape } from './shape.ts'
import { withToldOwners } from './told-owners.ts'
import { surveyFile } from './survey.ts'
import { waiverFile } from './waiver.ts'
import { defaultName, workspaceFile } from './workspace-file.ts'
import { filesOfWorkspace, joined } from './workspace-files.ts'

/** All that the files of a workspace say, before anything is linked. */
export interface ParsedWorkspace {
  readonly declarations: Declarations
  /** By the id of their API. An API whose contract can't be read has none. */
  readonly contracts: ReadonlyMap<string, Contract>
  /** Everything that parsing found: of the team's files, then of each contract. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads a workspace: `throughline.yaml`, the files it stands beside, and the contracts it names.
 * With `contractFiles` (workspace-relative paths of contract files) only those are read: a bare contract is a workspace too.
 * Contracts are remembered as long as all their files are the same objects and their API is declared the same way.
 */
export function parseWorkspace(
  files: Files,
  contractFiles: readonly string[] = [],
): ParsedWorkspace {
  const found: Diagnostic[] = []
  const declarations =
    contractFiles.length > 0 ? bareWorkspace(files, contractFiles) : declaredWorkspace(files, found)
  const contracts = new Map<string, Contract>()
  const unread: Diagnostic[] = []
  for (const api of declarations.workspace.apis) {
    if (contracts.has(api.id)) continue
    const { contract, diagnostics } = contractOf(files, api)
    unread.push(...diagnostics)
    if (contract !== undefined) contracts.set(api.id, contract)
  }
  const diagnostics = once(() => [
    ...found,
    ...unread,
    ...[...contracts.values()].flatMap((one) => one.diagnostics),
    ...dataFileProblems(files, declarations),
  ])
  return {
    declarations: { ...declarations, diagnostics: found },
    contracts,
    get diagnostics() {
      return diagnostics()
    },
  }
}

type Declared = Omit<Declarations, 'diagnostics'>

function declaredWorkspace(files: Files, found: Diagnostic[]): Declared {
  const paths = filesOfWorkspace(files.paths)
  const read = <T>(path: string, shape: Shape<T>): readonly T[] =>
    readFile(files, path, shape, found)
  const workspace =
    (paths.workspace === undefined ? [] : read(paths.workspace, workspaceFile))[0] ??
    emptyWorkspace(files, paths.workspace)
  const { apis, journeys, owners } = withToldOwners(files, {
    apis: workspace.apis.map((api) => fromFolder(paths.folder, api)),
    journeys: paths.journeys.flatMap((path) => read(path, journeyFile)),
    teams: workspace.teams,
  })
  return {
    workspace: { ...workspace, apis },
    owners,
    personas: paths.personas.flatMap((path) => read(path, personaFile)),
    journeys,
    scenarios: paths.scenarios.flatMap((path) => read(path, scenarioFile)),
    policies: paths.policies.flatMap((path) => read(path, policyFile)),
    monitors: paths.monitors.flatMap((path) => read(path, monitorFile)),
    surveys: paths.surveys.flatMap((path) => read(path, surveyFile)),
    experiments: paths.experiments.flatMap((path) => read(path, experimentFile)),
    waivers: paths.waivers.flatMap((path) => read(path, waiverFile)),
    decisions: paths.decisions.flatMap((path) => read(path, entryShapeOf(path))),
  }
}

function entryShapeOf(path: string): Shape<DecisionEntry> {
  const ending = /\.([a-z-]+)\.[a-z]+$/.exec(path)?.[1]
  if (ending === 'proposal') return proposalFile
  if (ending === 'comment') return commentFile
  return ending === 'sign-off' ? signOffFile : decisionFile
}

function bareWorkspace(files: Files, contracts: readonly string[]): Declared {
  const apis: ApiDeclaration[] = []
  const titles: string[] = []
  for (const path of new Set(contracts.map((path) => joined('', path)))) {
    const { title, ...api } = apiOfFile(files, path, apis)
    apis.push(api)
    if (title !== undefined) titles.push(title)
  }
  const none = {
    owners: [],
    journeys: [],
    personas: [],
    scenarios: [],
    policies: [],
    monitors: [],
    surveys: [],
    experiments: [],
    waivers: [],
    decisions: [],
  }
  const workspace = emptyWorkspace(files, contracts[0])
  return {
    ...none,
    workspace: { ...workspace, name: titles[0] ?? apis[0]?.id ?? defaultName, apis },
  }
}

/** A file can be wrong in many places; past this many, more of them help nobody. */
const mostDiagnostics = 200

function readFile<T>(
  files: Files,
  path: string,
  shape: Shape<T>,
  found: Diagnostic[],
): readonly T[] {
  const { document, diagnostics } = documentOf(files, path)
  found.push(...diagnostics)
  if (document === undefined || (document.value === undefined && diagnostics.length > 0)) return []
  // In a file that breaks off, what looks misshapen is an echo of what broke it.
  let left = diagnostics.some((one) => one.code === 'TL1001') ? 0 : mostDiagnostics
  const value = shape.read(rootOf(document), (diagnostic) => {
    if (left-- > 0) found.push(diagnostic)
  })
  return value === undefined ? [] : [value]
}

/** What stands in for `throughline.yaml` where there is none, or nothing in it can be read. */
function emptyWorkspace(files: Files, path = 'throughline.yaml'): WorkspaceDeclaration {
  const file = files.read(path)
  const site = rootOf(emptyDocument(isReadable(file) ? file : { path, text: '' }))
  return {
    site,
    name: defaultName,
    apis: [],
    states: [],
    rules: [],
    clients: [],
    auth: [],
    teams: [],
  }
}

/** Paths in `throughline.yaml` count from its own folder. */
function fromFolder(folder: string, api: ApiDeclaration): ApiDeclaration {
  return {
    ...api,
    contract: joined(folder, api.contract),
    documents: api.documents.map((glob) => joined(folder, glob)),
  }
}
