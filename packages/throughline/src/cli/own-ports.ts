import { closest } from '@throughline/core'
import type { Graph } from '@throughline/core'
import type { ArgsDef } from 'citty'
import { CannotRun } from '../cannot-run.ts'
import { wholeNumber } from './arguments.ts'
import { listIn } from './list-in.ts'

export const ownPortsArg = {
  ports: {
    type: 'string',
    valueHint: 'API=PORT',
    description: 'A port for an API of its own, where it is at the root: store=4402,reviews=4403',
  },
} as const satisfies ArgsDef

/** The ports that `--ports` gives to APIs, by their names. Throws `CannotRun` (TL9003) for what cannot be meant. */
export function ownPortsFrom(text: string | undefined, graph: Graph): ReadonlyMap<string, number> {
  const names = graph.apis.map(({ name }) => name)
  const ports = new Map<string, number>()
  for (const part of listIn(text)) {
    const [, name, port] = /^([^=]+)=(.*)$/s.exec(part) ?? []
    if (name === undefined || port === undefined)
      throw usage(`\`--ports\` is a list such as ${names[0] ?? 'store'}=4402, not \`${part}\`.`)
    if (!names.includes(name)) {
      const [near] = closest(name, names, 1)
      throw usage(
        `There is no API \`${name}\`. ${near === undefined ? `There is ${names.join(', ')}.` : `Did you mean \`${near}\`?`}`,
      )
    }
    if (ports.has(name)) throw usage(`\`--ports\` names \`${name}\` twice.`)
    ports.set(name, wholeNumber(port, `--ports ${name}`, 0, 65_535))
  }
  return ports
}

function usage(problem: string): CannotRun {
  return new CannotRun('TL9003', problem)
}
