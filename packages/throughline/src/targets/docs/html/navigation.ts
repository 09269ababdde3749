import type { Docs, PageHead } from '@throughline/core'
import { methodHtml } from './blocks.ts'
import { escaped } from '../../../escaped.ts'

/** The pages around one page: not all there are, or a big contract would stand in every page of it. */
export interface Navigation {
  readonly html: (current: PageHead, address: (path: string) => string) => string
  readonly trail: (current: PageHead) => readonly PageHead[]
}

export function navigationOf({ heads }: Docs): Navigation {
  const known = new Map(heads.map((one) => [one.path, one]))
  const below = Map.groupBy(heads, (one) => one.parent ?? '')
  const trail = (current: PageHead): readonly PageHead[] => {
    const above: PageHead[] = []
    for (
      let here = current.parent === undefined ? undefined : known.get(current.parent);
      here !== undefined && above.length < 10;
      here = here.parent === undefined ? undefined : known.get(here.parent)
    )
      above.unshift(here)
    return above
  }
  return {
    trail,
    html(current, address) {
      const open = new Set([...trail(current).map(({ path }) => path), current.path])
      const item = (head: PageHead): string => {
        const children = open.has(head.path) ? (below.get(head.path) ?? []) : []
        return `<li><a href="${escaped(address(head.path))}"${head.path === current.path ? ' aria-current="page"' : ''}${head.line === undefined ? '' : ` class="station line-${head.line}"`}>${
          head.method === undefined ? '' : `${methodHtml(short(head.method))} `
        }<span>${escaped(head.title)}</span></a>${
          children.length === 0 ? '' : `<ul>${children.map(item).join('')}</ul>`
        }</li>`
      }
      const top = below.get('index') ?? []
      const section = (title: string, kinds: readonly PageHead['kind'][]): string => {
        const found = top.filter(({ kind }) => kinds.includes(kind))
        return found.length === 0
          ? ''
          : `<p class="nav-title">${title}</p><ul>${found.map(item).join('')}</ul>`
      }
      const home = heads[0]!
      return `<ul><li><a href="${escaped(address(home.path))}"${current.path === home.path ? ' aria-current="page"' : ''}><span>Overview</span></a></li></ul>${section('Journeys', ['journey'])}${section('APIs', ['api'])}${section('For everyone', ['errors', 'policy', 'changes'])}`
    },
  }
}

function short(method: string): string {
  switch (method) {
    case 'DELETE':
      return 'DEL'
    case 'PATCH':
      return 'PAT'
    case 'OPTIONS':
      return 'OPT'
    case 'subscription':
      return 'sub'
    case 'mutation':
      return 'mut'
    case 'query':
      return 'qry'
    default:
      return method
  }
}
