import { element } from './element.js'
import { emptyNote, failureNote, skeleton } from './notes.js'
import { region } from './region.js'
import { listDeliverySlots } from './store.js'
import { day, hours, listOf, money, numberOr, textOr } from './words.js'

/** The delivery slots as a choice, grouped by day. `chosen` is the id to begin with, `onChoose(id)` hears of another one. */
export function slotChoice({ signal, chosen, onChoose, fees = true, nothing }) {
  return region({
    call: 'store.listDeliverySlots',
    signal,
    load: listDeliverySlots,
    waiting: () => skeleton('slots', 4),
    empty: ({ items }) =>
      listOf(items).length === 0
        ? emptyNote('Every slot is taken', element('p', {}, nothing))
        : undefined,
    show: ({ items }) => {
      const days = Map.groupBy(listOf(items), (slot) => day(slot.starts, 'Another day'))
      return element(
        'div',
        { class: 'days' },
        [...days].map(([name, slots]) => dayOf(name, slots)),
      )
    },
    failed: (failure, retry) => failureNote(failure, retry),
  })

  function dayOf(name, slots) {
    return element('fieldset', { class: 'day' }, element('legend', {}, name), slots.map(choice))
  }

  function choice(slot) {
    const id = textOr(slot.id, '')
    const left = numberOr(slot.left, 1)
    const full = left < 1 || id === ''
    const said = [
      fees && (slot.fee?.amount === 0 ? 'Free' : money(slot.fee, '')),
      full ? 'Taken' : left <= 3 && `Only ${left} left`,
    ]
      .filter(Boolean)
      .join(' · ')
    return element(
      'label',
      { class: 'choice' },
      element('input', {
        type: 'radio',
        name: 'slot',
        value: id,
        required: true,
        disabled: full,
        checked: !full && id === chosen(),
        onchange: () => onChoose(id),
      }),
      element(
        'span',
        {},
        element('strong', {}, hours(slot) || 'Some time that day'),
        element('small', {}, said),
      ),
    )
  }
}
