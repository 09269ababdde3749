/**
 * What a script keeps of an answer, where that can be read without running it:
 * `pm.environment.set('orderId', pm.response.json().id)`. Nothing is evaluated: names and plain paths are all that is understood.
 */
export function toldValues(script: string, body: unknown): ReadonlyMap<string, string> {
  const told = new Map<string, string>()
  const text = script.slice(0, longest)
  const names = new Map<string, string>([['pm.response.json()', '']])
  for (const [, name = '', path = ''] of text.matchAll(
    /\b(?:const|let|var)\s+(\w+)\s*=\s*(?:pm\.response\.json\(\)|JSON\.parse\((?:responseBody|pm\.response\.text\(\))\))([\w.[\]'"]*)/g,
  ))
    names.set(name, path)
  for (const [, name = '', expression = ''] of text.matchAll(
    /\b(?:pm\.(?:environment|collectionVariables|globals|variables)\.set|postman\.set(?:Environment|Global)Variable)\(\s*['"`]([\w.-]+)['"`]\s*,\s*([^;\n]{1,300}?)\s*\)\s*(?:;|$)/gm,
  )) {
    const value = valueOf(expression, names, body)
    if (value !== undefined) told.set(name, value)
  }
  return told
}

const longest = 100_000

function valueOf(
  expression: string,
  names: ReadonlyMap<string, string>,
  body: unknown,
): string | undefined {
  const literal = /^(?:'([^'\\]*)'|"([^"\\]*)"|(-?\d+(?:\.\d+)?|true|false))$/.exec(expression)
  if (literal !== null) return literal[1] ?? literal[2] ?? literal[3]
  for (const [name, before] of names) {
    if (!expression.startsWith(name)) continue
    const path = before + expression.slice(name.length)
    if (!/^(?:\.\w+|\[\d+\]|\[['"][^'"]+['"]\])*$/.test(path)) continue
    let here = body
    for (const [, plain, quoted] of path.matchAll(/\.?(\w+)|\[['"]([^'"]+)['"]\]/g)) {
      const key = plain ?? quoted ?? ''
      if (here === null || typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined
      here = Reflect.get(here, key)
    }
    if (typeof here === 'string') return here
    if (typeof here === 'number' || typeof here === 'boolean') return String(here)
  }
  return undefined
}
