/**
 * The arguments of `throughline mock` as Prism spells them, in our words, so that a script changes one word: `-h HOST`,
 * `--dynamic=false`, `--cors false`, `--ignore-examples`. What only concerns Prism's processes and logs goes away.
 */
export function prismArguments(rawArgs: readonly string[]): readonly string[] {
  const end = rawArgs.indexOf('--')
  const own = end === -1 ? [...rawArgs] : rawArgs.slice(0, end)
  const rest = end === -1 ? [] : rawArgs.slice(end)
  const said: string[] = []
  while (own.length > 0) {
    const argument = own.shift()!
    const [, name = argument, given] = /^(-[a-z]|--[\w-]+)=(.*)$/i.exec(argument) ?? []
    if (name === '-h' && isHost(given ?? own[0])) {
      said.push('--host', given ?? own.shift()!)
    } else if (name === '-v' || name === '--verboseLevel') {
      if (given === undefined && LEVELS.has(own[0] ?? '')) own.shift()
    } else if (/^-[dmi]{2,}$/.test(name)) {
      own.unshift(
        ...name
          .slice(1)
          .split('')
          .map((letter) => `-${letter}`),
      )
    } else {
      const flag = FLAGS.get(name)
      if (flag === undefined) {
        said.push(argument)
        continue
      }
      const value = given ?? (TRUTH.test(own[0] ?? '') ? own.shift() : undefined)
      if (flag === '') continue
      if (value !== 'false') said.push(`--${flag}`)
      else if (flag === 'cors') said.push('--no-cors')
    }
  }
  return [...said, ...rest]
}

const TRUTH = /^(?:true|false)$/
const LEVELS: ReadonlySet<string> = new Set(
  'silent fatal error warn success info debug trace'.split(' '),
)
/** Prism's switches and ours; nothing where there is nothing to switch here. */
const FLAGS: ReadonlyMap<string, string> = new Map([
  ['-d', 'dynamic'],
  ['--dynamic', 'dynamic'],
  ['-i', 'dynamic'],
  ['--ignore-examples', 'dynamic'],
  ['--errors', 'errors'],
  ['--cors', 'cors'],
  ['-m', ''],
  ['--multiprocess', ''],
  ['--no-multiprocess', ''],
  ['--json-schema-faker-fillProperties', ''],
  ['--no-json-schema-faker-fillProperties', ''],
])

/** An address to listen on; anything else after `-h` is somebody who wants help. */
function isHost(text: string | undefined): boolean {
  return (
    text !== undefined &&
    /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[?[\da-f]*:[\da-f:.]*\]?)$/i.test(text)
  )
}
