import { filesOfWorkspace, type PersonaEdit } from '@throughline/core'
import { below, given, setKeys, setList, spotOf, type Draft, type Spot } from '../draft.ts'
import { Refusal } from '../refusal.ts'
import { listed } from './journeys.ts'
import { folderFor, freeName, newFileText } from './new-file.ts'

const order = ['$schema', 'persona', 'name', 'title', 'goal', 'context', 'devices', 'dataset']

export function editPersona(draft: Draft, edit: PersonaEdit): string {
  const { personas, journeys } = draft.declarations
  if (edit.kind === 'create-persona') {
    if (personas.some(({ id }) => id === edit.persona))
      throw new Refusal(422, `There is a persona ${edit.persona} already`, 'Choose another id.', {
        pointer: '/persona',
      })
    const known = filesOfWorkspace(draft.files.paths)
    const path = freeName(
      draft,
      folderFor(known.personas, known.folder, 'personas'),
      edit.persona,
      '.yaml',
    )
    const value = {
      persona: edit.persona,
      ...given(edit, ['title', 'goal', 'context', 'devices', 'dataset']),
    }
    draft.create(path, newFileText(draft, value, path, known.personas))
    return `Created the persona ${edit.title ?? edit.persona}`
  }
  const inline = journeys.flatMap(({ persona }) => (typeof persona === 'object' ? [persona] : []))
  const inFile = personas.find(({ id }) => id === edit.persona)
  const persona = inFile ?? inline.find(({ id }) => id === edit.persona)
  if (persona === undefined)
    throw new Refusal(
      422,
      `There is no persona ${edit.persona}`,
      'It may have been renamed meanwhile.',
      { pointer: '/persona' },
    )
  const spot = spotOf(persona.site)
  const title = persona.title ?? persona.id
  draft.about(spot.file)
  switch (edit.kind) {
    case 'change-persona': {
      const { devices, title: name, ...texts } = edit.set
      if (inFile === undefined && name === null)
        throw new Refusal(422, 'A persona inside a journey needs its name', 'Write another name.', {
          pointer: '/set/title',
        })
      // Inside a journey the name is all that tells who it is.
      const key = inFile === undefined ? 'name' : 'title'
      setKeys(draft, spot, { ...texts, ...(name !== undefined && { [key]: name }) }, order)
      if (devices !== undefined) setList(draft, below(spot, 'devices'), devices, order)
      return `Changed the ${listed(Object.keys(edit.set))} of the persona ${title}`
    }
    case 'rename-persona': {
      if (inFile === undefined)
        throw new Refusal(
          422,
          'This persona is described inside a journey',
          'Its id is made of its name: change the name.',
          { pointer: '/persona' },
        )
      if (edit.to !== edit.persona && personas.some(({ id }) => id === edit.to))
        throw new Refusal(422, `There is a persona ${edit.to} already`, 'Choose another id.', {
          pointer: '/to',
        })
      draft.change(spot.file, { kind: 'set', path: ['persona'], value: edit.to, order })
      for (const journey of walkingAs(draft, edit.persona))
        draft.change(journey.file, {
          kind: 'set',
          path: [...journey.path, 'persona'],
          value: edit.to,
        })
      return `Renamed the persona ${edit.persona} to ${edit.to}`
    }
    case 'delete-persona': {
      for (const journey of walkingAs(draft, edit.persona))
        draft.change(journey.file, { kind: 'remove', path: [...journey.path, 'persona'] })
      if (inFile === undefined) draft.change(spot.file, { kind: 'remove', path: spot.path })
      else draft.remove(spot.file)
      return `Deleted the persona ${title}`
    }
  }
}

/** The journeys that name a persona. */
function walkingAs(draft: Draft, persona: string): readonly Spot[] {
  return draft.declarations.journeys
    .filter((journey) => journey.persona === persona)
    .map(({ site }) => spotOf(site))
}
