import { asking, type Script, type Talk } from '../talk.ts'

/** Each operation that has a door is asked without credentials, and with nobody's. */
export function* identityScripts({
  operations,
  identities,
}: Pick<Talk, 'operations' | 'identities'>): Generator<Script> {
  for (const operation of operations) {
    const security = operation.security()
    if (security.length === 0 || security.some((all) => all.length === 0)) continue
    yield async (talk) => {
      await talk.ask(
        asking(talk, operation, { phase: 'identities', name: 'anonymous', identity: 'anonymous' }),
      )
      if (identities.valid.length > 0)
        await talk.ask(
          asking(talk, operation, {
            phase: 'identities',
            name: 'malformed',
            identity: 'malformed',
          }),
        )
    }
  }
}
