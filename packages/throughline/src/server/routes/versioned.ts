import { randomBytes } from 'node:crypto'
import type { Compilation } from '@throughline/core'
import type { Context } from 'hono'
import type { LiveWorkspace } from '../live.ts'

/** Answers with data that changes only with the graph, and with what `beside` names. `name` tells one such answer from another. */
export type Versioned = (
  context: Context,
  name: string,
  make: (compilation: Compilation) => unknown,
  beside?: string,
) => Response

/** Makes each answer once for each version of the graph; who has it already gets 304. */
export function versioned(live: LiveWorkspace): Versioned {
  const start = randomBytes(6).toString('base64url')
  const made = new WeakMap<Compilation, Map<string, string>>()
  return (context, name, make, beside) => {
    const tag = `"${start}-${live.version}${beside === undefined ? '' : `-${beside}`}"`
    const key = beside === undefined ? name : `${name} ${beside}`
    const headers = { etag: tag, 'cache-control': 'no-cache', 'content-type': 'application/json' }
    if (context.req.header('if-none-match')?.split(/,\s*/).includes(tag))
      return new Response(null, { status: 304, headers })
    const texts = made.get(live.current) ?? new Map<string, string>()
    made.set(live.current, texts)
    let text = texts.get(key)
    if (text === undefined) {
      text = JSON.stringify(make(live.current))
      if (texts.size >= mostKept) texts.clear()
      texts.set(key, text)
    }
    return new Response(text, { headers })
  }
}

const mostKept = 64
