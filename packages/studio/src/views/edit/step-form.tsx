import type { Blueprint, Edit, StepColumn } from '@throughline/core'
import { ArrowLeft, ArrowRight, Copy, Pencil, Plus, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { localName, type Selection } from '../../address.ts'
import { enterPanel } from '../../ui/panel.tsx'
import { AskedFirst } from './asked-first.tsx'
import { Disclosed } from './disclosed.tsx'
import { useEdit, useEditable } from './edit-context.ts'
import { changed, EditForm, LongField, only, TextField } from './form.tsx'
import { newId } from './new-id.ts'
import { changedNext, NextField } from './next-field.tsx'
import { changedPromises, PromiseFields } from './promise-fields.tsx'
import { RenameId } from './rename-form.tsx'
import { idOf, idsOf } from './step-id.ts'
import { WhyNot } from './why-not.tsx'
import { words } from './words.ts'

const said = words.step

interface StepProps {
  readonly blueprint: Blueprint
  readonly step: StepColumn
  readonly onSelect: (selection: Selection) => void
}

/** Everything that can be done to a step: say more of it, put one after it, move, copy and delete it. */
export function EditStep({ blueprint, step, onSelect }: StepProps) {
  const { make } = useEdit()
  const { steps } = blueprint
  const { file } = step
  const at = steps.findIndex(({ name }) => name === step.name)
  if (useEditable(file)?.editable !== true) return <WhyNot file={file} />

  const move = (before: StepColumn | undefined): void => {
    void make([{ kind: 'move-step', step: step.name, before: idOf(before) }], file)
  }
  const copy = async (): Promise<void> => {
    const title = said.copyOf(step.title)
    const to = newId(title, idsOf(steps), 'step')
    const outcome = await make([{ kind: 'duplicate-step', step: step.name, to, title }], file)
    if (outcome.kind !== 'done') return
    onSelect({ kind: 'step', step: to })
    enterPanel()
  }
  const remove = async (): Promise<void> => {
    const neighbour = steps[at + 1] ?? steps[at - 1]
    const outcome = await make([{ kind: 'delete-step', step: step.name }], file)
    if (outcome.kind !== 'done') return
    onSelect(neighbour ? { kind: 'step', step: localName(neighbour.name) } : { kind: 'nothing' })
    if (neighbour) enterPanel()
    else document.querySelector<HTMLElement>('#page')?.focus()
  }
  return (
    <div key={step.name} className="edit-tools" role="group" aria-label={said.tools}>
      <Disclosed words={said.edit} icon={<Pencil size={13} aria-hidden="true" />}>
        {(close) => <StepForm blueprint={blueprint} step={step} onClose={close} />}
      </Disclosed>
      <Disclosed words={said.add} icon={<Plus size={13} aria-hidden="true" />}>
        {(close) => (
          <AddStepForm blueprint={blueprint} after={step} onSelect={onSelect} onClose={close} />
        )}
      </Disclosed>
      <button
        type="button"
        className="button small"
        aria-disabled={at === 0 || undefined}
        onClick={() => at > 0 && move(steps[at - 1])}
      >
        <ArrowLeft size={13} aria-hidden="true" />
        {said.left}
      </button>
      <button
        type="button"
        className="button small"
        aria-disabled={at === steps.length - 1 || undefined}
        onClick={() => at < steps.length - 1 && move(steps[at + 2])}
      >
        {said.right}
        <ArrowRight size={13} aria-hidden="true" />
      </button>
      <button type="button" className="button small" onClick={() => void copy()}>
        <Copy size={13} aria-hidden="true" />
        {said.duplicate}
      </button>
      <RenameId
        id={localName(step.name)}
        file={file}
        edit={(to) => ({ kind: 'rename-step', step: step.name, to })}
        onSaved={(to) => {
          onSelect({ kind: 'step', step: to })
          enterPanel()
        }}
      />
      <AskedFirst
        words={said.remove}
        icon={<Trash2 size={13} aria-hidden="true" />}
        title={said.removeTitle(step.title)}
        text={said.removeText(
          step.needs.length,
          step.states.filter(({ on }) => on !== undefined).length,
        )}
        yes={said.removeYes}
        no={said.removeNo}
        onYes={() => void remove()}
      />
    </div>
  )
}

function StepForm({
  blueprint,
  step,
  onClose,
}: {
  readonly blueprint: Blueprint
  readonly step: StepColumn
  readonly onClose: () => void
}) {
  const { feeling } = step
  const score = feeling === undefined ? undefined : String(feeling.score)
  return (
    <EditForm
      label={said.form(step.title)}
      file={step.file}
      onClose={onClose}
      edits={(typed) => {
        const { text } = typed
        const newScore = changed(score, text('score').replace(',', '.').replace('−', '-'))
        const quote = changed(feeling?.quote, text('quote'))
        const from = changed(feeling?.from, text('from'))
        const felt = only({
          score: typeof newScore === 'string' ? Number(newScore) : undefined,
          quote,
          from,
        })
        const set = only({
          title: changed(step.title, text('title')),
          screen: changed(step.screen, text('screen')),
          design: changed(step.design, text('design')),
          budget: changedPromises(step.promises, typed),
          next: changedNext(blueprint.journey.name, step, typed),
          feeling: newScore === null ? null : Object.keys(felt).length === 0 ? undefined : felt,
        })
        return Object.keys(set).length === 0 ? [] : [{ kind: 'change-step', step: step.name, set }]
      }}
    >
      <TextField name="title" label={said.title} value={step.title} />
      <TextField
        name="screen"
        label={said.screen}
        hint={said.screenHint}
        value={step.screen}
        mono
      />
      <TextField
        name="design"
        label={said.design}
        hint={said.designHint}
        value={step.design}
        inputMode="url"
        mono
      />
      <NextField blueprint={blueprint} step={step} />
      <fieldset>
        <legend>{said.budget}</legend>
        <p className="edit-hint">{words.budget.hint}</p>
        <PromiseFields promises={step.promises} />
      </fieldset>
      <fieldset>
        <legend>{said.feeling}</legend>
        <TextField
          name="score"
          label={said.score}
          value={score}
          inputMode="decimal"
          at={['/set/feeling/score']}
        />
        <LongField
          name="quote"
          label={said.quote}
          value={feeling?.quote}
          rows={2}
          at={['/set/feeling/quote']}
        />
        <TextField
          name="from"
          label={said.from}
          hint={said.fromHint}
          value={feeling?.from}
          at={['/set/feeling/from']}
        />
      </fieldset>
    </EditForm>
  )
}

/** A new step: after another one, or the first of an empty journey. */
function AddStepForm({
  blueprint: { journey, steps },
  after,
  onSelect,
  onClose,
}: {
  readonly blueprint: Blueprint
  readonly after: StepColumn | undefined
  readonly onSelect: (selection: Selection) => void
  readonly onClose: () => void
}) {
  const added = useRef('')
  const following = after && steps[steps.indexOf(after) + 1]
  return (
    <EditForm
      label={said.addForm}
      file={journey.file}
      submit={said.addSubmit}
      onClose={onClose}
      onSaved={() => {
        onSelect({ kind: 'step', step: added.current })
        enterPanel()
      }}
      edits={({ text }) => {
        const title = text('title')
        const step = newId(title, idsOf(steps), 'step')
        added.current = step
        const screen = text('screen')
        const ways =
          after?.saysNext === true
            ? after.next.map((name) => shortName(name, journey.name))
            : undefined
        const edits: Edit[] = [
          {
            kind: 'add-step',
            journey: journey.name,
            step,
            before: idOf(following),
            title,
            ...(screen !== '' && { screen }),
            ...(ways && { next: ways }),
          },
        ]
        // Where the file says what follows, the new step takes its place and leads on to the same.
        if (after && ways)
          edits.push({ kind: 'change-step', step: after.name, set: { next: [step] } })
        return edits
      }}
    >
      <TextField name="title" label={said.title} />
      <TextField name="screen" label={said.screen} hint={said.screenHint} mono />
    </EditForm>
  )
}

/** The first step of a journey that has none. */
export function AddFirstStep({ blueprint, onSelect }: Pick<StepProps, 'blueprint' | 'onSelect'>) {
  if (useEditable(blueprint.journey.file)?.editable !== true) return null
  return (
    <Disclosed words={said.addFirst} icon={<Plus size={13} aria-hidden="true" />}>
      {(close) => (
        <AddStepForm blueprint={blueprint} after={undefined} onSelect={onSelect} onClose={close} />
      )}
    </Disclosed>
  )
}

/** `basket` in its own journey, `checkout/basket` from another. */
function shortName(name: string, journey: string): string {
  return name.startsWith(`${journey}/`) ? localName(name) : name
}
