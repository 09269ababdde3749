import type { StateChip, StepColumn } from '@throughline/core'
import { Pencil, Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { localName, type Selection } from '../../address.ts'
import { enterPanel } from '../../ui/panel.tsx'
import { Disclosed } from './disclosed.tsx'
import { useEdit, useEditable } from './edit-context.ts'
import { changed, EditForm, LongField, only, SelectField, TextField } from './form.tsx'
import { WhyNot } from './why-not.tsx'
import { words } from './words.ts'

const said = words.state

interface StateProps {
  /** `checkout/basket` */
  readonly step: string
  readonly file: string
  readonly state: StateChip
  /** All ways the step can go, to say "the same as". */
  readonly others: readonly StateChip[]
}

/** Decides what people see when a step goes one way: at once where nobody has, behind a button where somebody did. */
export function EditState(props: StateProps) {
  const { state, step, file } = props
  const { make } = useEdit()
  const editable = useEditable(file)?.editable === true
  if (state.status === 'cannot-happen') return null
  if (!editable) return <WhyNot file={file} />
  const key = `${step} ${state.condition}`
  if (state.status === 'missing') return <StateForm key={key} {...props} />
  return (
    <div key={key} className="edit-tools">
      <Disclosed
        words={state.on === undefined ? said.elsewhere : said.edit}
        icon={<Pencil size={13} aria-hidden="true" />}
      >
        {(close) => <StateForm {...props} onClose={close} />}
      </Disclosed>
      {state.on !== undefined && (
        <button
          type="button"
          className="button small"
          onClick={() =>
            void make(
              [
                {
                  kind: 'remove-state',
                  condition: state.condition,
                  ...placeOf(step, state.on ?? step),
                },
              ],
              file,
            ).then(enterPanel)
          }
        >
          {said.remove}
        </button>
      )}
    </div>
  )
}

function StateForm({
  step,
  file,
  state,
  others,
  onClose,
}: StateProps & { readonly onClose?: () => void }) {
  const { on } = state
  const isWhole = useEdit().files.some(({ kind, editable }) => kind === 'workspace' && editable)
  const [same, setSame] = useState(on === undefined ? '' : (state.same ?? ''))
  const own = on === undefined ? undefined : state
  const decided = others.filter(
    (other) =>
      other.condition !== state.condition &&
      other.same !== state.condition &&
      (other.status === 'designed' || other.status === 'inherited') &&
      others.findIndex(({ condition }) => condition === other.condition) === others.indexOf(other),
  )
  return (
    <EditForm
      label={said.form(state.label)}
      file={file}
      submit={state.status === 'missing' ? said.decide : words.save}
      enter={onClose !== undefined}
      {...(onClose && { onClose })}
      {...(!onClose && { onSaved: enterPanel })}
      edits={({ text }) => {
        const place = placeOf(step, on ?? text('on'))
        const chosen = text('same')
        // What is shown through `same` is not this state's own until it says so itself.
        const before = own?.same === undefined ? own : undefined
        const set =
          chosen === ''
            ? only({
                show: changed(before?.show, text('show')),
                recover: changed(before?.recover, text('recover')),
                test: changed(before?.test, text('test')),
                same: own?.same === undefined ? undefined : null,
              })
            : only({
                same: chosen === own?.same ? undefined : chosen,
                ...(before && {
                  show: before.show && null,
                  recover: before.recover && null,
                  test: before.test && null,
                }),
              })
        if (Object.keys(set).length === 0 && own) return []
        return [{ kind: 'set-state', condition: state.condition, ...place, set }]
      }}
    >
      {decided.length > 0 && (
        <SelectField
          name="same"
          label={said.same}
          value={same}
          onChange={setSame}
          options={[
            ['', said.own],
            ...decided.map((other) => [other.condition, said.sameAs(other.label)] as const),
          ]}
        />
      )}
      {same === '' && (
        <>
          <LongField
            name="show"
            label={said.show}
            hint={said.showHint}
            value={own?.show}
            at={['/set/show', '/set']}
          />
          <TextField
            name="recover"
            label={said.recover}
            hint={said.recoverHint}
            value={own?.recover}
          />
          <TextField name="test" label={said.test} hint={said.testHint} value={own?.test} mono />
        </>
      )}
      {on === undefined && (
        <SelectField
          name="on"
          label={said.on}
          value={state.calls.length === 1 ? `${step}/${state.calls[0]}` : step}
          options={[
            [step, said.wholeStep],
            ...state.calls.map((call) => [`${step}/${call}`, said.onlyCall(call)] as const),
            ...(isWhole ? [[everywhere, said.wholeApp] as const] : []),
          ]}
        />
      )}
    </EditForm>
  )
}

/** Says what people see when a step goes a way that no contract tells of: `partial`, a class, a problem type. */
export function AddState({
  step,
  onSelect,
}: {
  readonly step: StepColumn
  readonly onSelect: (selection: Selection) => void
}) {
  const added = useRef('')
  if (useEditable(step.file)?.editable !== true) return null
  return (
    <Disclosed words={said.add} icon={<Plus size={13} aria-hidden="true" />}>
      {(close) => (
        <EditForm
          label={said.addForm}
          file={step.file}
          submit={said.decide}
          onClose={close}
          onSaved={() => {
            onSelect({ kind: 'state', step: localName(step.name), state: added.current })
            enterPanel()
          }}
          edits={({ text }) => {
            const condition = text('condition')
            added.current = condition
            const set = only({
              show: text('show') || undefined,
              recover: text('recover') || undefined,
              test: text('test') || undefined,
            })
            return [{ kind: 'set-state', step: step.name, condition, set }]
          }}
        >
          <TextField
            name="condition"
            label={said.condition}
            hint={said.addHint}
            at={['/condition']}
            mono
          />
          <LongField
            name="show"
            label={said.show}
            hint={said.showHint}
            at={['/set/show', '/set']}
          />
          <TextField name="recover" label={said.recover} hint={said.recoverHint} />
          <TextField name="test" label={said.test} hint={said.testHint} mono />
        </EditForm>
      )}
    </Disclosed>
  )
}

/** Stands for no step: the app-wide states. */
const everywhere = '*'

/** `checkout/basket` is a step; `checkout/basket/store.getBasket` is a call of it; `*` is the whole app. */
function placeOf(step: string, on: string): { readonly step?: string; readonly call?: string } {
  if (on === everywhere) return {}
  return on.startsWith(`${step}/`) ? { step, call: on.slice(step.length + 1) } : { step }
}
