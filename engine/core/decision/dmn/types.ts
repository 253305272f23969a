import { childOf, childrenOf, textOf, type Element } from '#core/decision/dmn/model.ts'
import type { Json, JsonSchema } from '#core/json.ts'
import { parseFeel } from '#core/logic/feel/parse.ts'

/** An input schema with a field for each `inputData`, by the item definitions that they refer to. */
export function inputSchema(definitions: Element, fieldName: (name: string) => string): JsonSchema {
  const defined = new Map(
    childrenOf(definitions, 'itemDefinition').map((each) => [each.attributes['name'] ?? '', each]),
  )
  const properties = childrenOf(definitions, 'inputData').map((item): [string, JsonSchema] => {
    const variable = childOf(item, 'variable')
    const name = inputName(item)
    const schema = schemaOf(variable?.attributes['typeRef'] ?? '', defined, fieldName, new Set())
    return [fieldName(name), fieldName(name) === name ? schema : { title: name, ...schema }]
  })
  return { type: 'object', properties: Object.fromEntries(properties) }
}

/** Expressions read an input by its variable; in most tools the two names are one. */
export const inputName = (item: Element): string =>
  childOf(item, 'variable')?.attributes['name'] ?? item.attributes['name'] ?? ''

/** `feel:number` → number; what other tools call their numbers. */
export function plainType(typeRef: string | undefined): string {
  const name = (typeRef ?? '').replace(/^.*:/, '')
  return ['integer', 'long', 'double', 'decimal'].includes(name) ? 'number' : name
}

const basic: Readonly<Record<string, JsonSchema>> = {
  number: { type: 'number' },
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
}

type Defined = ReadonlyMap<string, Element>

function schemaOf(
  typeRef: string,
  defined: Defined,
  fieldName: (name: string) => string,
  seen: ReadonlySet<string>,
): JsonSchema {
  const name = typeRef.replace(/^.*:/, '')
  const found = defined.get(typeRef) ?? defined.get(name)
  // A type that contains itself has no end as a schema.
  if (found === undefined || seen.has(name)) return basic[plainType(name)] ?? {}
  return ofDefinition(found, defined, fieldName, new Set([...seen, name]))
}

function ofDefinition(
  element: Element,
  defined: Defined,
  fieldName: (name: string) => string,
  seen: ReadonlySet<string>,
): JsonSchema {
  const components = childrenOf(element, 'itemComponent')
  const schema: JsonSchema =
    components.length === 0
      ? { ...schemaOf(childOf(element, 'typeRef')?.text ?? '', defined, fieldName, seen) }
      : {
          type: 'object',
          properties: Object.fromEntries(
            components.map((each): [string, JsonSchema] => [
              fieldName(each.attributes['name'] ?? ''),
              ofDefinition(each, defined, fieldName, seen),
            ]),
          ),
        }
  const listed = listedValues(textOf(childOf(element, 'allowedValues')))
  const one = listed === null ? schema : { ...schema, enum: listed }
  return element.attributes['isCollection'] === 'true' ? { type: 'array', items: one } : one
}

/** The values that a text such as `"High", "Low"` lists; null where it tests something else. */
function listedValues(text: string): Json[] | null {
  if (text === '') return null
  const result = parseFeel(`[${text}]`)
  const values = 'logic' in result && Array.isArray(result.logic) ? (result.logic as Json[]) : []
  return values.length > 0 && values.every((value) => value === null || typeof value !== 'object')
    ? values
    : null
}
