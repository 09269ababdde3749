import type { MediaType, RequestBody } from '../../operation/operation.ts'
import { child, type Site } from '../../text/site.ts'
import { mediaTypesAt, swaggerMediaTypes, swaggerTypes } from './media-types.ts'
import { isTrue, objectAt, textAt } from './own.ts'
import { collectionStyle, inlineSchema, type ParameterSites } from './parameters.ts'

/** The request body of an operation; in Swagger 2.0 it is written as a `body` parameter or as `formData` ones. */
export function requestBodyOf(
  root: Site,
  operation: Site,
  { body, form }: ParameterSites,
): RequestBody | undefined {
  if (root.document.dialect !== 'swagger-2.0') {
    const site = objectAt(operation, 'requestBody')
    return (
      site && {
        required: isTrue(site.value, 'required'),
        content: mediaTypesAt(site, 'content'),
        site,
      }
    )
  }
  if (body !== undefined) {
    const types = swaggerTypes(root, operation, 'consumes')
    return {
      required: isTrue(body.value, 'required'),
      content: swaggerMediaTypes(types, child(body, 'schema'), undefined, body),
      site: body,
    }
  }
  return form.length === 0 ? undefined : formBody(root, operation, form)
}

/** `formData` parameters as one object: multipart where a file is among them or the operation says so. */
function formBody(root: Site, operation: Site, form: readonly Site[]): RequestBody {
  const properties: Record<string, unknown> = {}
  const styles: Record<string, unknown> = {}
  const required: string[] = []
  for (const parameter of form) {
    const name = textAt(parameter.value, 'name')!
    const { value } = inlineSchema(parameter)
    setOwn(properties, name, value)
    // Lists are comma-separated unless it says otherwise: the words for that are those of OpenAPI 3.
    if (textAt(parameter.value, 'type') === 'array')
      setOwn(styles, name, collectionStyle(parameter.value, 'query'))
    if (isTrue(parameter.value, 'required')) required.push(name)
  }
  const first = form[0]!
  const site = child(operation, 'parameters') ?? first.parent ?? first
  const schema: Site = {
    ...site,
    value: { type: 'object', properties, ...(required.length > 0 && { required }) },
  }
  const hasFile = form.some((parameter) => textAt(parameter.value, 'type') === 'file')
  const declared = swaggerTypes(root, operation, 'consumes').filter((type) =>
    /^(?:multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type),
  )
  const types =
    declared.length > 0
      ? declared
      : [hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded']
  const encoding: Site | undefined =
    Object.keys(styles).length === 0 ? undefined : { ...site, value: styles }
  const content = types.map((type): MediaType => ({
    type,
    schema,
    examples: [],
    ...(encoding !== undefined && { encoding }),
    site,
  }))
  return { required: required.length > 0, content, site }
}

/** A property whatever its name, `__proto__` too. */
function setOwn(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}
