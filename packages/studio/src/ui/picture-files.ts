import type { PageFile } from './page-tools.tsx'
import { pngOf, svgOf, type Picture } from './picture.ts'
import { toolWords as words } from './tool-words.ts'

/** A picture as the two files that people put into documents. It is drawn when somebody asks for one. */
export function pictureFiles(
  name: string,
  picture: () => Picture | Promise<Picture>,
): readonly PageFile[] {
  return [
    {
      name: `${name}.svg`,
      label: words.svg,
      make: async () => new Blob([svgOf(await picture())], { type: 'image/svg+xml' }),
    },
    { name: `${name}.png`, label: words.png, make: async () => pngOf(await picture()) },
  ]
}

/** A table as a file for spreadsheets. */
export function csvFile(name: string, table: () => string): PageFile {
  return {
    name: `${name}.csv`,
    label: words.csv,
    make: () => new Blob([table()], { type: 'text/csv;charset=utf-8' }),
  }
}
