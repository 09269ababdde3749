import type {
  CollectionReport,
  CollectionSeen,
} from '../../../targets/verify/collections/collection-report.ts'
import type { Colours } from '../../colours.ts'

/** How collections went, a line for each request with what its tests said; what their answers break stands among the findings. */
export function collectionsText(
  collections: readonly CollectionReport[],
  { bold, red, green, yellow, dim }: Colours,
): string {
  return collections
    .map((one) => {
      const lines = one.requests.flatMap((request) => {
        const failed = request.assertions.filter(({ passed }) => !passed)
        const mark =
          request.left !== undefined ? yellow('-') : failed.length > 0 ? red('x') : dim('·')
        return [
          `  ${mark} ${shown(request)}${dim(aboutOf(request, one.iterations))}`,
          ...failed.map(({ name, message }) =>
            red(`      ${name}${message === undefined ? '' : `: ${plain(message)}`}`),
          ),
          ...(request.left === undefined ? [] : [`      not sent: ${plain(request.left)}`]),
          ...request.notes.map((note) => dim(`      ${plain(note)}`)),
        ]
      })
      const { requests, tests, failed } = countsOfCollection(one)
      const passed =
        tests === 0
          ? ''
          : failed === 0
            ? green(`, ${tests} tests passed`)
            : red(`, ${failed} of ${tests} tests failed`)
      return `${bold(one.name)}: ${requests === 1 ? '1 request' : `${requests} requests`} sent${one.iterations > 1 ? ` in ${one.iterations} runs` : ''}${one.engine === 'newman' ? ' by newman' : ''}${passed}\n${lines.join('\n')}\n\n`
    })
    .join('')
}

/** What there is to count of a collection. */
export function countsOfCollection({ requests }: CollectionReport): {
  readonly requests: number
  readonly tests: number
  readonly failed: number
} {
  const tests = requests.flatMap((one) => one.assertions)
  return {
    requests: requests.filter((one) => one.left === undefined).length,
    tests: tests.length,
    failed: tests.filter((one) => !one.passed).length,
  }
}

function shown({ name, method, path, status }: CollectionSeen): string {
  return `${plain(name)}  ${method} ${plain(path)}${status === undefined ? '' : ` ${status}`}`
}

function aboutOf({ operation, steps, iteration, ms }: CollectionSeen, iterations: number): string {
  return [
    ms === undefined ? '' : `  ${ms} ms`,
    operation === undefined ? '' : `  ${operation}`,
    steps.length === 0
      ? ''
      : ` (${steps.slice(0, 3).join(', ')}${steps.length > 3 ? ` and ${steps.length - 3} more` : ''})`,
    iterations > 1 ? `  run ${iteration}` : '',
  ].join('')
}

function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, ' ').slice(0, 400)
}
