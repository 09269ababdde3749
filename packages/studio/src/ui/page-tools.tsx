import './matrix.css'
import { Download } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { download } from './download.ts'
import { toolWords as words } from './tool-words.ts'

export interface PageFile {
  readonly name: string
  readonly label: string
  readonly make: () => Blob | Promise<Blob>
}

/** Saves what a page shows as a file, or prints it. */
export function PageTools({ files }: { readonly files: readonly PageFile[] }) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState<string | undefined>()
  async function save(name: string, make: PageFile['make']): Promise<void> {
    setFailed(undefined)
    try {
      download(name, await make())
      menu.current?.hidePopover()
    } catch (problem) {
      setFailed(words.failed(problem instanceof Error ? problem.message : String(problem)))
    }
  }
  return (
    <span className="page-tools">
      <button type="button" className="button" popoverTarget={id}>
        <Download size={14} aria-hidden="true" />
        {words.save}
      </button>
      <div id={id} ref={menu} popover="auto" className="file-menu">
        {files.map(({ name, label, make }) => (
          <button key={name} type="button" onClick={() => void save(name, make)}>
            {label}
            <code>{name}</code>
          </button>
        ))}
        <button
          type="button"
          onClick={() => {
            menu.current?.hidePopover()
            print()
          }}
        >
          {words.print}
          <code>{words.printHint}</code>
        </button>
        {failed !== undefined && (
          <p role="alert" className="bad">
            {failed}
          </p>
        )}
      </div>
    </span>
  )
}
