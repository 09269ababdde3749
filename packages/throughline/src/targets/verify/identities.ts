/** Header lines: a name may stand more than once. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/** Who can be spoken as. */
export interface Identities {
  /** The credentials that open the door; none where the target has no door. */
  readonly valid: HeaderList
  /** Another person, who must not see what the first one owns. */
  readonly second?: HeaderList
}

export const identityNames = ['valid', 'anonymous', 'malformed', 'second'] as const

export type IdentityName = (typeof identityNames)[number]

/** What an identity shows at the door. */
export function credentialsOf(identities: Identities, identity: IdentityName): HeaderList {
  switch (identity) {
    case 'valid':
      return identities.valid
    case 'second':
      return identities.second ?? []
    case 'malformed':
      return identities.valid.map(([name, value]) => [name, malformed(value)] as const)
    case 'anonymous':
      return []
  }
}

/** Of the same form, and nobody's: `Bearer x` stays a bearer, `session=x` stays a cookie. */
function malformed(value: string): string {
  const scheme = /^([A-Za-z][\w-]*) \S/.exec(value)?.[1]
  if (scheme !== undefined) return `${scheme} nobodys-credentials`
  return /^[\w.-]+=/.test(value)
    ? value.replaceAll(/=[^;]*/g, '=nobodys-credentials')
    : 'nobodys-credentials'
}
