import { closest } from '@throughline/core'
import type { Contract } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'

/** What is tested. */
export interface Target {
  /** An address, without a slash at its end: the only one, or the first. */
  readonly address: string
  /** Where each API runs; empty where one address is for all. */
  readonly addresses: ReadonlyMap<string, string>
}

interface NamedApi {
  readonly name: string
  readonly contract?: Pick<Contract, 'protocol'> | undefined
  readonly environments: ReadonlyMap<string, string>
}

/**
 * What `--target` means: an address, an environment, or one of them for each API (`store=http://localhost:8080,reviews=staging`).
 * Throws `CannotRun` (TL9003) for what cannot be meant.
 */
export function targetFrom(given: string | undefined, apis: readonly NamedApi[]): Target {
  const names = [...new Set(apis.flatMap(({ environments }) => [...environments.keys()]))]
  if (given === undefined)
    throw usage(
      `Name the backend: \`--target http://localhost:8080\`${names.length === 0 ? '' : `, or an environment: ${names.join(', ')}`}.`,
    )
  const addresses = /^[^=/:?]+=/.test(given)
    ? eachIn(given, apis)
    : new Map(
        apis.flatMap(({ name, environments }) => {
          const address = environments.get(given)
          return address === undefined ? [] : [[name, checked(address, given, names)] as const]
        }),
      )
  const [first = checked(given, given, names)] = addresses.values()
  return { address: first, addresses }
}

function eachIn(given: string, apis: readonly NamedApi[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const part of given.split(/,(?=[^,=/:?]+=)/)) {
    const [, name = '', where = ''] = /^([^=]*)=(.*)$/s.exec(part.trim()) ?? []
    const api = apis.find((one) => one.name === name.trim())
    if (api === undefined) {
      const all = apis.map((one) => one.name)
      const [near] = closest(name, all, 1)
      throw usage(
        `There is no API \`${name}\` to test. ${near === undefined ? `There is ${all.join(', ')}.` : `Did you mean \`${near}\`?`}`,
      )
    }
    const names = [...api.environments.keys()]
    found.set(api.name, checked(api.environments.get(where) ?? where, where, names))
  }
  return found
}

function checked(address: string, given: string, names: readonly string[]): string {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw usage(
      `\`${given}\` is neither an address (http://localhost:8080) nor an environment of throughline.yaml${names.length === 0 ? '' : ` (${names.join(', ')})`}.`,
    )
  return address.replace(/\/+$/, '')
}

function usage(problem: string): CannotRun {
  return new CannotRun('TL9003', problem)
}

/** An environment is called by its name; an address by its origin, without what may be secret in it. */
export function targetWord(given: string | undefined, { addresses, address }: Target): string {
  if (given === undefined || URL.canParse(given)) return new URL(address).origin
  return /^[^=/:?]+=/.test(given)
    ? [...addresses].map(([api, one]) => `${api}=${new URL(one).origin}`).join(',')
    : given
}

/** Where the APIs are when a mock of several stands at the address: each below its name. */
export async function placesInMock(
  address: string,
  apis: readonly NamedApi[],
): Promise<ReadonlyMap<string, string>> {
  try {
    const answer = await fetch(`${address}/_throughline/situation`, {
      signal: AbortSignal.timeout(2000),
      redirect: 'error',
    })
    const value: unknown = answer.ok ? await answer.json() : undefined
    if (value !== null && typeof value === 'object' && 'situation' in value && 'session' in value)
      return new Map(
        apis.map(({ name, contract }) => [
          name,
          `${address}/${name}${contract?.protocol === 'graphql' ? '/graphql' : ''}`,
        ]),
      )
  } catch {
    // Whatever stands there, it is no mock.
  }
  return new Map()
}
