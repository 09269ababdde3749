import { spaced } from './spaced.ts'

/** Where the towns of the vocabulary lie, so that country, coordinates and time zone are theirs. */
interface Town {
  readonly country: string
  readonly code: string
  readonly latitude: number
  readonly longitude: number
  readonly zone: string
}

const TOWNS: ReadonlyMap<string, Town> = new Map(
  (
    [
      ['Lisbon', 'Portugal', 'PT', 38.72, -9.14, 'Europe/Lisbon'],
      ['Utrecht', 'Netherlands', 'NL', 52.09, 5.12, 'Europe/Amsterdam'],
      ['Gothenburg', 'Sweden', 'SE', 57.71, 11.97, 'Europe/Stockholm'],
      ['Kraków', 'Poland', 'PL', 50.06, 19.94, 'Europe/Warsaw'],
      ['Lyon', 'France', 'FR', 45.76, 4.84, 'Europe/Paris'],
      ['Bologna', 'Italy', 'IT', 44.49, 11.34, 'Europe/Rome'],
      ['Leeds', 'United Kingdom', 'GB', 53.8, -1.55, 'Europe/London'],
      ['Hamburg', 'Germany', 'DE', 53.55, 9.99, 'Europe/Berlin'],
      ['Porto', 'Portugal', 'PT', 41.15, -8.61, 'Europe/Lisbon'],
      ['Ghent', 'Belgium', 'BE', 51.05, 3.72, 'Europe/Brussels'],
      ['Aarhus', 'Denmark', 'DK', 56.16, 10.2, 'Europe/Copenhagen'],
      ['Valencia', 'Spain', 'ES', 39.47, -0.38, 'Europe/Madrid'],
      ['Graz', 'Austria', 'AT', 47.07, 15.44, 'Europe/Vienna'],
      ['Tallinn', 'Estonia', 'EE', 59.44, 24.75, 'Europe/Tallinn'],
      ['Cork', 'Ireland', 'IE', 51.9, -8.47, 'Europe/Dublin'],
      ['Brno', 'Czechia', 'CZ', 49.2, 16.61, 'Europe/Prague'],
    ] as const
  ).map(([city, country, code, latitude, longitude, zone]) => [
    city,
    { country, code, latitude, longitude, zone },
  ]),
)

/** The properties of an object that say where something is. */
export interface PlaceNames {
  readonly city: string
  readonly others: readonly (readonly [name: string, part: Part])[]
}

type Part = 'country' | 'code' | 'latitude' | 'longitude' | 'zone'

const PARTS: readonly (readonly [RegExp, Part])[] = [
  [/\bcountry (code|iso)$/, 'code'],
  [/\bcountry( name)?$/, 'country'],
  [/^(lat|latitude)$/, 'latitude'],
  [/^(lon|lng|long|longitude)$/, 'longitude'],
  [/\b(time ?zone|tz)$/, 'zone'],
]

/** `undefined` where the names tell of no town, or of nothing but the town. */
export function placeNamesIn(names: readonly string[]): PlaceNames | undefined {
  const city = names.find((name) => /\b(city|town|locality)( name)?$/.test(spaced(name)))
  if (city === undefined) return undefined
  const others = names.flatMap((name) => {
    const part = PARTS.find(([pattern]) => pattern.test(spaced(name)))?.[1]
    return part === undefined ? [] : [[name, part] as const]
  })
  return others.length === 0 ? undefined : { city, others }
}

/** What is said of a place besides its town, made to be that town's. */
export function placed(
  value: Record<string, unknown>,
  { city, others }: PlaceNames,
  fits: (name: string, one: unknown) => boolean,
): void {
  const called = value[city]
  const town = typeof called === 'string' ? TOWNS.get(called) : undefined
  if (town === undefined) return
  for (const [name, part] of others) {
    const before = value[name]
    const isCode = part === 'country' && typeof before === 'string' && before.length === 2
    const next =
      typeof before === 'number' && (part === 'latitude' || part === 'longitude')
        ? near(town[part], before)
        : typeof before === 'string'
          ? town[isCode ? 'code' : part]
          : undefined
    if (typeof next === typeof before && next !== undefined && fits(name, next)) value[name] = next
  }
}

/** Somewhere in the town: what was made up before says where. */
function near(middle: number, before: number): number {
  return (
    Math.round((middle + (((Math.abs(before) * 10_000) % 300) - 150) / 10_000) * 10_000) / 10_000
  )
}
