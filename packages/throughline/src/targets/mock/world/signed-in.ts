import type { Resource } from '@throughline/core'
import { rendered, seedFor, usualBody, usualThing } from './base.ts'
import type { Ground } from './base.ts'
import type { Entity } from './entity.ts'
import { asEntity, thingParameters } from './scene.ts'
import type { Lived, WorldCall } from './scene.ts'
import { bodyOf } from './sent.ts'
import { loginIn, personOf, tokenFor, welcomed } from './sign-in.ts'
import type { SignIn } from './sign-in.ts'

/** What somebody is answered who signs in: a token, and who they are. */
export function signIn(door: SignIn, call: WorldCall, ground: Ground): Lived | undefined {
  const sent = bodyOf(call)
  const login = sent && loginIn(sent)
  if (login === undefined) return undefined
  return {
    value: (media) => {
      const body = usualBody(call.operation, media, call.pathParameters, ground)
      const seed = seedFor(ground, call.operation, call.pathParameters)
      const scope = typeof sent?.['scope'] === 'string' ? sent['scope'] : undefined
      const given = { token: tokenFor(login, ground.seed, scope), scope }
      return welcomed(body, door, given, (field) => {
        const own = oneselfIn(ground)
        const person = own && personIn(own, login, call, ground)
        const made = rendered(person ?? {}, field, seed)
        return person === undefined ? personOf(login, made, field) : asEntity(made, person)
      })
    },
    lasting: false,
  }
}

function oneselfIn({ resources }: Ground): Resource | undefined {
  return ['me', 'profile', 'account', 'user', 'whoami', 'userinfo', 'self']
    .map((one) => resources.called(one))
    .find((one) => one?.kind === 'single')
}

/** Somebody as `/me` shows them. */
export function personIn(
  resource: Resource,
  login: string,
  call: WorldCall,
  ground: Ground,
): Entity {
  const usual = usualThing(resource, thingParameters(resource, call), {
    ...ground,
    seed: `${ground.seed} ${login}`,
  })
  return personOf(login, usual ?? {}, resource.item)
}
