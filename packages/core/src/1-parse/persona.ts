import type { PersonaDeclaration } from './declarations.ts'
import { idFromFile, identifier, slug } from './identifier.ts'
import { locale } from './locale.ts'
import { about, list, mapped, record, text, withFallback, type Shape } from './shape.ts'

const facts = {
  goal: about('What this person wants.', text, 'Be done before the train arrives'),
  context: about(
    'Where, when and how this person uses the product.',
    text,
    'On a phone, on a train, three minutes',
  ),
  devices: about('What this person holds in the hand.', list(text), ['phone']),
  dataset: about(
    'What the mock serves when somebody walks as this persona.',
    text,
    'typical',
    'many',
  ),
  locale: about('Whose names and addresses this persona finds in made-up data.', locale, 'de'),
}

/** `personas/*.yaml`: one person that journeys are made for. */
export const personaFile: Shape<PersonaDeclaration> = mapped(
  record(
    'A persona',
    {
      persona: about(
        'The id that journeys name.',
        withFallback(identifier, idFromFile),
        'returning-customer',
      ),
    },
    { title: about('What people call this persona.', text, 'Returning customer'), ...facts },
  ),
  ({ persona, devices = [], ...rest }) => ({ ...rest, id: persona, devices }),
)

/** A persona described inside a journey. Its id is made from its name. */
export const inlinePersona: Shape<PersonaDeclaration> = mapped(
  record(
    'An inline persona',
    { name: about('What people call this persona.', text, 'Anna, in a hurry') },
    facts,
  ),
  ({ name, devices = [], ...rest }) => ({
    ...rest,
    id: slug(name) || 'persona',
    title: name,
    devices,
  }),
)
