import { useQuery } from '@tanstack/react-query'
import type { StepColumn } from '@throughline/core'
import { ExternalLink, ImagePlus } from 'lucide-react'
import { useId, useState, type ChangeEvent, type DragEvent } from 'react'
import { localName, type Selection } from '../../address.ts'
import { ScreenPicture } from '../../ui/screen-picture.tsx'
import { Disclosed } from './disclosed.tsx'
import { picturesQuery } from './edit-api.ts'
import { useEdit, useEditable } from './edit-context.ts'
import { EditForm, TextField } from './form.tsx'
import { words } from './words.ts'

const said = words.picture
const mostBytes = 5_000_000

/** What people look at on a step: its picture or the sketch, what is missing in it, and how to give it another one. */
export function PictureSection({
  step,
  onSelect,
}: {
  readonly step: StepColumn
  readonly onSelect: (selection: Selection) => void
}) {
  const missing = step.needs.filter(({ status }) => status === 'missing')
  const { data: known } = useQuery(picturesQuery)
  const isElsewhere = step.image !== undefined && /^https?:/i.test(step.image)
  return (
    <section className="picture-section">
      <h3 className="caps">{said.section}</h3>
      <div className="picture big">
        <ScreenPicture step={step} />
      </div>
      {isElsewhere && (
        <p className="edit-hint">
          {said.elsewhere}{' '}
          <a href={step.image} target="_blank" rel="noreferrer">
            {step.image}
            <ExternalLink size={12} aria-hidden="true" />
          </a>{' '}
          {said.elsewhereHint}
        </p>
      )}
      {known !== undefined &&
        step.image !== undefined &&
        !isElsewhere &&
        !known.pictures.includes(step.image) && (
          <p className="gap-text">{said.broken(step.image)}</p>
        )}
      {missing.length > 0 && (step.image === undefined || isElsewhere) && (
        <p className="holes">
          <b>{said.holes}</b>
          {missing.map((need) => (
            <button
              key={need.id}
              type="button"
              className="inline-link"
              onClick={() => onSelect({ kind: 'need', step: localName(step.name), need: need.id })}
            >
              {need.label}
            </button>
          ))}
        </p>
      )}
      <ChangePicture key={step.name} step={step} />
    </section>
  )
}

function ChangePicture({ step }: { readonly step: StepColumn }) {
  const { make } = useEdit()
  if (useEditable(step.file)?.editable !== true) return null
  return (
    <div className="edit-tools">
      <Disclosed words={said.change} icon={<ImagePlus size={13} aria-hidden="true" />}>
        {(close) => <PictureForm step={step} onClose={close} />}
      </Disclosed>
      {step.image !== undefined && (
        <button
          type="button"
          className="button small"
          onClick={() =>
            void make([{ kind: 'change-step', step: step.name, set: { image: null } }], step.file)
          }
        >
          {said.remove}
        </button>
      )}
    </div>
  )
}

function PictureForm({
  step,
  onClose,
}: {
  readonly step: StepColumn
  readonly onClose: () => void
}) {
  const { put } = useEdit()
  const { data } = useQuery(picturesQuery)
  const [over, setOver] = useState(false)
  const [fault, setFault] = useState<string>()
  const [sending, setSending] = useState(false)
  const input = useId()
  const known = useId()
  const address = step.image !== undefined && /^https?:/i.test(step.image) ? step.image : ''

  const take = async (files: FileList | null): Promise<void> => {
    const [file] = files ?? []
    const wrong = file === undefined ? undefined : faultOf(file, files?.length ?? 0)
    setFault(wrong)
    if (file === undefined || wrong !== undefined) return
    setSending(true)
    const outcome = await put(step.name, file, step.file).finally(() => setSending(false))
    if (outcome.kind === 'done') onClose()
  }
  return (
    <EditForm
      label={said.changeForm}
      file={step.file}
      submit={said.use}
      onClose={onClose}
      enter={false}
      edits={({ text }) => {
        const image = text('image') || text('known')
        if (image === '' || image === step.image) return []
        return [{ kind: 'change-step', step: step.name, set: { image } }]
      }}
    >
      {/* The file field inside does the same by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className="drop-zone"
        data-over={over || undefined}
        aria-busy={sending}
        onDragOver={(event: DragEvent) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event: DragEvent) => {
          event.preventDefault()
          setOver(false)
          void take(event.dataTransfer.files)
        }}
      >
        <label htmlFor={input}>
          {said.drop} <span className="inline-link">{said.choose}</span>
        </label>
        <input
          id={input}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/avif,image/gif,image/svg+xml"
          aria-describedby={`${input}-limits`}
          onChange={(event: ChangeEvent<HTMLInputElement>) => void take(event.currentTarget.files)}
        />
        <p id={`${input}-limits`} className="edit-hint">
          {said.limits}
        </p>
        {sending && <p role="status">{said.sending}</p>}
        {fault !== undefined && (
          <p role="alert" className="edit-fault">
            {fault}
          </p>
        )}
      </div>
      {data !== undefined && data.pictures.length > 0 && (
        <div className="edit-field">
          <label htmlFor={known}>{said.known}</label>
          <select id={known} name="known" className="input" defaultValue="">
            <option value="">{said.knownNone}</option>
            {data.pictures.map((path) => (
              <option key={path} value={path}>
                {path}
              </option>
            ))}
          </select>
        </div>
      )}
      <TextField
        name="image"
        label={said.link}
        hint={said.linkHint}
        value={address}
        inputMode="url"
        mono
      />
    </EditForm>
  )
}

/** What is wrong with a file that somebody dropped, before anything is sent; the server looks again, at its bytes. */
function faultOf({ name, type, size }: File, count: number): string | undefined {
  if (count > 1) return said.one
  if (!/^image\/(png|jpeg|webp|avif|gif|svg\+xml)$/.test(type)) return said.type(name)
  return size > mostBytes ? said.big(name) : undefined
}
