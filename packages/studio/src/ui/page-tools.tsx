import { Check, Download, Share2 } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { download } from './download.ts'
import { toolWords as words } from './tool-words.ts'

export interface PageFile {
  readonly name: string
  readonly label: string
  readonly make: () => Blob | Promise<Blob>
}

/** Share the page as it is, or save what it shows as a file. */
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
      <Share />
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
        {failed !== undefined && (
          <p role="alert" className="bad">
            {failed}
          </p>
        )}
      </div>
    </span>
  )
}

/** Copies the address, which says everything: filter, open panel, selected cell. */
function Share() {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1600)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <>
      <button
        type="button"
        className="button"
        title={words.shareHint}
        onClick={() => {
          navigator.clipboard.writeText(location.href).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }}
      >
        {copied ? <Check size={14} aria-hidden="true" /> : <Share2 size={14} aria-hidden="true" />}
        {copied ? words.copied : words.share}
      </button>
      <span role="status" className="sr">
        {copied && words.copied}
      </span>
    </>
  )
}
