import type { Call, MediaType, Operation, Resource } from '@throughline/core'
import type { Problem } from '../problem.ts'
import { parentsOf, textOf } from './base.ts'
import type { Ground } from './base.ts'
import { isEntity } from './entity.ts'
import type { Entity } from './entity.ts'
import { isOneself, userOf } from './sign-in.ts'
import type { World } from './worlds.ts'

/** One call, as the world sees it. */
export interface WorldCall extends Call {
  readonly operation: Operation
  /** As it came, without the query: what `Location` and `Link` begin with. */
  readonly path: string
}

/** What the world has to say to a call. */
export interface Lived {
  /** The thing is not there, or something else is in the way. */
  readonly problem?: Problem & { readonly status: number }
  /** The body, for the media type that was agreed on; `undefined` where the ordinary one will do. */
  readonly value?: (media: MediaType) => unknown
  /** Name, value, name, value. */
  readonly headers?: readonly string[]
  /** Names of headers that only the world may set, in lower case. */
  readonly owns?: ReadonlySet<string>
  /** Whether the answer is that of the untouched world, and so may be kept. */
  readonly lasting: boolean
}

/** A call in its world, and the collection or single thing there that it is about. */
export interface Scene {
  readonly call: WorldCall
  readonly world: World
  readonly ground: Ground
  readonly key: string
}

/** Names a collection, or a single thing, in a world. */
export function keyOf(
  resource: Resource,
  parameters: ReadonlyMap<string, string>,
  { filled }: Ground,
): string {
  const parents = textOf(parentsOf(resource, parameters))
  return `${resource.api} ${resource.path} ${parents} ${filled.name}`
}

/** The collection that an operation reads, as the world keeps it; `undefined` where it reads none. */
export function collectionKey(
  operation: Operation,
  parameters: ReadonlyMap<string, string>,
  ground: Ground,
): string | undefined {
  const role = ground.resources.role(operation)
  return role && keyOf(role.resource, parameters, ground)
}

/** Whether the answer depends on who asks. */
export function isPersonal(operation: Operation, { resources }: Ground): boolean {
  return (
    resources.doors().length > 0 &&
    resources.role(operation)?.resource.kind === 'single' &&
    isOneself(operation.path)
  )
}

/** Everybody has their own `/me`. */
export function keyFor(resource: Resource, call: WorldCall, ground: Ground): string {
  const key = keyOf(resource, call.pathParameters, ground)
  const login = loginOf(resource, call, ground)
  return login === undefined ? key : `${key} ${login}`
}

/** Who asks, where the resource is their own. */
export function loginOf(resource: Resource, call: WorldCall, ground: Ground): string | undefined {
  const isOwn = resource.kind === 'single' && isOneself(resource.path)
  return isOwn && ground.resources.doors().length > 0 ? userOf(call, ground.seed) : undefined
}

/** Where the mock is asked: `http://localhost:4401`. */
export function originOf({ header }: WorldCall): string {
  return `http://${header('host') ?? 'localhost'}`
}

export function asEntity(value: unknown, otherwise: Entity): Entity {
  return isEntity(value) ? value : otherwise
}

/** The parameters up to the thing itself: an operation may be about something inside it. */
export function thingParameters(
  { read, path }: Resource,
  { pathParameters }: WorldCall,
): ReadonlyMap<string, string> {
  const count = (read?.operation.path ?? path).split('{').length - 1
  return new Map([...pathParameters].slice(0, count))
}

export const NO_PARAMETERS: ReadonlyMap<string, string> = new Map()
