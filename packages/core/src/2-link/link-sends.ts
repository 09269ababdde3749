import type { CallDeclaration } from '../1-parse/declarations.ts'
import { findInRequest, requestField } from '../operation/fields-of.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import { closePaths, didYouMean } from './close-paths.ts'
import type { Draft } from './draft.ts'
import type { FoundOperation } from './find-operation.ts'
import type { CallNode } from './graph.ts'

/** What the screen can fill in, compared with the request's body and parameters. */
export function linkSends(
  draft: Draft,
  step: string,
  { operation, name }: FoundOperation,
  sends: CallDeclaration['sends'],
): CallNode['sends'] {
  const linked: { path: string; origin: CallNode['origin'] }[] = []
  for (const { path, site } of sends) {
    const origin = originOf(site)
    linked.push({ path, origin })
    if (operation === undefined) continue
    const found = findInRequest(operation, path)
    if ('field' in found) continue
    const close = closePaths(requestField(operation), path, found)
    draft.diagnostics.push(
      diagnostic(
        'TL2010',
        origin,
        { step, field: quoted(path), operation: quoted(name), suggestion: didYouMean(close) },
        {
          subject: step,
          related: [
            { origin: originOf(operation.site, 'key'), message: 'the operation is described here' },
          ],
          fixes: close.map((replace) => ({ title: `Change to \`${replace}\``, replace })),
        },
      ),
    )
  }
  return linked
}
