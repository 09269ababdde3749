import type { TeamDeclaration } from '../1-parse/declarations.ts'

/**
 * Whether a person (`Ada Lovelace <ada@example.com>`) speaks for a team: one of its members by the whole name, the name alone or the
 * address, whatever the capitals. A team that names nobody is open to all.
 */
export function isMember({ members }: Pick<TeamDeclaration, 'members'>, person: string): boolean {
  if (members.length === 0) return true
  const names = new Set(namesOf(person))
  return members.some((member) => namesOf(member).some((name) => names.has(name)))
}

function namesOf(person: string): readonly string[] {
  const whole = person.trim().toLowerCase()
  const [, name = '', address = ''] = /^([^<]*)<([^<>]*)>$/.exec(whole) ?? []
  return [whole, name.trim(), address.trim()].filter((one) => one !== '')
}
