import { COLLECTION_STYLE, EVENT_ID, getScalarValue, type Event } from 'js-yaml'
import { mostAliasedValues } from './limits.ts'
import type { Offsets, PositionNode } from './positions.ts'
import { isMergeKey, offsetsOfScalar } from './yaml-value.ts'

/** Where everything in the first document of a YAML stream stands. What an alias or `<<` brings stands where it was written. */
export function yamlPositions(text: string, events: readonly Event[]): PositionNode {
  const anchors = new Map<string, Node>()
  const frames: Frame[] = []
  let root: Node = { value: { start: 0, end: 0 }, key: undefined, children: undefined }
  let documents = 0
  let last = 0
  let budget = mostAliasedValues

  const add = (node: Node): void => {
    const frame = frames.at(-1)
    if (frame === undefined) root = node
    else if (frame.isList) frame.children.set(String(frame.children.size), node)
    else if (frame.key === undefined)
      frame.key = {
        at: node.value,
        name: text.slice(node.value.start, node.value.end),
        merges: false,
      }
    else {
      const { at, name, merges } = frame.key
      frame.key = undefined
      if (merges) frame.merged.push(node)
      else frame.children.set(name, { value: node.value, key: at, children: node.children })
    }
  }
  const remember = (
    event: { readonly anchorStart: number; readonly anchorEnd: number },
    node: Node,
  ): void => {
    if (event.anchorStart !== -1) anchors.set(text.slice(event.anchorStart, event.anchorEnd), node)
  }

  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) {
      if (++documents > 1) break
    } else if (event.type === EVENT_ID.SCALAR) {
      let value = offsetsOfScalar(text, event)
      if (value.end === 0 && event.valueStart === -1) value = { start: last, end: last }
      last = Math.max(last, value.end)
      const frame = frames.at(-1)
      if (frame !== undefined && !frame.isList && frame.key === undefined) {
        frame.key = {
          at: value,
          name: getScalarValue(text, event),
          merges: isMergeKey(text, event),
        }
      } else {
        const node: Node = { value, key: undefined, children: undefined }
        remember(event, node)
        add(node)
      }
    } else if (event.type === EVENT_ID.ALIAS) {
      last = Math.max(last, event.anchorEnd)
      const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd))
      add({
        value: { start: event.anchorStart - 1, end: event.anchorEnd },
        key: undefined,
        children: target?.children,
      })
    } else if (event.type === EVENT_ID.POP) {
      const frame = frames.pop()
      if (frame === undefined) continue
      if (frame.isFlow) last = afterFlow(text, last, frame.isList ? ']' : '}')
      const { node, children } = frame
      for (const source of frame.merged) budget = inherit(children, source, budget)
      node.value = { start: node.value.start, end: Math.max(last, node.value.start) }
      add(node)
    } else {
      last = Math.max(last, event.start)
      const isFlow = event.style === COLLECTION_STYLE.FLOW
      if (isFlow) last++
      const children = new Map<string, PositionNode>()
      const node: Node = {
        value: { start: event.start, end: event.start },
        key: undefined,
        children,
      }
      remember(event, node)
      frames.push({
        node,
        children,
        isList: event.type === EVENT_ID.SEQUENCE,
        isFlow,
        key: undefined,
        merged: [],
      })
    }
  }
  return root
}

interface Node extends PositionNode {
  value: Offsets
  readonly key: Offsets | undefined
  readonly children: ReadonlyMap<string, PositionNode> | undefined
}
interface Frame {
  readonly node: Node
  readonly children: Map<string, PositionNode>
  readonly isList: boolean
  readonly isFlow: boolean
  /** The key that waits for its value. */
  key: { readonly at: Offsets; readonly name: string; readonly merges: boolean } | undefined
  readonly merged: PositionNode[]
}

/** Gives a map the keys that `<<` brings: those of a map, or of a list of maps. At most `budget` of them; returns what is left. */
function inherit(
  children: Map<string, PositionNode>,
  source: PositionNode,
  budget: number,
  isItem = false,
): number {
  let left = budget
  for (const [name, node] of source.children ?? []) {
    if (--left <= 0) return 0
    if (node.key !== undefined) {
      if (!children.has(name)) children.set(name, node)
    } else if (!isItem) left = inherit(children, node, left, true)
  }
  return left
}

/** The offset after the bracket that closes a flow collection whose last entry ends at `from`. */
function afterFlow(text: string, from: number, bracket: ']' | '}'): number {
  let at = from
  while (at < text.length) {
    const char = text[at]!
    if (char === bracket) return at + 1
    if (char === '#' && /\s/.test(text[at - 1] ?? ' ')) {
      const end = text.indexOf('\n', at)
      at = end === -1 ? text.length : end
    } else if (/[\s,:]/.test(char)) at++
    else return from
  }
  return from
}
