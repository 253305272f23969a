import type { FlowNode } from '#core/graph/flow.ts'
import { isObject, type Json, type JsonSchema } from '#core/json.ts'

export interface Reference {
  readonly ref: 'decision' | 'model' | 'connection' | 'calendar' | 'flow'
  readonly name: string
}

const refs: readonly unknown[] = [
  'decision',
  'model',
  'connection',
  'calendar',
  'flow',
] satisfies Reference['ref'][]

/** Decisions, models, connections, calendars and flows that a node's config names, found by the marks `x-ref` in the type's schema. */
export function referencesOf(node: Pick<FlowNode, 'config'>, schema: JsonSchema): Reference[] {
  const found: Reference[] = []
  const walk = (at: unknown, value: unknown): void => {
    if (!isObject(at)) return
    const ref = at['x-ref'] as Reference['ref']
    const given = value ?? at['default']
    if (refs.includes(ref) && typeof given === 'string' && given !== '')
      found.push({ ref, name: given })
    // What a part would fall back to counts only where the part is there.
    if (isObject(at['properties']) && isObject(value))
      for (const [key, inner] of Object.entries(at['properties'])) walk(inner, value[key])
    if (at['items'] && Array.isArray(value))
      for (const item of value as Json[]) walk(at['items'], item)
    for (const list of ['anyOf', 'oneOf', 'allOf'])
      if (Array.isArray(at[list])) for (const inner of at[list] as Json[]) walk(inner, value)
  }
  walk(schema, node.config)
  return found
}
