import type { ApiNode, Edit, Files } from '@throughline/core'
import { draftOf, type Draft } from './draft.ts'
import { editCall } from './edits/calls.ts'
import { editJourney } from './edits/journeys.ts'
import { editNeed } from './edits/needs.ts'
import { editPersona } from './edits/personas.ts'
import { editState } from './edits/states.ts'
import { editStep } from './edits/steps.ts'
import { Refusal } from './refusal.ts'

export interface Applied {
  /** What was done, in words. */
  readonly title: string
  /** The new text of each file that changes; `null` where it goes. */
  readonly texts: ReadonlyMap<string, string | null>
  /** The files that the edits name, and not only hold a name that has changed. */
  readonly subjects: ReadonlySet<string>
}
export interface Refused {
  readonly refusal: Refusal
  /** Which of the edits. */
  readonly index: number
}

/** What edits make of the files of a workspace: texts in, texts out. All of them can be done, or none is. */
export function applied(
  files: Files,
  apis: readonly ApiNode[],
  edits: readonly Edit[],
): Applied | Refused {
  const draft = draftOf(files, apis)
  const titles: string[] = []
  for (const [index, edit] of edits.entries()) {
    try {
      titles.push(apply(draft, edit))
    } catch (error) {
      if (error instanceof Refusal) return { refusal: error, index }
      throw error
    }
  }
  const more = titles.length - 1
  const title = `${titles[0] ?? 'Nothing'}${more <= 0 ? '' : `, and ${more} more change${more === 1 ? '' : 's'}`}`
  return { title, texts: draft.changed, subjects: draft.subjects }
}

function apply(draft: Draft, edit: Edit): string {
  switch (edit.kind) {
    case 'create-journey':
    case 'rename-journey':
    case 'change-journey':
    case 'delete-journey':
      return editJourney(draft, edit)
    case 'create-persona':
    case 'change-persona':
    case 'rename-persona':
    case 'delete-persona':
      return editPersona(draft, edit)
    case 'add-step':
    case 'rename-step':
    case 'change-step':
    case 'move-step':
    case 'duplicate-step':
    case 'delete-step':
      return editStep(draft, edit)
    case 'add-call':
    case 'change-call':
    case 'move-call':
    case 'remove-call':
      return editCall(draft, edit)
    case 'add-need':
    case 'change-need':
    case 'move-need':
    case 'remove-need':
      return editNeed(draft, edit)
    case 'set-state':
    case 'remove-state':
      return editState(draft, edit)
  }
}
