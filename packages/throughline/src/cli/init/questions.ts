import { cancel, intro, isCancel, multiselect, text } from '@clack/prompts'
import type { Io } from '../io.ts'
import type { Group } from './groups.ts'

export interface Answers {
  readonly name: string
  readonly groups: readonly Group[]
  readonly persona: string
}

/** Asks on a terminal what the flags left open; `undefined` when somebody cancelled. */
export async function ask(
  terminal: NonNullable<Io['terminal']>,
  guesses: {
    readonly name: string
    readonly groups: readonly Group[]
    readonly chosen: readonly Group[]
    readonly persona: string
  },
  given: { readonly name?: string; readonly groups?: readonly Group[]; readonly persona?: string },
): Promise<Answers | undefined> {
  intro('A new workspace', terminal)
  const name =
    given.name ??
    (await text({
      message: 'What is the app called?',
      defaultValue: guesses.name,
      placeholder: guesses.name,
      ...terminal,
    }))
  if (isCancel(name)) return stopped(terminal)
  const groups =
    given.groups ??
    (await multiselect({
      message:
        'Which parts of the contract should get a first journey? (space chooses, enter goes on)',
      options: guesses.groups.map((group) => ({
        value: group,
        label: group.title,
        hint: `${group.operations.length} operation${group.operations.length === 1 ? '' : 's'}${group.api === '' ? '' : ` of ${group.api}`}`,
      })),
      initialValues: [...guesses.chosen],
      maxItems: 12,
      required: true,
      ...terminal,
    }))
  if (isCancel(groups)) return stopped(terminal)
  const persona =
    given.persona ??
    (await text({
      message: 'Who uses it? (one persona to start with)',
      defaultValue: guesses.persona,
      placeholder: guesses.persona,
      ...terminal,
    }))
  if (isCancel(persona)) return stopped(terminal)
  return { name, groups, persona }
}

function stopped(terminal: NonNullable<Io['terminal']>): undefined {
  cancel('Nothing was written.', terminal)
  return undefined
}
