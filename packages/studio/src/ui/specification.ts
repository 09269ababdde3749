/** What a contract is written in, as its makers spell it: `OpenAPI 3.1.0`, `GraphQL`. */
export function specification(version: string): string {
  return version.replace(/^(?:openapi|swagger|graphql)\b/, (name) => spelled[name] ?? name)
}

const spelled: Readonly<Record<string, string>> = {
  openapi: 'OpenAPI',
  swagger: 'Swagger',
  graphql: 'GraphQL',
}
