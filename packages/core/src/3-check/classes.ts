import type { ClassDeclaration } from '../1-parse/declarations.ts'
import { nodesOfKind } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import type { Operation } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'
import { globOf } from '../text/glob.ts'
import { classificationNames } from './data-classification.ts'
import type { Wanted } from './matching-fields.ts'
import { holdingWords } from './words.ts'

/** How a workspace classifies fields. */
export interface Classes {
  readonly isEmpty: boolean
  /** Fields that could have a class, or whose names sound as if they should. */
  readonly wanted: Wanted
  /** The class of a field: `fields` of the policy first, then what the contract says, then `contains`. */
  readonly classOf: (
    operation: Operation,
    path: string,
    field: Field,
  ) => ClassDeclaration | undefined
  /** What a field gives away by its name alone. */
  readonly soundsLike: (field: Field) => 'personal' | 'secret' | undefined
}

/** The classes of every policy file. */
export function classesOf(graph: Graph): Classes {
  let classes = remembered.get(graph)
  if (classes === undefined) remembered.set(graph, (classes = classified(graph)))
  return classes
}

const remembered = new WeakMap<Graph, Classes>()

function classified(graph: Graph): Classes {
  const classes = new Map(
    [...nodesOfKind(graph, 'class')].map((node) => [node.name, node.declaration]),
  )
  const globs = graph.declarations.policies.flatMap(({ fields }) =>
    fields.map(({ match, class: name }) => ({
      match,
      matches: globOf(match, '.'),
      matchesName: globOf(lastName(match), '.'),
      declaration: classes.get(name),
    })),
  )
  const containing = [...classes.values()].map((declaration) => ({
    declaration,
    holds: holdingWords(declaration.contains),
  }))
  const loosely = new Map([...classes].map(([name, one]) => [name.toLowerCase(), one]))
  const inContract = (field: Field): ClassDeclaration | undefined => {
    for (const name of classificationNames(field.classification)) {
      const declaration = classes.get(name) ?? loosely.get(name.toLowerCase())
      if (declaration !== undefined) return declaration
    }
    return undefined
  }
  const byName = (field: Field): ClassDeclaration | undefined =>
    isFlag(field) ? undefined : containing.find((one) => one.holds(field.name))?.declaration
  const soundsLike = listener()
  return {
    isEmpty: classes.size === 0,
    wanted: {
      key: JSON.stringify([
        [...classes.values()].map((one) => one.contains),
        [...classes.keys()],
        globs.map((one) => one.match),
      ]),
      matches: (field) =>
        globs.some((one) => one.matchesName(field.name)) ||
        classificationNames(field.classification).length > 0 ||
        byName(field) !== undefined ||
        soundsLike(field) !== undefined,
    },
    classOf: (operation, path, field) => {
      const full = `${operation.api}.${operation.name}.${path}`
      const listed = globs.find((one) => one.matches(path) || one.matches(full))
      return listed?.declaration ?? inContract(field) ?? byName(field)
    },
    soundsLike,
  }
}

function listener(): Classes['soundsLike'] {
  const holdsSecret = holdingWords(secretWords)
  const holdsPersonal = holdingWords(personalWords)
  return (field) => {
    if (isFlag(field)) return undefined
    if (holdsSecret(field.name)) return 'secret'
    return holdsPersonal(field.name) ? 'personal' : undefined
  }
}

/** Yes or no gives no secret away. */
function isFlag({ types }: Field): boolean {
  return types.length === 1 && types[0] === 'boolean'
}

/** Names that sound like something that opens a door. */
export const secretWords: readonly string[] = [
  'password',
  'passwd',
  'passphrase',
  'client secret',
  'api key',
  'access token',
  'refresh token',
  'private key',
  'card number',
  'cvv',
  'cvc',
  'security code',
]
/** Names that sound like something about a person. */
export const personalWords: readonly string[] = [
  'email',
  'e mail',
  'phone',
  'phone number',
  'mobile number',
  'birthday',
  'birth date',
  'date of birth',
  'ssn',
  'social security',
  'passport',
  'tax id',
  'iban',
  'national id',
  'first name',
  'last name',
  'surname',
  'full name',
  'postcode',
  'postal code',
  'zip code',
  'street',
]

/** `email` of `**.email`: what a single field can be tested against. */
export function lastName(glob: string): string {
  return glob.slice(glob.lastIndexOf('.') + 1).replace(/(\[\]|\{\})+$/, '') || '**'
}
