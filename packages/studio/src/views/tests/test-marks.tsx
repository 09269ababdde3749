import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { FlaskConical } from 'lucide-react'
import type { TestOverview } from '../../client/studio-client.ts'
import { useHere } from '../../shell/use-here.ts'
import { strings } from '../../strings.ts'
import { Item } from '../journey/cell.tsx'
import { testsQuery } from './tests-data.ts'

const words = strings.tested

type Marks = NonNullable<TestOverview['marks']>

/** How much the last test of a backend found on each step and operation; undefined while none has run. */
export function useTestMarks(): Marks | undefined {
  return useQuery(testsQuery).data?.marks
}

/** How much was found on an operation, as a sign in what is a button already. */
export function TestSign({
  marks,
  operation,
}: {
  readonly marks: Marks | undefined
  readonly operation: string
}) {
  const count = countIn(marks?.operations, operation)
  if (count === 0) return null
  return (
    <span className="test-sign num" title={words.found(count)}>
      <FlaskConical size={11} aria-hidden="true" />
      {count}
      <span className="sr"> {words.foundWord(count)}</span>
    </span>
  )
}

/** What the last test found on a step, in its lane of the blueprint. It opens the findings. */
export function TestCell({
  marks,
  step,
  column,
}: {
  readonly marks: Marks
  /** `checkout/basket` */
  readonly step: string
  readonly column: string
}) {
  const { search } = useHere()
  const navigate = useNavigate()
  const count = countIn(marks.steps, step)
  if (count === 0) return <p className="nothing">{words.nothing}</p>
  return (
    <Item
      lane="tests"
      column={column}
      className="problem test-found"
      current={false}
      onOpen={() =>
        void navigate({
          to: '/tests',
          search: { ...(search.as !== undefined && { as: search.as }), run: marks.id, step },
        })
      }
    >
      <FlaskConical size={14} aria-hidden="true" />
      <span>{words.found(count)}</span>
    </Item>
  )
}

/** The way from a step or an operation to what the last test found on it; nothing where it found nothing. */
export function TestFound({
  step,
  operation,
}: {
  readonly step?: string
  readonly operation?: string
}) {
  const marks = useTestMarks()
  const { search } = useHere()
  const count =
    operation === undefined
      ? countIn(marks?.steps, step ?? '')
      : countIn(marks?.operations, operation)
  if (marks === undefined || count === 0) return null
  return (
    <Link
      to="/tests"
      className="test-link"
      search={{
        ...(search.as !== undefined && { as: search.as }),
        run: marks.id,
        ...(step !== undefined && { step }),
        ...(operation !== undefined && { find: operation }),
      }}
    >
      <FlaskConical size={14} aria-hidden="true" />
      <span>
        {words.found(count)} <small>{words.when(marks.target, marks.started)}</small>
      </span>
    </Link>
  )
}

function countIn(counts: Readonly<Record<string, number>> | undefined, name: string): number {
  return counts !== undefined && Object.hasOwn(counts, name) ? counts[name]! : 0
}
