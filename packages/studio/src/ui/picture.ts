/** A drawing of a page, made of shapes that become SVG text or a canvas alike: a page that loads no inline image has no other way to PNG. */
export interface Picture {
  readonly title: string
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
}

export type Shape =
  | {
      readonly kind: 'rect'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly fill: string
    }
  | {
      readonly kind: 'path'
      readonly d: string
      readonly x: number
      readonly y: number
      readonly fill?: string
      readonly stroke?: string
      readonly width?: number
      readonly dash?: readonly number[]
    }
  | {
      readonly kind: 'text'
      readonly text: string
      readonly x: number
      /** Of the baseline. */
      readonly y: number
      readonly fill: string
      readonly size: number
      readonly weight?: number
      readonly mono?: boolean
      readonly anchor?: 'start' | 'middle' | 'end'
      readonly struck?: boolean
    }

const families = {
  ui: "'Inter Variable', Inter, system-ui, sans-serif",
  mono: "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace",
}

export function svgOf({ title, width, height, shapes }: Picture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    ...shapes.map(svgShape),
    '</svg>\n',
  ].join('\n')
}

function svgShape(shape: Shape): string {
  switch (shape.kind) {
    case 'rect':
      return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" fill="${shape.fill}"/>`
    case 'path': {
      const { stroke, width = 1.5, dash } = shape
      const line =
        stroke === undefined
          ? ''
          : ` stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"${dash ? ` stroke-dasharray="${dash.join(' ')}"` : ''}`
      return `<path transform="translate(${shape.x} ${shape.y})" d="${shape.d}" fill="${shape.fill ?? 'none'}"${line}/>`
    }
    case 'text':
      return `<text x="${shape.x}" y="${shape.y}" fill="${shape.fill}" font-family="${shape.mono ? families.mono : families.ui}" font-size="${shape.size}" font-weight="${shape.weight ?? 400}" text-anchor="${shape.anchor ?? 'start'}"${shape.struck ? ' text-decoration="line-through"' : ''}>${escaped(shape.text)}</text>`
  }
}

/** Anybody's text in XML: without what is forbidden there, too. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  )
}

/** A canvas is at most this many pixels high or wide in every browser. */
const mostPixels = 16_000

/** The picture at twice its size, or as sharp as a canvas can be. */
export async function pngOf({ width, height, shapes }: Picture): Promise<Blob> {
  const scale = Math.min(2, mostPixels / width, mostPixels / height)
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(width * scale)
  canvas.height = Math.ceil(height * scale)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser has no canvas')
  pen.scale(scale, scale)
  for (const shape of shapes) draw(pen, shape)
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('the picture is too big'))))
  })
}

function draw(pen: CanvasRenderingContext2D, shape: Shape): void {
  pen.save()
  switch (shape.kind) {
    case 'rect':
      pen.fillStyle = shape.fill
      pen.fillRect(shape.x, shape.y, shape.width, shape.height)
      break
    case 'path': {
      pen.translate(shape.x, shape.y)
      const path = new Path2D(shape.d)
      if (shape.fill !== undefined) {
        pen.fillStyle = shape.fill
        // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type
        pen.fill(path)
      }
      if (shape.stroke !== undefined) {
        pen.strokeStyle = shape.stroke
        pen.lineWidth = shape.width ?? 1.5
        pen.lineCap = 'round'
        pen.setLineDash([...(shape.dash ?? [])])
        pen.stroke(path)
      }
      break
    }
    case 'text': {
      pen.fillStyle = shape.fill
      pen.font = `${shape.weight ?? 400} ${shape.size}px ${shape.mono ? families.mono : families.ui}`
      const wide = pen.measureText(shape.text).width
      const x =
        shape.anchor === 'middle'
          ? shape.x - wide / 2
          : shape.anchor === 'end'
            ? shape.x - wide
            : shape.x
      pen.fillText(shape.text, x, shape.y)
      if (shape.struck) pen.fillRect(x, shape.y - shape.size * 0.32, wide, 1)
    }
  }
  pen.restore()
}

/** The colour of a token in the light theme, `#rrggbb` on the ground of a card: other programs know no `oklch()`. */
export function inkOf(token: `--${string}`): string {
  const probe = document.createElement('span')
  probe.className = 'on-paper'
  // Else the second colour is still the first one for a moment.
  probe.style.transition = 'none'
  probe.style.color = `var(${token})`
  document.body.append(probe)
  const colour = getComputedStyle(probe).color
  probe.style.color = 'var(--surface)'
  const ground = getComputedStyle(probe).color
  probe.remove()
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (!pen) return '#000000'
  for (const layer of [ground, colour]) {
    pen.fillStyle = layer
    pen.fillRect(0, 0, 1, 1)
  }
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** The text, cut at its end (or at its beginning) to about `width` pixels of this size. */
export function fitted(
  text: string,
  width: number,
  size: number,
  keep: 'start' | 'end' = 'start',
): string {
  const most = Math.max(1, Math.floor(width / (size * 0.6)))
  if (text.length <= most) return text
  return keep === 'start' ? `${text.slice(0, most - 1)}…` : `…${text.slice(1 - most)}`
}

/** The words in at most `lines` lines of about `width` pixels. */
export function wrapped(
  text: string,
  width: number,
  size: number,
  lines: number,
): readonly string[] {
  const most = Math.max(1, Math.floor(width / (size * 0.55)))
  const found: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = found.at(-1)
    if (last !== undefined && last.length + word.length < most)
      found[found.length - 1] = `${last} ${word}`
    else found.push(word)
  }
  if (found.length > lines) found.splice(lines - 1, found.length, found.slice(lines - 1).join(' '))
  return found.map((line) => fitted(line, width, size * 0.9))
}
