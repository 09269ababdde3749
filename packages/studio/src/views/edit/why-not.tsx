import { Lock } from 'lucide-react'
import { useEditable } from './edit-context.ts'

/** A line that says why a file can only be read here. */
export function WhyNot({ file }: { readonly file: string }) {
  const entry = useEditable(file)
  if (entry === undefined || entry.editable) return null
  return (
    <p className="why-not">
      <Lock size={13} aria-hidden="true" />
      {entry.reason}
    </p>
  )
}
