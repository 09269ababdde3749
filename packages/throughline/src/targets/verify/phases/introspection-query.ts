/** What a server is asked for its schema (GraphQL, October 2021, section 4): types as deep as wrapping goes in practice. */
export const introspectionQuery = `query Introspection {
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types { ...Type }
    directives { name description locations args { ...Input } }
  }
}
fragment Type on __Type {
  kind name description
  fields(includeDeprecated: true) { name description args { ...Input } type { ...Reference } isDeprecated deprecationReason }
  inputFields { ...Input }
  interfaces { ...Reference }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...Reference }
}
fragment Input on __InputValue { name description type { ...Reference } defaultValue }
fragment Reference on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } }
}`
