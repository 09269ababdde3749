/** The largest picture that is taken, bytes: a screenshot of a big screen is a tenth of it. */
export const mostPictureBytes = 5_000_000

/** What a picture is by its own first bytes, as the ending of its file; `undefined` for what no browser shows as one. */
export function pictureEnding(bytes: Uint8Array): PictureEnding | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024))
  const starts = (text: string, at = 0): boolean =>
    head.toString('latin1', at, at + text.length) === text
  if (starts('\x89PNG\r\n\x1a\n')) return '.png'
  if (starts('\xff\xd8\xff')) return '.jpg'
  if (starts('GIF87a') || starts('GIF89a')) return '.gif'
  if (starts('RIFF') && starts('WEBP', 8)) return '.webp'
  if (starts('ftypavif', 4) || starts('ftypavis', 4)) return '.avif'
  const text = head.toString('utf8').replace(/^\uFEFF/, '')
  return /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(text)
    ? '.svg'
    : undefined
}
export type PictureEnding = '.png' | '.jpg' | '.gif' | '.webp' | '.avif' | '.svg'

/**
 * Where a new picture goes: `designs/basket.png`. In the folder that most pictures of screens lie in, under the name it
 * came with in plain letters, and with a number where that is taken.
 */
export function picturePath(
  name: string,
  ending: PictureEnding,
  others: readonly string[],
  isTaken: (path: string) => boolean,
): string {
  const counts = Map.groupBy(others, (path) => path.slice(0, path.lastIndexOf('/') + 1))
  const [most] = [...counts].toSorted((a, b) => b[1].length - a[1].length)
  const folder = most?.[0] ?? 'designs/'
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  const plain =
    base
      .replace(/\.[^.]*$/, '')
      .normalize('NFKD')
      .replaceAll(/\p{Mn}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, 60)
      .replaceAll(/^-+|-+$/g, '') || 'screen'
  for (let number = 1; ; number++) {
    const path = `${folder}${plain}${number === 1 ? '' : `-${number}`}${ending}`
    if (!isTaken(path)) return path
  }
}

/** Whether a path names a picture that a browser can show. */
export function isPicture(path: string): boolean {
  return /\.(png|jpe?g|gif|webp|avif|svg)$/i.test(path)
}
