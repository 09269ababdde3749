import type { Origin } from '../text/origin.ts'
import { isReadable, type Files, type SourceFile } from '../text/source.ts'
import { catalogEntities, type CatalogEntity } from './catalog-entities.ts'
import { codeOwnersOf, type CodeOwners } from './code-owners.ts'
import type {
  ApiDeclaration,
  JourneyDeclaration,
  OwnerTold,
  TeamDeclaration,
} from './declarations.ts'
import { joined } from './workspace-files.ts'

interface Owned {
  readonly apis: readonly ApiDeclaration[]
  readonly journeys: readonly JourneyDeclaration[]
  readonly teams: readonly TeamDeclaration[]
}

/**
 * Who owns APIs and journeys, by everything that says so. What counts, the strongest first: `owner` in the workspace's own files
 * (an operation's or a field's `x-owner` in the contract stands above its API's); the entity of a Backstage `catalog-info.yaml`, found by
 * its definition or its name, for a journey the nearest component that is no service; the last rule of CODEOWNERS for the file.
 * All that was told comes back too, so that a disagreement can be shown. An owner is the name of a team where one can be found (its
 * id, its `handle`, or whose only member it is), else the name without its organisation.
 */
export function withToldOwners<Whole extends Owned>(
  files: Files,
  whole: Whole,
): Whole & { readonly owners: readonly OwnerTold[] } {
  const place = files.place ?? ''
  const rules = codeOwnersIn(files, place)
  const entities = entitiesIn(files, place)
  const teamOf = teamFinder(whole.teams)
  const owners: OwnerTold[] = []

  const tell = (told: Omit<OwnerTold, 'teams'>): OwnerTold => {
    const all = { ...told, teams: told.owners.map(teamOf) }
    owners.push(all)
    return all
  }
  const byRule = (of: OwnerTold['of'], path: string, isStated: boolean): readonly OwnerTold[] => {
    const found = rules?.owners(joined(place, path))
    if (found === undefined || found.owners.length === 0) return []
    // A rule for every file fills a gap, but contradicts nobody.
    if (isStated && found.isCatchAll) return []
    const origin = lineOrigin(rules!.file, found.line)
    return [tell({ of, owners: found.owners, from: 'codeowners', origin })]
  }
  const byEntity = (of: OwnerTold['of'], entity: CatalogEntity | undefined): readonly OwnerTold[] =>
    entity?.owner === undefined
      ? []
      : [tell({ of, owners: [entity.owner], from: 'backstage', origin: entity.origin })]

  const apis = whole.apis.map((api): ApiDeclaration => {
    const told = [
      ...byEntity(`api:${api.id}`, entityOfApi(entities, api)),
      ...byRule(`api:${api.id}`, api.contract, api.owner !== undefined),
    ]
    return filled(api, told)
  })
  const journeys = whole.journeys.map((journey): JourneyDeclaration => {
    const { path } = journey.site.document.file
    const told = [
      ...byEntity(`journey:${journey.id}`, componentAround(entities, path)),
      ...byRule(`journey:${journey.id}`, path, journey.owner !== undefined),
    ]
    return filled(journey, told)
  })
  return { ...whole, apis, journeys, owners }
}

function filled<One extends ApiDeclaration | JourneyDeclaration>(
  one: One,
  told: readonly OwnerTold[],
): One {
  const [first] = told
  if (one.owner !== undefined || first === undefined) return one
  return { ...one, owner: first.teams[0]!, ownerFrom: first.from }
}

/** Where GitHub and GitLab look, in their order. */
export const codeOwnersPlaces: readonly string[] = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
  '.gitlab/CODEOWNERS',
]

function codeOwnersIn(
  files: Files,
  place: string,
): { readonly file: SourceFile; readonly owners: CodeOwners } | undefined {
  for (const path of codeOwnersPlaces) {
    const file = files.read(upTo(place) + path)
    if (!isReadable(file)) continue
    let owners = remembered.get(file)
    if (owners === undefined) remembered.set(file, (owners = codeOwnersOf(file)))
    return { file, owners }
  }
  return undefined
}

const remembered = new WeakMap<SourceFile, CodeOwners>()

/** From the workspace's folder to the top of its repository. */
function upTo(place: string): string {
  return place === '' ? '' : '../'.repeat(place.split('/').length)
}

interface Found extends CatalogEntity {
  /** The folder of its file, from the top of the workspace; begins with `..` above it. */
  readonly folder: string
}

const catalogFile = /(^|\/)catalog-info\.ya?ml$/
const mostCatalogs = 500

function entitiesIn(files: Files, place: string): readonly Found[] {
  const above = place.split('/').filter(Boolean)
  const outside = above.flatMap((_, index) =>
    ['yaml', 'yml'].map((ending) => `${'../'.repeat(index + 1)}catalog-info.${ending}`),
  )
  const inside = files.paths
    .filter((path) => catalogFile.test(path) && !/(^|\/)node_modules\//.test(path))
    .slice(0, mostCatalogs)
  return [...inside, ...outside].flatMap((path) => {
    const file = files.read(path)
    if (!isReadable(file)) return []
    let entities = knownEntities.get(file)
    if (entities === undefined) knownEntities.set(file, (entities = catalogEntities(file)))
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    return entities.map((one) => ({ ...one, folder }))
  })
}

const knownEntities = new WeakMap<SourceFile, readonly CatalogEntity[]>()

/** The entity whose definition the contract is; else the one of its name; else the component that provides it. */
function entityOfApi(entities: readonly Found[], api: ApiDeclaration): Found | undefined {
  const apis = entities.filter((one) => one.kind === 'API')
  const described =
    apis.find(
      ({ definition, folder }) =>
        definition !== undefined && joined(folder, definition) === api.contract,
    ) ?? apis.find((one) => one.name.toLowerCase() === api.id.toLowerCase())
  if (described?.owner !== undefined) return described
  const names = new Set([api.id, described?.name])
  return entities.find(
    (one) =>
      one.kind === 'Component' &&
      one.owner !== undefined &&
      one.provides.some((name) => names.has(name)),
  )
}

/** The component of the nearest folder around a file that is no service: what people look at. */
function componentAround(entities: readonly Found[], path: string): Found | undefined {
  const faces = entities.filter(
    (one) =>
      one.kind === 'Component' &&
      one.owner !== undefined &&
      !['service', 'library'].includes(one.type?.toLowerCase() ?? '') &&
      (one.consumes.length > 0 || one.provides.length === 0) &&
      isAround(one.folder, path),
  )
  return faces.toSorted((a, b) => nearness(b.folder) - nearness(a.folder))[0]
}

function isAround(folder: string, path: string): boolean {
  return folder === '' || /^\.\.(\/|$)/.test(folder) || path.startsWith(`${folder}/`)
}

function nearness(folder: string): number {
  const parts = folder.split('/').filter(Boolean)
  return parts[0] === '..' ? -parts.length : parts.length
}

function teamFinder(teams: readonly TeamDeclaration[]): (owner: string) => string {
  const ids = new Map(teams.map(({ id }) => [id.toLowerCase(), id]))
  const handles = new Map(
    teams.flatMap(({ id, handle }) => (handle === undefined ? [] : [[plain(handle), id] as const])),
  )
  return (owner) => {
    const known = handles.get(plain(owner))
    if (known !== undefined) return known
    // `group:default/orders`, `@shop/orders`, `@ann`, `ann@example.com`
    const name = owner.replace(/^(?:.*[/:])?@?/, '')
    const team = ids.get(name.toLowerCase())
    if (team !== undefined) return team
    const theirs = teams.filter((one) =>
      one.members.some((member) => plain(member) === plain(owner) || plain(member) === plain(name)),
    )
    return theirs.length === 1 ? theirs[0]!.id : name
  }
}

function plain(name: string): string {
  return name.trim().replace(/^@/, '').toLowerCase()
}

function lineOrigin(file: SourceFile, line: number): Origin {
  const width = file.text.split('\n')[line - 1]?.trimEnd().length ?? 0
  const range = { start: { line, column: 1 }, end: { line, column: width + 1 } }
  return {
    source: { file, locate: (all) => all.map(() => range) },
    place: { kind: 'offsets', start: 0, end: 0 },
  }
}
