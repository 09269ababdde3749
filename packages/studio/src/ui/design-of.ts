import { imageAddress } from '../api.ts'

/** A design that can be shown: a page on the web, or a picture of the workspace at an address of the studio's own server. */
export interface Design {
  readonly kind: 'page' | 'picture'
  readonly href: string
  /** A Storybook story by its name (`Orders / Come back`), another page by its host, a picture by its file. */
  readonly name: string
}

/** What a file says about where a design is found; `undefined` for what no browser should be sent to. */
export function designOf(written: string): Design | undefined {
  if (/^https?:/i.test(written)) {
    const url = URL.parse(written)
    return url === null
      ? undefined
      : { kind: 'page', href: written, name: storyName(url) ?? url.host }
  }
  const href = pictureFile.test(written) ? imageAddress(written) : undefined
  return href === undefined
    ? undefined
    : { kind: 'picture', href, name: written.slice(written.lastIndexOf('/') + 1) }
}

const pictureFile = /\.(png|jpe?g|gif|webp|avif|svg)$/i

/** Storybook writes a story as `?path=/story/shop-orders--come-back`, alone in a frame as `iframe.html?id=shop-orders--come-back`. */
function storyName({ searchParams, pathname }: URL): string | undefined {
  const path = searchParams.get('path') ?? ''
  const id =
    /^\/(?:story|docs)\/([^/]+)$/.exec(path)?.[1] ??
    (pathname.endsWith('/iframe.html') ? searchParams.get('id') : undefined)
  const parts = id?.split('--').map(spoken).filter(Boolean)
  return parts?.length === 2 ? parts.join(' / ') : undefined
}

function spoken(part: string): string {
  const words = part.replaceAll('-', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
