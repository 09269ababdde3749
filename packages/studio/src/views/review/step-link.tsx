import { DataLink } from '../../ui/data-link.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { useSteps } from './use-steps.ts'

/** A screen by the dash of its journey and its name, wherever one is mentioned. */
export function StepLink({ step }: { readonly step: string }) {
  const { title, line, url } = useSteps()(step)
  const inside = (
    <>
      {line !== undefined && <LineDash line={line} />}
      {title}
    </>
  )
  return url === undefined ? (
    <span className="step-link">{inside}</span>
  ) : (
    <DataLink url={url} className="step-link">
      {inside}
    </DataLink>
  )
}
