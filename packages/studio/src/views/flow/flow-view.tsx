import './flow.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Blueprint } from '@throughline/core'
import { ArrowUpRight, Flag } from 'lucide-react'
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import { workspaceQuery } from '../../api.ts'
import { localName, type Search, type Selection } from '../../address.ts'
import { NeedGlyph } from '../../ui/glyph.tsx'
import { enterPanel } from '../../ui/panel.tsx'
import { fitting } from '../../ui/fitting.ts'
import { useNarrow } from '../../ui/use-narrow.ts'
import { hasGap } from '../journey/in-journey.ts'
import { card, flowLayout, type DrawnEdge } from './flow-layout.ts'
import { countsOf } from './counts-of.ts'
import { drawnAs, edgeWords } from './edge-look.ts'
import { flowOf, type Flow, type FlowNode } from './flow-of.ts'
import { neighbourIn } from './neighbour-in.ts'
import { words } from './words.ts'

/** The ways through a journey: a card for each step, a line for each way from one to another. */
export function FlowView({
  blueprint,
  selected,
  as,
  onSelect,
}: {
  readonly blueprint: Blueprint
  /** The step that is open, by its full name. */
  readonly selected: string | undefined
  readonly as: Search['as']
  readonly onSelect: (selection: Selection) => void
}) {
  const { data: overview } = useQuery(workspaceQuery)
  const direction = useNarrow() ? 'down' : 'across'
  const flow = useMemo(() => flowOf(blueprint, overview), [blueprint, overview])
  const layout = useMemo(() => flowLayout(flow, direction), [flow, direction])
  const chart = useRef<HTMLOListElement>(null)
  const first = selected ?? flow.nodes[0]?.id

  useEffect(() => {
    if (selected !== undefined) cardOf(chart.current, selected)?.scrollIntoView(near)
  }, [selected])

  function go(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const from = event.target instanceof HTMLElement ? event.target.dataset['card'] : undefined
    if (from === undefined) return
    const to = neighbourIn(flow, layout.layers, direction, from, event.key)
    if (to === undefined) return
    event.preventDefault()
    const next = cardOf(chart.current, to)
    if (!next) return
    for (const one of chart.current!.querySelectorAll<HTMLElement>('[data-card]'))
      one.tabIndex = one === next ? 0 : -1
    next.focus({ preventScroll: true })
    next.scrollIntoView(near)
  }

  return (
    <section
      className={`flow line-${blueprint.journey.line}`}
      aria-label={words.label(blueprint.journey.title)}
    >
      <p id="flow-instructions" className="sr">
        {words.instructions[direction]}
      </p>
      <div
        className="flow-paper"
        style={{ width: layout.width, height: layout.height, ...fitting(layout.width) }}
      >
        <svg
          width={layout.width}
          height={layout.height}
          viewBox={`0 0 ${layout.width} ${layout.height}`}
          aria-hidden="true"
        >
          {layout.edges.map((drawn) => (
            <Edge key={`${drawn.edge.from} ${drawn.edge.to}`} drawn={drawn} selected={selected} />
          ))}
        </svg>
        <ol ref={chart} aria-describedby="flow-instructions">
          {flow.nodes.map((node) => (
            <li
              key={node.id}
              style={{
                ...placeOf(layout.cards.get(node.id)),
                width: card.width,
                height: card.height,
              }}
            >
              {node.kind === 'away' ? (
                <Away node={node} as={as} onKeyDown={go} />
              ) : (
                <StepCard
                  node={node}
                  flow={flow}
                  current={node.id === selected}
                  tabbed={node.id === first}
                  onKeyDown={go}
                  onOpen={() => onSelect({ kind: 'step', step: localName(node.id) })}
                />
              )}
            </li>
          ))}
        </ol>
      </div>
      <ul className="flow-legend" aria-label={words.legend.label}>
        {kindsIn(flow).map((kind) => (
          <li key={kind}>
            <svg viewBox="0 0 30 8" width="30" height="8" aria-hidden="true">
              <path d="M1 4h28" className={`flow-line ${kind}`} />
            </svg>
            {words.legend[kind]}
          </li>
        ))}
      </ul>
    </section>
  )
}

const near = { block: 'nearest', inline: 'nearest' } as const

function cardOf(chart: HTMLElement | null, id: string): HTMLElement | null {
  return chart?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`) ?? null
}

function placeOf(place: { readonly x: number; readonly y: number } | undefined) {
  return { left: place?.x ?? 0, top: place?.y ?? 0 }
}

function Edge({
  drawn: { edge, d, label, tip },
  selected,
}: {
  readonly drawn: DrawnEdge
  readonly selected: string | undefined
}) {
  const kind = drawnAs(edge)
  const lit = edge.from === selected || edge.to === selected
  const said = edgeWords(edge)
  return (
    <g className={lit ? 'lit' : undefined}>
      <path d={d} className={`flow-line ${kind}`} />
      <path
        d="M-8 -4.500L0 0L-8 4.500z"
        className={`flow-tip ${kind}`}
        transform={`translate(${tip.x} ${tip.y}) rotate(${tip.turned})`}
      />
      {said !== undefined && (
        <g transform={`translate(${label.x} ${label.y})`}>
          <rect
            className="flow-word-ground"
            x={-said.length * 3.4 - 5}
            y={-9}
            width={said.length * 6.8 + 10}
            height={18}
            rx={9}
          />
          <text className="flow-word" textAnchor="middle" dy="4">
            {said}
          </text>
        </g>
      )}
    </g>
  )
}

function kindsIn(flow: Flow) {
  const drawn = new Set(flow.edges.map(drawnAs))
  return (['said', 'implied', 'back'] as const).filter((kind) => drawn.has(kind))
}

function StepCard({
  node: { id, step },
  flow,
  current,
  tabbed,
  onKeyDown,
  onOpen,
}: {
  readonly node: Extract<FlowNode, { kind: 'step' }>
  readonly flow: Flow
  readonly current: boolean
  readonly tabbed: boolean
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onOpen: () => void
}) {
  const ways = flow.edges.filter(({ from }) => from === id)
  return (
    <button
      type="button"
      data-card={id}
      tabIndex={tabbed ? 0 : -1}
      className={`flow-card${hasGap(step) ? ' gap' : ''}`}
      aria-current={current || undefined}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        onOpen()
        if (event.detail === 0) enterPanel()
      }}
    >
      <span className="flow-card-head">
        <span className="station" aria-hidden="true" />
        <b>{words.step(step.number, step.title)}</b>
      </span>
      {step.screen !== undefined && <code>{step.screen}</code>}
      <span className="flow-counts num">
        {countsOf(step).map(({ kind, words: said, level, glyph }) => (
          <span key={kind} className={level}>
            {glyph && <NeedGlyph status={glyph} />}
            {said}
          </span>
        ))}
      </span>
      {ways.length === 0 && (
        <span className="flow-end">
          <Flag size={12} aria-hidden="true" />
          {words.ends}
        </span>
      )}
      <span className="sr">
        {ways
          .map((edge) => words[edge.kind](titleIn(flow, edge.to)))
          .map((said) => `, ${said}`)
          .join('')}
      </span>
    </button>
  )
}

function titleIn(flow: Flow, id: string): string {
  const node = flow.nodes.find((one) => one.id === id)
  return node?.kind === 'step' ? node.step.title : (node?.title ?? id)
}

function Away({
  node: { id, title, journey },
  as,
  onKeyDown,
}: {
  readonly node: Extract<FlowNode, { kind: 'away' }>
  readonly as: Search['as']
  readonly onKeyDown: (event: KeyboardEvent) => void
}) {
  return (
    <Link
      onKeyDown={onKeyDown}
      to="/journeys/$name"
      params={{ name: journey.name }}
      search={{ ...(as && { as }), view: 'flow', step: localName(id) }}
      data-card={id}
      tabIndex={-1}
      className={`flow-card away line-${journey.line}`}
    >
      <span className="flow-card-head">
        <span className="station" aria-hidden="true" />
        <b>{title}</b>
        <ArrowUpRight size={14} aria-hidden="true" />
      </span>
      <span className="quiet">{words.away(journey.title)}</span>
    </Link>
  )
}
