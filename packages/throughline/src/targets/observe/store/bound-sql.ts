import type { Dialect, QueryParameter, QueryParameters } from './evidence-store.ts'
import { storableText } from './storable-text.ts'

/** The SQL with each `$name` replaced by its value, as a literal of the dialect. Throws where a parameter is missing: a mistake in our code. */
export function boundSql(sql: string, parameters: QueryParameters, dialect: Dialect): string {
  return sql.replaceAll(/\$([A-Za-z]\w*)/g, (_, name: string) => {
    if (!Object.hasOwn(parameters, name)) throw new Error(`The query has no value for $${name}.`)
    return sqlLiteral(parameters[name]!, dialect)
  })
}

/** A value as SQL text. A list becomes what stands after `IN`; an empty one holds nothing. */
export function sqlLiteral(value: QueryParameter, dialect: Dialect): string {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? String(value) : 'NULL'
    case 'boolean':
      return value ? (dialect === 'duckdb' ? 'TRUE' : '1') : dialect === 'duckdb' ? 'FALSE' : '0'
    case 'string':
      return textLiteral(value, dialect)
    default:
      if (value === null) return 'NULL'
      return value.length === 0
        ? '(NULL)'
        : `(${value.map((one) => sqlLiteral(one, dialect)).join(', ')})`
  }
}

/** DuckDB knows no escapes but the doubled quote; ClickHouse reads backslashes too. */
function textLiteral(value: string, dialect: Dialect): string {
  const text = storableText(value)
  return dialect === 'duckdb'
    ? `'${text.replaceAll("'", "''")}'`
    : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
