import type { Edit } from '@throughline/core'
import { useRef } from 'react'
import { Disclosed } from './disclosed.tsx'
import { changed, EditForm, TextField } from './form.tsx'
import { words } from './words.ts'

const said = words.rename

/** Gives a journey, step or person another id, with everything that names it. */
export function RenameId({
  id,
  file,
  edit,
  onSaved,
}: {
  readonly id: string
  readonly file: string
  readonly edit: (to: string) => Edit
  readonly onSaved: (to: string) => void
}) {
  const to = useRef(id)
  return (
    <Disclosed words={said.open}>
      {(close) => (
        <EditForm
          label={said.form(id)}
          file={file}
          submit={said.submit}
          onClose={close}
          onSaved={() => onSaved(to.current)}
          edits={({ text }) => {
            to.current = text('to')
            return changed(id, to.current) === undefined ? [] : [edit(to.current)]
          }}
        >
          <TextField name="to" label={said.label} hint={said.hint} value={id} mono />
        </EditForm>
      )}
    </Disclosed>
  )
}
