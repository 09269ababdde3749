import { Search as SearchIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Choice } from './choice.tsx'

/** Above a matrix: which of its rows are shown. All of it stands in the address. */
export function MatrixTools<Value extends string>({
  filter,
  among,
  find,
  children,
}: {
  readonly filter: Parameters<typeof Choice<Value>>[0]
  /** Only the rows of one of these; `undefined` is all of them. */
  readonly among: {
    readonly label: string
    readonly all: string
    readonly value: string | undefined
    readonly options: readonly { readonly value: string; readonly words: string }[]
    readonly onChoose: (value: string | undefined) => void
  }
  /** Only the rows in which these letters stand. */
  readonly find?: {
    readonly label: string
    readonly value: string | undefined
    readonly onChange: (value: string) => void
  }
  readonly children?: ReactNode
}) {
  const { value, options } = among
  return (
    <div className="matrix-tools">
      <Choice {...filter} />
      <select
        className="select"
        aria-label={among.label}
        value={value ?? ''}
        onChange={({ currentTarget }) =>
          among.onChoose(currentTarget.value === '' ? undefined : currentTarget.value)
        }
      >
        <option value="">{among.all}</option>
        {value !== undefined && !options.some((one) => one.value === value) && (
          <option value={value}>{value}</option>
        )}
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </select>
      {find && (
        <label className="text-filter">
          <SearchIcon size={14} aria-hidden="true" />
          <input
            type="search"
            aria-label={find.label}
            placeholder={find.label}
            value={find.value ?? ''}
            autoComplete="off"
            spellCheck={false}
            onChange={({ currentTarget }) => find.onChange(currentTarget.value)}
          />
        </label>
      )}
      {children}
    </div>
  )
}
