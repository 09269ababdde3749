import type { NamedTypeNode } from 'graphql'
import { diagnostic, quoted, type Diagnostic } from '../../text/diagnostic.ts'
import { suggestion } from '../../text/suggestion.ts'
import { standardScalars } from './scalars.ts'
import type { SchemaDocument } from './schema-document.ts'
import { fieldsOf, inputFieldsOf, interfacesOf, membersOf, namedTypeOf } from './types.ts'

/** TL1005 and TL2006: types that are named and never defined, and types that are defined twice. */
export function typeProblems({ types, originOf }: SchemaDocument): readonly Diagnostic[] {
  const problems: Diagnostic[] = []
  const look = (node: NamedTypeNode): void => {
    const name = node.name.value
    if (types.types.has(name) || standardScalars.has(name)) return
    const hint = suggestion(name, [...types.types.keys(), ...standardScalars.keys()])
    problems.push(
      diagnostic('TL1005', originOf(node), {
        reference: quoted(name),
        reason: `names no type of this schema.${hint || ' Define it, or name another.'}`,
      }),
    )
  }
  for (const type of types.types.values()) {
    for (const field of fieldsOf(type)) {
      look(namedTypeOf(field.type))
      for (const argument of field.arguments ?? []) look(namedTypeOf(argument.type))
    }
    for (const field of inputFieldsOf(type)) look(namedTypeOf(field.type))
    for (const one of [...membersOf(type), ...interfacesOf(type)]) look(one)
  }
  for (const part of types.duplicates) {
    const first = types.types.get(part.name.value)?.parts[0]
    problems.push(
      diagnostic(
        'TL2006',
        originOf(part),
        { id: `The type ${quoted(part.name.value)}` },
        first && {
          related: [{ origin: originOf(first), message: 'It is declared here first.' }],
        },
      ),
    )
  }
  return problems
}
