import { useQuery } from '@tanstack/react-query'
import type { SchemaNode, UsedBy } from '@throughline/core'
import { ChevronRight, Link2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Lens } from '../../address.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash, NeedGlyph } from '../../ui/glyph.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { ProposeField } from '../review/propose.tsx'
import { FieldNeeded, type NeededField } from '../edit/field-needed.tsx'
import { drawnChildren, isInside, presenceWords, toBeAsked, typeWords } from './field-words.ts'
import { fieldsQuery, type TreeSource } from './reference-api.ts'
import { words } from './words.ts'

interface TreeProps {
  /** Absent: the tree came whole, and nothing more can be asked for. */
  readonly source?: TreeSource | undefined
  /** The API whose types are named: `store`. */
  readonly api: string
  readonly lens: Lens
  /** Whether it is sent, not answered. */
  readonly asked: boolean
  /** The field that the address selects. */
  readonly selected: string | undefined
  readonly onSelect: (path: string | undefined) => void
  /** The operation whose success answer it is: a screen can be said to need its fields. */
  readonly needable?: Omit<NeededField, 'path'> | undefined
  /** Whether a field that no screen needs says so. */
  readonly tellsUnused?: boolean
}

/** The fields of a body, opened on demand: names, types, and which screens need them. */
export function SchemaTree({ root, ...tree }: TreeProps & { readonly root: SchemaNode }) {
  const children = drawnChildren(root)
  return (
    <ul className="card schema-tree">
      {(root.children === undefined && !root.hasChildren) || isPlain(root) ? (
        <Row node={root} depth={0} {...tree} />
      ) : children ? (
        <Children of={root} nodes={children} depth={0} {...tree} />
      ) : (
        <Asked node={root} depth={0} {...tree} />
      )}
    </ul>
  )
}

/** A body that is a text, a number, or a list of such. */
function isPlain({ children }: SchemaNode): boolean {
  return (
    children !== undefined &&
    children.length === 1 &&
    children[0]!.name === '[]' &&
    !children[0]!.hasChildren
  )
}

function Children({
  of: node,
  nodes,
  depth,
  ...tree
}: TreeProps & {
  readonly of: SchemaNode
  readonly nodes: readonly SchemaNode[]
  readonly depth: number
}) {
  const more = toBeAsked(node).childrenMore ?? 0
  return (
    <>
      {nodes.map((child) => (
        <Row key={`${child.path} ${child.missing}`} node={child} depth={depth} {...tree} />
      ))}
      {nodes.length === 0 && <li className="field-note quiet">{words.empties}</li>}
      {more > 0 && <li className="field-note quiet">{words.childrenMore(more)}</li>}
    </>
  )
}

/** Children that the server has not sent yet. */
function Asked({
  node,
  depth,
  source,
  ...tree
}: TreeProps & { readonly node: SchemaNode; readonly depth: number }) {
  const asked = toBeAsked(node)
  const { data, error } = useQuery({
    ...fieldsQuery(source!, asked.path),
    enabled: source !== undefined,
  })
  if (error) return <li className="field-note bad">{words.failed(error.message)}</li>
  if (!data)
    return (
      <li className="field-note" aria-hidden="true">
        <span className="bone" />
      </li>
    )
  const children = drawnChildren(data.field) ?? []
  return <Children of={data.field} nodes={children} depth={depth} source={source} {...tree} />
}

function Row({
  node,
  depth,
  ...tree
}: TreeProps & { readonly node: SchemaNode; readonly depth: number }) {
  const { lens, asked, selected, onSelect, source, needable, tellsUnused = false } = tree
  const [toggled, setToggled] = useState<boolean>()
  const current = selected === node.path
  const row = useRef<HTMLDivElement>(null)
  const children = drawnChildren(node)
  const canOpen =
    node.hasChildren && (children !== undefined ? children.length > 0 : source !== undefined)
  const open = canOpen && (toggled ?? (opens(node, depth) || isInside(selected ?? '', node.path)))
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const indent = Math.min(depth, 8)
  const name = node.name === '[]' ? words.items : node.name === '{}' ? words.values : node.name
  return (
    <li className={`depth-${indent}`}>
      <div
        ref={row}
        className={[
          'field',
          node.missing && 'missing',
          current && 'current',
          node.deprecated && 'deprecated',
        ]
          .filter(Boolean)
          .join(' ')}
      >
        {canOpen ? (
          <button
            type="button"
            className="field-toggle"
            aria-expanded={open}
            aria-label={words.open(name)}
            onClick={() => setToggled(!open)}
          >
            <ChevronRight size={14} aria-hidden="true" />
          </button>
        ) : (
          <span className="field-toggle" />
        )}
        <div className="field-words">
          <p className="field-head">
            <button
              type="button"
              className="field-name"
              aria-pressed={current}
              onClick={() => onSelect(current ? undefined : node.path)}
            >
              {name}
              <Link2 size={12} aria-hidden="true" />
            </button>{' '}
            {node.missing ? (
              <span className="bad">
                {words.notInContract} <NeedGlyph status="missing" />
              </span>
            ) : (
              <>
                <code className="field-type">{typeWords(node, lens)}</code>{' '}
                {presenceWords(node, lens, asked).map((word) => (
                  <span key={word} className="field-presence">
                    {word}
                  </span>
                ))}
                {node.deprecated && <span className="tag warn">{words.deprecatedField}</span>}
                {node.class !== undefined && (
                  <span className="tag">
                    {lens === 'backend' ? node.class : words.class(node.class)}
                  </span>
                )}
                {lens !== 'ux' && node.readOnly && <span className="tag">{words.readOnly}</span>}
                {lens !== 'ux' && node.writeOnly && <span className="tag">{words.writeOnly}</span>}
              </>
            )}
          </p>
          {!current && node.description !== undefined && (
            <p className="field-brief">{briefOf(node.description)}</p>
          )}
          {node.missing && <p className="field-brief">{whyOf(node) ?? words.notInContractHint}</p>}
          {!current && node.description === undefined && !node.missing && node.enum && (
            <p className="field-brief">
              {words.oneOf} {node.enum.slice(0, 4).map(unquoted).join(', ')}
              {node.enum.length > 4 && ', …'}
            </p>
          )}
          {current && !node.missing && <Details node={node} api={tree.api} />}
          {current && node.missing && (
            <ProposeMissing node={node} operation={needable?.operation} />
          )}
          {current && node.usedBy.length > 0 && <Needs usedBy={node.usedBy} />}
          {current && !node.missing && needable !== undefined && node.path !== '' && (
            <FieldNeeded
              field={{ ...needable, path: node.path }}
              taken={node.usedBy.map(({ step }) => step)}
            />
          )}
        </div>
        <Users node={node} open={open} tellsUnused={tellsUnused} />
      </div>
      {open && (
        <ul>
          {children ? (
            <Children of={node} nodes={children} depth={depth + 1} {...tree} />
          ) : (
            <Asked node={node} depth={depth + 1} {...tree} />
          )}
        </ul>
      )}
    </li>
  )
}

/** Asks the owners for a field that a step needs and the answer does not have. */
function ProposeMissing({
  node: { path, name, usedBy },
  operation,
}: {
  readonly node: SchemaNode
  readonly operation: string | undefined
}) {
  const [user] = usedBy
  if (user === undefined || operation === undefined) return null
  return (
    <ProposeField
      need={`need:${user.step}/${operation}/${path}`}
      field={user.label ?? name}
      operation={operation}
    />
  )
}

/** What is needed inside is shown at once; the rest opens when somebody asks. */
function opens({ usedInside, children }: SchemaNode, depth: number): boolean {
  return children !== undefined && ((depth === 0 && children.length <= 30) || usedInside > 0)
}

/** All that the contract says about a field. */
function Details({ node, api }: { readonly node: SchemaNode; readonly api: string }) {
  const { description, typeName, enum: values, enumMore = 0, constraints, variants } = node
  return (
    <div className="field-details">
      {description !== undefined && <Markdown text={description} />}
      {(constraints.length > 0 || node.default !== undefined) && (
        <ul className="field-rules">
          {constraints.map((one) => (
            <li key={one}>{one}</li>
          ))}
          {node.default !== undefined && (
            <li>
              {words.default} <code>{node.default}</code>
            </li>
          )}
        </ul>
      )}
      {variants && variants.length > 0 && (
        <p className="field-values">
          {words.variants}{' '}
          {variants.map((one) => (
            <code key={one} className="tag">
              {one}
            </code>
          ))}
        </p>
      )}
      {typeName !== undefined && (
        <p>
          <DataLink
            url={`/reference?type=${encodeURIComponent(`${api}.${typeName}`)}`}
            className="type-link"
          >
            {words.openType(typeName)}
          </DataLink>
        </p>
      )}
      {values && values.length > 0 && (
        <p className="field-values">
          {words.oneOf}{' '}
          {values.map((one) => (
            <code key={one} className="tag">
              {unquoted(one)}
            </code>
          ))}
          {enumMore > 0 && <span>{words.more(enumMore)}</span>}
        </p>
      )}
    </div>
  )
}

/** Who needs it, each with why. */
function Needs({ usedBy }: { readonly usedBy: readonly UsedBy[] }) {
  return (
    <ul className="field-needs" aria-label={words.needFor}>
      {usedBy.map((one) => (
        <li key={`${one.step} ${one.label}`}>
          {one.status && <NeedGlyph status={one.status} />}
          <span>
            <DataLink url={one.url}>
              <LineDash line={one.line} /> <b>{one.title}</b>
            </DataLink>
            {one.label !== undefined && <> {one.label}</>}
            {one.why !== undefined && <span className="quiet"> {one.why}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** The lines that run through a field: a dash and a screen for each. */
function Users({
  node: { usedBy, usedInside },
  open,
  tellsUnused,
}: {
  readonly node: SchemaNode
  readonly open: boolean
  readonly tellsUnused: boolean
}) {
  if (usedBy.length === 0) {
    if (usedInside > 0)
      return open ? null : <span className="field-users quiet">{words.usedInside(usedInside)}</span>
    return tellsUnused ? <span className="field-users quiet">{words.noScreen}</span> : null
  }
  return (
    <span className="field-users">
      {usedBy.slice(0, shownUsers).map((one) => (
        <DataLink
          key={`${one.step} ${one.label}`}
          url={one.url}
          title={`${one.step}: ${one.label ?? ''}`}
        >
          <LineDash line={one.line} />
          <span>{one.title}</span>
        </DataLink>
      ))}
      {usedBy.length > shownUsers && (
        <span className="quiet">{words.moreUsers(usedBy.length - shownUsers)}</span>
      )}
    </span>
  )
}

const shownUsers = 3

function whyOf({ usedBy }: SchemaNode): string | undefined {
  return usedBy.find(({ why }) => why !== undefined)?.why
}

/** The first sentence of a description. */
function briefOf(text: string): string {
  const [paragraph = ''] = text.trim().split(/\n\s*\n/, 1)
  const line = paragraph.replace(/\s+/g, ' ').replace(/[`*]/g, '')
  return line.length > 220 ? `${line.slice(0, 200).trimEnd()}…` : line
}

/** `"red"` -> `red`; other JSON texts as they are. */
function unquoted(json: string): string {
  return /^"[^"\\]*"$/.test(json) ? json.slice(1, -1) : json
}
