import { relationsOf } from '@throughline/core'
import type { Operation, Relations } from '@throughline/core'
import { signInOf } from './sign-in.ts'
import type { SignIn } from './sign-in.ts'

/** What the operations of one API have to do with each other, and the ways in. */
export interface Resources extends Relations {
  /** The operations that sign somebody in. */
  readonly doors: () => readonly SignIn[]
}

export function resourcesOf(operations: readonly Operation[]): Resources {
  let doors: readonly SignIn[] | undefined
  return {
    ...relationsOf(operations),
    doors: () =>
      (doors ??= operations.flatMap((one) => {
        const door = one.protocol === 'rest' ? signInOf(one) : undefined
        return door === undefined ? [] : [door]
      })),
  }
}
