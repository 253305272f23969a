import { typeFindings } from '#core/decision/typing/type-findings.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import type { ScopeField } from '../condition-builder/scope-field.ts'
import { t } from './messages.ts'
import { namesIn } from './names.ts'
import type { FeelAdvice } from './spell.ts'

/** The fields as one schema, from which types are inferred. */
function schemaOf(fields: readonly ScopeField[]): JsonSchema {
  const root: JsonSchema = {}
  for (const { path, schema } of fields) {
    if (schema === undefined) continue
    let place = root as Record<string, Json>
    for (const name of path.split('.')) {
      const properties = (place['properties'] ??= {}) as Record<string, Json>
      if (!Object.hasOwn(properties, name)) properties[name] = {}
      place = properties[name] as Record<string, Json>
    }
    const { properties: _inner, ...own } = schema
    Object.assign(place, own)
  }
  return root
}

/** The names that logic reads, in the order in which they are written, each with its place. */
function* namesOf(logic: Json, place: string): Generator<{ path: string; place: string }> {
  if (Array.isArray(logic))
    for (const [index, each] of (logic as readonly Json[]).entries())
      yield* namesOf(each, `${place}/${index}`)
  else if (isObject(logic))
    for (const [key, each] of Object.entries(logic as Record<string, Json>))
      if (key === 'var' && typeof each === 'string') yield { path: each, place }
      else yield* namesOf(each, `${place}/${key}`)
}

/** Where a text compares or computes with a value of another type than it needs, at the name that it is about. */
export function typeAdvice(
  text: string,
  logic: Logic,
  fields: readonly ScopeField[],
): FeelAdvice[] {
  const root = '/value'
  const part = { kind: 'expression', id: 'text', name: '', value: logic } as const
  const written = namesIn(text)
  const named = [...namesOf(logic as Json, root)]
  return typeFindings(part, '', schemaOf(fields)).map((finding) => {
    const { path: place } = finding.place
    const inside = named.filter((each) => `${each.place}/`.startsWith(`${place}/`))
    // The words tell which side is of the wrong type; it is marked where it is a name.
    const what = inside.find(({ path }) => path === finding.params['what']) ?? inside[0]
    const nth = named.filter(({ path }) => path === what?.path).findIndex((each) => each === what)
    const at = written.filter(({ path }) => path === what?.path)[nth]
    return {
      from: at?.from ?? 0,
      to: at?.to ?? text.length,
      severity: 'warning',
      message: t(finding.code === 'TYPE_CLASH' ? 'typeClash' : 'notListed', finding.params),
      fixes: [],
    }
  })
}
