import type { ReferenceParameter } from '@throughline/core'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { typeWords } from './field-words.ts'
import { placeOf, type OperationPart } from './operation-part.ts'
import type { TreeSource } from './reference-api.ts'
import { SchemaTree } from './schema-tree.tsx'
import { words } from './words.ts'

/** One parameter: what it may be, with the screens that send it. */
export function OperationParameter({
  parameter,
  operation,
  lens,
  place,
  onPlace,
}: OperationPart & { readonly parameter: ReferenceParameter }) {
  const { name, in: where, required, deprecated, description, field, sentBy, style } = parameter
  const key = `${where}:${name}`
  const current = place.part === key
  const say = words.field[lens]
  const source: TreeSource = { kind: 'parameter', operation: operation.id, parameter: key }
  return (
    <li>
      <div className={current && place.field === undefined ? 'field current' : 'field'}>
        <div className="field-words">
          <p className="field-head">
            <button
              type="button"
              className="field-name"
              aria-pressed={current}
              onClick={() => onPlace(current ? {} : { part: key })}
            >
              {name}
            </button>{' '}
            <code className="field-type">{typeWords(field, lens)}</code>{' '}
            <span className="field-presence">{required ? say.needed : say.free}</span>
            {lens !== 'ux' && (
              <span className="field-presence">
                {where}
                {style !== undefined && `, ${style}`}
              </span>
            )}
            {deprecated && <span className="tag warn">{words.deprecatedField}</span>}
          </p>
          {description !== undefined && <Markdown text={description} />}
          <p className="field-rules-line">
            {[
              ...field.constraints,
              ...(field.default === undefined ? [] : [`${words.default} ${field.default}`]),
              ...(field.enum && field.enum.length > 0
                ? [
                    `${words.oneOf} ${field.enum.slice(0, 8).join(', ')}${field.enum.length > 8 ? ', …' : ''}`,
                  ]
                : []),
            ].join(' · ')}
          </p>
          {field.hasChildren && field.children && (
            <SchemaTree
              root={field}
              source={source}
              api={operation.api}
              lens={lens}
              asked
              selected={current ? place.field : undefined}
              onSelect={(path) => onPlace(placeOf(key, path))}
            />
          )}
        </div>
        {sentBy.length > 0 && (
          <span className="field-users">
            {sentBy.slice(0, 3).map((one) => (
              <DataLink key={one.step} url={one.url}>
                <LineDash line={one.line} />
                <span>{one.title}</span>
              </DataLink>
            ))}
          </span>
        )}
      </div>
    </li>
  )
}
