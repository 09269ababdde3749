import { expect, test } from 'vitest'
import { prismArguments } from './prism-arguments.ts'

test.each([
  ['-h 0.0.0.0 -p 4010 store.yaml', '--host 0.0.0.0 -p 4010 store.yaml'],
  ['-h ::1 store.yaml', '--host ::1 store.yaml'],
  ['-h store.yaml', '-h store.yaml'],
  ['store.yaml -h', 'store.yaml -h'],
  ['-dm store.yaml', '--dynamic store.yaml'],
  ['--multiprocess=false store.yaml -v debug', 'store.yaml'],
  ['--verboseLevel=trace store.yaml', 'store.yaml'],
  ['--ignore-examples store.yaml', '--dynamic store.yaml'],
  ['--dynamic=false --errors=true --cors=false store.yaml', '--errors --no-cors store.yaml'],
  ['--cors false store.yaml --errors false', '--no-cors store.yaml'],
  ['--json-schema-faker-fillProperties=false store.yaml', 'store.yaml'],
  ['--seed 3 -- -m', '--seed 3 -- -m'],
])('reads `prism mock %s`', (prism, ours) => {
  expect(prismArguments(prism.split(' '))).toEqual(ours.split(' '))
})
