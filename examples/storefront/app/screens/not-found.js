import { element } from '../parts/element.js'
import { link } from '../parts/notes.js'

export const notFoundScreen = () => ({
  title: 'Nothing here',
  content: [
    element('h1', {}, 'There is nothing at this address'),
    element('p', {}, link('/', 'Look around the shelves', 'button quiet')),
  ],
})
