import { CannotRun } from '../../cannot-run.ts'
import { gitIn } from '../git.ts'

/** Who works here, as git knows it: `Ada Lovelace <ada@example.com>`; `undefined` where git or its settings are missing. */
export function gitPerson(root: string): string | undefined {
  try {
    const git = gitIn(root)
    const setting = (name: string): string =>
      git(['config', '--get', name]).out.toString().split(/\r?\n/)[0]!.trim()
    const [name, address] = [setting('user.name'), setting('user.email')]
    return personOf(name, address)
  } catch (error) {
    if (error instanceof CannotRun) return undefined
    throw error
  }
}

/** A name and an address as one text; the address alone where there is no name. */
function personOf(name: string, address: string): string | undefined {
  const clean = (text: string): string =>
    text
      .replace(/[\p{Cc}<>]/gu, ' ')
      .trim()
      .slice(0, 200)
  const [who, where] = [clean(name), clean(address)]
  if (who === '') return where === '' ? undefined : where
  return where === '' ? who : `${who} <${where}>`
}

/** Name and address of a person, as git wants them of an author. */
export function authorOf(person: string): { readonly name: string; readonly address: string } {
  const [, name = '', address = ''] = /^([^<]*)<([^<>]*)>$/.exec(person.trim()) ?? []
  if (address !== '') return { name: name.trim() || address.trim(), address: address.trim() }
  return person.includes('@') && !person.includes(' ')
    ? { name: person, address: person }
    : { name: person, address: '' }
}
