import { filesOfWorkspace, type JourneyEdit } from '@throughline/core'
import { below, given, journeyOf, setKeys, setList, spotOf, type Draft } from '../draft.ts'
import { Refusal } from '../refusal.ts'
import { freeName, folderFor, newFileText } from './new-file.ts'
import { renameReferences } from './references.ts'
import { unlink } from './steps.ts'

const order = [
  '$schema',
  'journey',
  'title',
  'persona',
  'owner',
  'goal',
  'supportedUntil',
  'pains',
  'steps',
]

export function editJourney(draft: Draft, edit: JourneyEdit): string {
  switch (edit.kind) {
    case 'create-journey':
      return create(draft, edit)
    case 'rename-journey': {
      const journey = journeyOf(draft, edit.journey)
      isFree(draft, edit.to, '/to')
      const spot = spotOf(journey.site)
      draft.change(spot.file, { kind: 'set', path: ['journey'], value: edit.to, order })
      renameReferences(draft, edit.journey, edit.to)
      return `Renamed the journey ${edit.journey} to ${edit.to}`
    }
    case 'change-journey': {
      const journey = journeyOf(draft, edit.journey)
      const { pains, ...texts } = edit.set
      if (typeof texts.persona === 'string') knowsPersona(draft, texts.persona, '/set/persona')
      const spot = spotOf(journey.site)
      setKeys(draft, spot, texts, order)
      if (pains !== undefined) setList(draft, below(spot, 'pains'), pains, order)
      const named = Object.keys(edit.set)
      return named.length === 1 && typeof texts.title === 'string'
        ? `Renamed the journey ${journey.title ?? journey.id} to ${texts.title}`
        : `Changed the ${listed(named)} of the journey ${journey.title ?? journey.id}`
    }
    case 'delete-journey': {
      const journey = journeyOf(draft, edit.journey)
      for (const step of journey.steps) unlink(draft, `${journey.id}/${step.id}`, [])
      draft.remove(journey.site.document.file.path)
      return `Deleted the journey ${journey.title ?? journey.id}`
    }
  }
}

function create(draft: Draft, edit: Extract<JourneyEdit, { kind: 'create-journey' }>): string {
  isFree(draft, edit.journey, '/journey')
  if (edit.persona !== undefined) knowsPersona(draft, edit.persona, '/persona')
  const ids = (edit.steps ?? []).map(({ step }) => step)
  const twice = ids.findIndex((id, at) => ids.indexOf(id) !== at)
  if (twice !== -1)
    throw new Refusal(422, `Two steps are called ${ids[twice]}`, 'Give one of them another id.', {
      pointer: `/steps/${twice}/step`,
    })
  const known = filesOfWorkspace(draft.files.paths)
  const folder = folderFor(known.journeys, known.folder, 'journeys')
  const path = freeName(draft, folder, edit.journey, '.journey.yaml')
  const value = {
    journey: edit.journey,
    ...given(edit, ['title', 'persona', 'owner', 'goal', 'pains']),
    steps: (edit.steps ?? []).map((step) => given(step, ['step', 'title', 'screen'])),
  }
  draft.create(path, newFileText(draft, value, path, known.journeys))
  return `Created the journey ${edit.title ?? edit.journey}`
}

function isFree(draft: Draft, id: string, pointer: string): void {
  if (!draft.declarations.journeys.some((journey) => journey.id === id)) return
  throw new Refusal(422, `There is a journey ${id} already`, 'Choose another id.', { pointer })
}

function knowsPersona(draft: Draft, id: string, pointer: string): void {
  if (draft.declarations.personas.some((persona) => persona.id === id)) return
  throw new Refusal(
    422,
    `There is no persona ${id}`,
    'Create it first, or choose one that exists.',
    { pointer },
  )
}

/** `title`, `title and goal`, `title, goal and owner`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
