import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SiteOptions } from '../../targets/docs/site-files.ts'

/** The studio's fonts, Latin letters only; none where the studio is not built: then pages use the system's. */
export function siteFonts(): NonNullable<SiteOptions['fonts']> {
  const here = dirname(fileURLToPath(import.meta.url))
  // Beside the bundle when installed, in the studio's package in a checkout.
  const folders = [
    join(here, 'studio', 'assets'),
    join(here, '..', '..', '..', '..', 'studio', 'dist', 'assets'),
  ]
  return wanted.flatMap(({ family, pattern }) => {
    for (const folder of folders) {
      const [found] = globSync(pattern, { cwd: folder })
      if (found !== undefined) return [{ family, bytes: readFileSync(join(folder, found)) }]
    }
    return []
  })
}

const wanted = [
  { family: 'Inter Variable', pattern: 'inter-latin-opsz-normal-*.woff2' },
  { family: 'JetBrains Mono Variable', pattern: 'jetbrains-mono-latin-wght-normal-*.woff2' },
] as const
