import { documentOf } from '../1-parse/document.ts'
import { overlayShape } from '../1-parse/overlay.ts'
import type { Overlay } from '../overlay/overlay.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { rootOf } from '../text/site.ts'
import type { SourceFile } from '../text/source.ts'

/** The OpenAPI Overlay (1.0, 1.1) in a JSON or YAML file, or what is wrong with it. */
export function overlayIn(file: SourceFile): {
  readonly overlay?: Overlay
  readonly diagnostics: readonly Diagnostic[]
} {
  const files = {
    paths: [file.path],
    read: (path: string) =>
      path === file.path ? file : ({ path, unreadable: 'missing' } as const),
  }
  const { document, diagnostics } = documentOf(files, file.path)
  if (document === undefined) return { diagnostics }
  const found = [...diagnostics]
  const overlay = overlayShape.read(rootOf(document), (one) => found.push(one))
  return { ...(overlay !== undefined && { overlay }), diagnostics: found }
}
