import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const house = fileURLToPath(new URL('..', import.meta.url))

// Who may import whom. A room may always import from itself; a new folder is a new row.
// Packages from npm stand after the rooms: only the rooms named here may use them.
const rooms: Readonly<
  Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>
> = {
  'core/text': { rooms: [], packages: ['js-yaml', 'yaml'] },
  'core/overlay': { rooms: ['core/text'], packages: [] },
  'core/operation': { rooms: ['core/text', 'core/schema', 'core/1-parse'], packages: [] },
  'core/schema': {
    rooms: ['core/text', 'core/1-parse'],
    packages: ['@faker-js/faker', 'ajv-formats'],
  },
  'core/1-parse': {
    rooms: ['core/text', 'core/schema', 'core/operation', 'core/overlay'],
    packages: ['js-yaml', 'yaml', 'graphql'],
  },
  'core/2-link': {
    rooms: ['core/text', 'core/1-parse', 'core/schema', 'core/operation', 'core/overlay'],
    packages: [],
  },
  'core/3-check': {
    rooms: ['core/text', 'core/1-parse', 'core/2-link', 'core/schema', 'core/operation'],
    packages: [],
  },
  'core/blueprint': {
    rooms: [
      'core/govern',
      'core/lineage',
      'core/text',
      'core/1-parse',
      'core/2-link',
      'core/3-check',
      'core/schema',
      'core/operation',
    ],
    packages: [],
  },
  'core/reference': {
    rooms: [
      'core/text',
      'core/1-parse',
      'core/2-link',
      'core/3-check',
      'core/schema',
      'core/operation',
      'core/blueprint',
    ],
    packages: [],
  },
  'core/govern': {
    rooms: [
      'core/text',
      'core/1-parse',
      'core/2-link',
      'core/3-check',
      'core/schema',
      'core/operation',
      'core/evidence',
    ],
    packages: ['yaml'],
  },
  'core/lineage': {
    rooms: ['core/text', 'core/2-link', 'core/3-check', 'core/operation'],
    packages: [],
  },
  'core/docs': {
    rooms: [
      'core/text',
      'core/1-parse',
      'core/2-link',
      'core/3-check',
      'core/schema',
      'core/operation',
      'core/blueprint',
      'core/reference',
      'core/diff',
      'core/lineage',
    ],
    packages: [],
  },
  'core/diff': {
    rooms: [
      'core/lineage',
      'core/text',
      'core/1-parse',
      'core/2-link',
      'core/3-check',
      'core/schema',
      'core/operation',
    ],
    packages: ['graphql'],
  },
  'core/evidence': {
    rooms: [
      'core/text',
      'core/1-parse',
      'core/2-link',
      'core/3-check',
      'core/schema',
      'core/operation',
    ],
    packages: [],
  },
  'core/analytics': {
    rooms: [
      'core/text',
      'core/1-parse',
      'core/2-link',
      'core/3-check',
      'core/schema',
      'core/operation',
      'core/evidence',
    ],
    packages: [],
  },
  'core/resource': { rooms: ['core/text', 'core/schema', 'core/operation'], packages: [] },
  'core/decide': {
    rooms: [
      'core/text',
      'core/1-parse',
      'core/2-link',
      'core/3-check',
      'core/schema',
      'core/operation',
      'core/overlay',
      'core/blueprint',
      'core/diff',
    ],
    packages: [],
  },
  'core/bundle': {
    rooms: [
      'core/text',
      'core/1-parse',
      'core/2-link',
      'core/3-check',
      'core/schema',
      'core/operation',
      'core/overlay',
    ],
    packages: [],
  },
  'core/infer': { rooms: ['core/text'], packages: ['graphql'] },
  'core/.': {
    rooms: [
      'core/analytics',
      'core/bundle',
      'core/decide',
      'core/evidence',
      'core/overlay',
      'core/text',
      'core/1-parse',
      'core/2-link',
      'core/3-check',
      'core/schema',
      'core/operation',
      'core/blueprint',
      'core/reference',
      'core/diff',
      'core/resource',
      'core/docs',
      'core/lineage',
      'core/govern',
      'core/infer',
    ],
    packages: [],
  },
  'throughline/.': { rooms: ['core'], packages: [] },
  'throughline/workspace': { rooms: ['core', 'throughline/.'], packages: ['yaml'] },
  'throughline/alerts': { rooms: ['core'], packages: [] },
  'throughline/forge': { rooms: [], packages: [] },
  'throughline/targets/mock': {
    rooms: ['core', 'throughline/.', 'throughline/workspace'],
    packages: ['@faker-js/faker', 'graphql', 'graphql-ws', 'handlebars', 'ws'],
  },
  'throughline/targets/verify': {
    rooms: ['core', 'throughline/.', 'throughline/alerts', 'throughline/workspace'],
    packages: ['undici'],
  },
  // A real browser, for the targets that look at pages.
  'throughline/targets/browser': { rooms: ['throughline/.'], packages: ['playwright-core'] },
  'throughline/targets/states': {
    rooms: ['core', 'throughline/.', 'throughline/workspace', 'throughline/targets/browser'],
    packages: ['playwright-core'],
  },
  'throughline/targets/audit': {
    rooms: ['core', 'throughline/.', 'throughline/workspace', 'throughline/targets/browser'],
    packages: ['playwright-core'],
  },
  'throughline/targets/observe': {
    rooms: ['core', 'throughline/.', 'throughline/alerts', 'throughline/workspace'],
    packages: ['@clickhouse/client', '@duckdb/node-api'],
  },
  'throughline/targets/docs': {
    rooms: ['core', 'throughline/.', 'throughline/workspace'],
    packages: ['@notionhq/client'],
  },
  'throughline/targets/export': {
    rooms: ['core', 'throughline/.', 'throughline/workspace'],
    packages: ['yaml'],
  },
  'throughline/targets/discover': {
    rooms: ['core', 'throughline/.', 'throughline/targets/browser', 'throughline/workspace'],
    packages: ['playwright-core', 'yaml'],
  },
  'throughline/targets/lint': {
    rooms: ['core', 'throughline/.', 'throughline/workspace'],
    packages: ['@redocly/openapi-core'],
  },
  'throughline/server': {
    rooms: [
      'core',
      'throughline/.',
      'throughline/alerts',
      'throughline/workspace',
      'throughline/targets/export',
      'throughline/targets/mock',
      'throughline/targets/verify',
      'throughline/targets/lint',
      'throughline/targets/observe',
    ],
    packages: ['hono', '@hono/node-server'],
  },
  'throughline/cli': {
    rooms: [
      'core',
      'throughline/.',
      'throughline/alerts',
      'throughline/workspace',
      'throughline/targets/mock',
      'throughline/targets/verify',
      'throughline/targets/audit',
      'throughline/targets/browser',
      'throughline/targets/states',
      'throughline/targets/discover',
      'throughline/targets/lint',
      'throughline/targets/observe',
      'throughline/targets/docs',
      'throughline/targets/export',
      'throughline/forge',
      'throughline/server',
    ],
    packages: ['citty', 'picocolors', '@clack/prompts', 'selfsigned', 'yaml'],
  },
  'throughline/client': {
    rooms: ['core', 'throughline/.', 'throughline/workspace', 'throughline/targets/mock'],
    packages: ['vitest'],
  },
  browser: { rooms: [], packages: [] },
  studio: {
    rooms: ['core'], // types only: a second test below
    packages: [
      'react',
      'react-dom',
      '@mantine/core',
      '@mantine/hooks',
      '@tanstack/react-router',
      '@tanstack/react-query',
      'd3-shape',
      'd3-scale',
      'lucide-react',
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
    ],
  },
}

const sources = globSync('packages/*/src/**/*.{ts,tsx}', { cwd: house }).filter(
  (path) => !/\.test\.tsx?$|\.d\.ts$/.test(path),
)

test('lets rooms import only what the table allows', () => {
  const wrong: string[] = []
  for (const path of sources) {
    const from = roomOf(path)
    const allowed = rooms[from]
    if (allowed === undefined) {
      wrong.push(`${path}: the room ${from} has no row in the table`)
      continue
    }
    for (const specifier of importsOf(path)) {
      if (specifier.startsWith('node:')) {
        if (from.startsWith('core') || from === 'browser' || from === 'studio')
          wrong.push(`${path} imports ${specifier}`)
        continue
      }
      const target = targetOf(path, specifier)
      const fine =
        target.kind === 'room'
          ? target.name === from ||
            allowed.rooms.some((room) => target.name === room || target.name.startsWith(`${room}/`))
          : allowed.packages.includes(target.name)
      if (!fine) wrong.push(`${path} imports ${specifier}`)
    }
  }
  expect(wrong).toEqual([])
})

test('lets the studio and the page SDK import types from core at most', () => {
  const values = sources
    .filter((path) => /^packages\/(studio|browser)\//.test(path))
    .flatMap((path) =>
      [
        ...readFileSync(join(house, path), 'utf8').matchAll(
          /^import\s+(?!type\b)[^'"]*from\s+['"](@throughline\/core[^'"]*)['"]/gm,
        ),
      ].map(() => path),
    )
  expect(values).toEqual([])
})

test('uses every row of the table', () => {
  const used = new Set(sources.map(roomOf))
  expect(Object.keys(rooms).filter((room) => !used.has(room))).toEqual([])
})

test('keeps registry addresses out of the lock file', () => {
  const lock = JSON.parse(readFileSync(join(house, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string }>
  }
  const addresses = Object.values(lock.packages).flatMap(({ resolved }) =>
    resolved?.includes('://') ? [resolved] : [],
  )
  expect(addresses).toEqual([])
})

test('keeps every platform in the lock file, so that npm ci takes it', () => {
  const { packages } = JSON.parse(readFileSync(join(house, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>
  }
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter(
        (name) =>
          !Object.hasOwn(packages, `node_modules/${name}`) &&
          !Object.hasOwn(packages, `${path}/node_modules/${name}`),
      )
      .map((name) => `${path} wants ${name}`),
  )
  expect(missing).toEqual([])
})

function roomOf(path: string): string {
  const [, name, , ...inner] = path.split('/') // packages / name / src / ...
  if (name === 'browser' || name === 'studio') return name
  const folders = inner.slice(0, -1)
  if (folders[0] === undefined) return `${name}/.`
  return folders[0] === 'targets' ? `${name}/targets/${folders[1]}` : `${name}/${folders[0]}`
}

function importsOf(path: string): readonly string[] {
  const text = readFileSync(join(house, path), 'utf8')
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
  )
  return [...found].map((match) => (match[1] ?? match[2] ?? match[3])!)
}

function targetOf(
  path: string,
  specifier: string,
): { readonly kind: 'room' | 'package'; readonly name: string } {
  if (specifier.startsWith('.')) {
    const absolute = join(house, dirname(path), specifier)
    const inside = relative(house, absolute)
    if (!existsSync(absolute.replace(/\?.*$/, '')))
      return { kind: 'package', name: `${specifier} (missing file)` }
    return { kind: 'room', name: roomOf(inside) }
  }
  const name = specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : specifier.split('/')[0]!
  return name === '@throughline/core' ? { kind: 'room', name: 'core' } : { kind: 'package', name }
}
