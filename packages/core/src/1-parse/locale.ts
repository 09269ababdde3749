import { textLike, type Shape } from './shape.ts'

/** `de`, `pt-BR`: a language, and a country where it matters (RFC 5646, as far as people need it). */
export const locale: Shape<string> = textLike(
  '^[a-z]{2,3}([_-][A-Za-z]{2,8}){0,2}$',
  'must be a locale such as `de` or `pt-BR`',
)
