/** Who reads: it changes the words of the blueprint, never its layout. */
export type Lens = 'ux' | 'frontend' | 'backend'

/** What the address says beside the page: `?as=backend&step=basket&need=…`. Every selection is a link. */
export interface Search {
  readonly as?: 'frontend' | 'backend'
  /** A journey drawn as its ways, or what happened to it; else as a blueprint. */
  readonly view?: 'flow' | 'history'
  /** The team's app stands beside the page. */
  readonly frame?: 'app'
  /** The step without its journey: `basket`. */
  readonly step?: string
  /** At most one of these four. */
  readonly need?: string
  readonly state?: string
  readonly call?: string
  readonly problem?: string
}

/** Any key that a page keeps in the address, as plain text of bounded length; `undefined` where it is not there. */
export function textIn(raw: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = Object.hasOwn(raw, key) ? raw[key] : undefined
  return typeof value === 'string' && value !== '' && value.length <= 2000 ? value : undefined
}

export type Selection =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'need'; readonly step: string; readonly need: string }
  | { readonly kind: 'state'; readonly step: string; readonly state: string }
  | { readonly kind: 'call'; readonly step: string; readonly call: string }
  | { readonly kind: 'problem'; readonly step?: string; readonly problem: string }

/** Reads an address that anybody may have typed: what it does not know, it leaves out. */
export function searchOf(raw: Readonly<Record<string, unknown>>): Search {
  const text = (key: string): string | undefined => textIn(raw, key)
  const as = text('as')
  const step = text('step')
  const found: { -readonly [Key in keyof Search]: Search[Key] } = {}
  if (as === 'frontend' || as === 'backend') found.as = as
  const view = text('view')
  if (view === 'flow' || view === 'history') found.view = view
  if (text('frame') === 'app') found.frame = 'app'
  if (step !== undefined) found.step = step
  for (const key of ['need', 'state', 'call', 'problem'] as const) {
    const value = text(key)
    if (value === undefined || (step === undefined && key !== 'problem')) continue
    found[key] = value
    break
  }
  return found
}

export function lensOf(search: Search): Lens {
  return search.as ?? 'ux'
}

export function selectionOf(search: Search): Selection {
  const { step, need, state, call, problem } = search
  if (problem !== undefined)
    return { kind: 'problem', problem, ...(step !== undefined && { step }) }
  if (step === undefined) return { kind: 'nothing' }
  if (need !== undefined) return { kind: 'need', step, need }
  if (state !== undefined) return { kind: 'state', step, state }
  if (call !== undefined) return { kind: 'call', step, call }
  return { kind: 'step', step }
}

/** The search of an address that selects this, with the lens, the view and the app beside it kept. */
export function searchSelecting(selection: Selection, before: Search): Search {
  const as = {
    ...(before.as !== undefined && { as: before.as }),
    ...(before.view !== undefined && { view: before.view }),
    ...(before.frame !== undefined && { frame: before.frame }),
  }
  switch (selection.kind) {
    case 'nothing':
      return as
    case 'step':
      return { ...as, step: selection.step }
    case 'need':
      return { ...as, step: selection.step, need: selection.need }
    case 'state':
      return { ...as, step: selection.step, state: selection.state }
    case 'call':
      return { ...as, step: selection.step, call: selection.call }
    case 'problem':
      return {
        ...as,
        ...(selection.step !== undefined && { step: selection.step }),
        problem: selection.problem,
      }
  }
}

/** The same place, read as somebody else. What a page keeps in the address besides stays. */
export function searchAs<Before extends Search>(
  lens: Lens,
  before: Before,
): Omit<Before, 'as'> & Pick<Search, 'as'> {
  const { as: _, ...rest } = before
  return lens === 'ux' ? rest : { as: lens, ...rest }
}

/** The same place, with the team's app beside it or without. */
export function searchFramed<Before extends Search>(
  show: boolean,
  before: Before,
): Omit<Before, 'frame'> & Pick<Search, 'frame'> {
  const { frame: _, ...rest } = before
  return show ? { ...rest, frame: 'app' } : rest
}

/** An address that data leads to, with the lens kept. Anything that is no path of the studio leads to its first page. */
export function addressAs(url: string, as: Search['as']): string {
  if (!/^\/(?![/\\])/.test(url)) return '/'
  if (as === undefined) return url
  const [path = '/', query = ''] = url.split('?', 2)
  return path + printSearch({ as, ...parseSearch(query) })
}

/** `?step=basket&state=404`: plain text, so that 404 stays text and `/` and `[]` stay readable. */
export function printSearch(search: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(search).flatMap(([key, value]) =>
    typeof value === 'string' && value !== ''
      ? [
          `${encodeURIComponent(key)}=${encodeURIComponent(value).replace(/%(2F|3A|5B|5D|40|20)/g, readable)}`,
        ]
      : [],
  )
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

function readable(code: string): string {
  return code === '%20' ? '+' : decodeURIComponent(code)
}

/** The part of a step's name that its journey does not say already: `checkout/basket` -> `basket`. */
export function localName(step: string): string {
  return step.slice(step.lastIndexOf('/') + 1)
}
