import { CannotRun } from '../cannot-run.ts'
import { loadLocale } from '../targets/mock/locale.ts'

export const localeArg = {
  locale: {
    type: 'string',
    valueHint: 'LOCALE',
    description: 'Whose names, addresses and currency made-up data has: de, pt-BR',
  },
} as const

/** A locale whose words are at hand. Throws `CannotRun` (TL9003) for one that nobody has. */
export async function localeFrom(text: string | undefined): Promise<string | undefined> {
  if (text === undefined || text === '') return undefined
  if ((await loadLocale(text)) === undefined)
    throw new CannotRun(
      'TL9003',
      `There are no words of the locale \`${text}\`. Names look like \`de\`, \`fr-CA\` or \`ja\`.`,
    )
  return text
}
