import type { StepColumn } from '@throughline/core'
import { useState, type DragEvent } from 'react'
import { useEdit, useEditable } from './edit-context.ts'
import { idOf } from './step-form.tsx'

const type = 'application/x-throughline-step'

interface Drag {
  readonly draggable?: boolean
  readonly 'data-drop'?: 'before' | 'after' | undefined
  readonly onDragStart?: (event: DragEvent) => void
  readonly onDragOver?: (event: DragEvent) => void
  readonly onDragLeave?: () => void
  readonly onDrop?: (event: DragEvent) => void
}

/** Lets the head of a step be dragged to another place of its journey; the panel has buttons that do the same. */
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
