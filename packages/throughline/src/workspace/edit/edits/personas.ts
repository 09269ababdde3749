import { filesOfWorkspace, type PersonaEdit } from '@throughline/core'
import { below, given, setKeys, setList, spotOf, type Draft } from '../draft.ts'
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
  draft.about(spot.file)
  const { devices, title, ...texts } = edit.set
  if (inFile === undefined && title !== undefined)
    throw new Refusal(
      422,
      'This persona is described inside a journey',
      'Its name is its id there. Create a persona of its own, and choose it in the journey.',
      { pointer: '/set/title' },
    )
  setKeys(draft, spot, { ...texts, ...(title !== undefined && { title }) }, order)
  if (devices !== undefined) setList(draft, below(spot, 'devices'), devices, order)
  return `Changed the ${listed(Object.keys(edit.set))} of the persona ${persona.title ?? persona.id}`
}
