import { DATASETS } from '@throughline/core'
import { CannotRun } from '../cannot-run.ts'
import { isBuiltIn } from '../targets/mock/world/dataset.ts'

/** The data set that somebody asks for. Throws `CannotRun` (TL9003) where it is neither built in nor a file. */
export function dataSet(
  name: string,
  files: { readonly bytes: (path: string) => unknown },
): string {
  if (isBuiltIn(name) || files.bytes(name) !== undefined) return name
  throw new CannotRun(
    'TL9003',
    `There is no data set \`${name}\`. Use ${DATASETS.join(', ')}, or a file of the workspace: data/busy-shop.yaml.`,
  )
}
