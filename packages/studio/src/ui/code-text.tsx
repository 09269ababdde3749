import { Check, Copy } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { strings } from '../strings.ts'

/** Text of a program or of data, scrolling by itself; JSON in colours. */
export function CodeText({
  text,
  label,
  json = false,
}: {
  readonly text: string
  readonly label: string
  readonly json?: boolean
}) {
  return (
    // A long line scrolls by itself: a scrollable area must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className="code-text" tabIndex={0} role="group" aria-label={label}>
      {json && text.length <= mostColoured ? coloured(text) : text}
    </pre>
  )
}

/** Beyond it, elements for every token would make the page slow. */
const mostColoured = 30_000

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1600)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={copied ? strings.inspector.copied : label}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }}
    >
      {copied ? <Check size={14} /> : <Copy size={14} />}
    </button>
  )
}

const token =
  /("(?:[^"\\\n]|\\.)*")(\s*:)?|(-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b|\b(?:true|false|null)\b)/g

function coloured(text: string): ReactNode {
  const parts: ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(token)) {
    const [whole, string, colon = '', other] = match
    parts.push(text.slice(end, match.index))
    parts.push(
      <span key={match.index} className={other ? 'code-n' : colon ? 'code-k' : 'code-s'}>
        {string ?? other}
      </span>,
      colon,
    )
    end = match.index + whole.length
  }
  parts.push(text.slice(end))
  return parts
}
