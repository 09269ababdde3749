import type { StepColumn } from '@throughline/core'
import { useState, type DragEvent, type KeyboardEvent } from 'react'
import { localName } from '../../address.ts'
import { useEdit, useEditable } from './edit-context.ts'
import { idOf } from './step-id.ts'

const type = 'application/x-throughline-step'

interface Drag {
  readonly draggable?: boolean
  readonly 'data-drop'?: 'before' | 'after' | undefined
  readonly onDragStart?: (event: DragEvent) => void
  readonly onDragOver?: (event: DragEvent) => void
  readonly onDragLeave?: () => void
  readonly onDrop?: (event: DragEvent) => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
}

/** Lets the head of a step be dragged to another place of its journey; Alt with an arrow key does the same, and so do buttons in the panel. */
export function useStepDrag(steps: readonly StepColumn[], step: StepColumn): Drag {
  const { make } = useEdit()
  const [drop, setDrop] = useState<'before' | 'after'>()
  const editable = useEditable(step.file)?.editable === true
  if (!editable) return {}
  const sideOf = (event: DragEvent): 'before' | 'after' => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return event.clientX < left + width / 2 ? 'before' : 'after'
  }
  return {
    draggable: true,
    'data-drop': drop,
    onDragStart: (event) => {
      event.dataTransfer.setData(type, step.name)
      event.dataTransfer.effectAllowed = 'move'
    },
    onDragOver: (event) => {
      if (!event.dataTransfer.types.includes(type)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'move'
      setDrop(sideOf(event))
    },
    onDragLeave: () => setDrop(undefined),
    onKeyDown: (event) => {
      if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
      event.preventDefault()
      const at = steps.indexOf(step)
      const before = event.key === 'ArrowLeft' ? at - 1 : at + 2
      if (before < 0 || before > steps.length) return
      const head = event.currentTarget.closest('[role=grid]')
      const id = localName(step.name)
      void make(
        [{ kind: 'move-step', step: step.name, before: idOf(steps[before]) }],
        step.file,
      ).then(() =>
        // A column that is drawn elsewhere loses the focus.
        requestAnimationFrame(() =>
          head
            ?.querySelector<HTMLElement>(`[data-lane=head][data-column="${CSS.escape(id)}"]`)
            ?.focus(),
        ),
      )
    },
    onDrop: (event) => {
      setDrop(undefined)
      const name = event.dataTransfer.getData(type)
      const moved = steps.findIndex((one) => one.name === name)
      if (moved === -1) return
      event.preventDefault()
      const at = steps.indexOf(step) + (sideOf(event) === 'after' ? 1 : 0)
      if (at === moved || at === moved + 1) return
      void make([{ kind: 'move-step', step: name, before: idOf(steps[at]) }], step.file)
    },
  }
}
