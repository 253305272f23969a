import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import { printFeel } from '#core/logic/feel/print.ts'
import { isOperator, operators } from '#core/logic/operators.ts'

/** The ways in which an input's value is given. */
export type ExpressionMode = 'field' | 'value' | 'object' | 'condition' | 'text' | 'logic'

/** `[name, expression]` in order. */
export type Entries = readonly (readonly [string, Logic])[]

const only = (logic: Logic): readonly [string, Json] | null => {
  if (!isObject(logic)) return null
  const [entry, ...more] = Object.entries(logic as Record<string, Json>)
  return entry === undefined || more.length > 0 ? null : entry
}

export const fieldPath = (logic: Logic): string | null => {
  const entry = only(logic)
  return entry !== null && entry[0] === 'var' && typeof entry[1] === 'string' ? entry[1] : null
}

/** An object built from expressions, as its entries; null where it is something else. */
export function entriesOf(logic: Logic): Entries | null {
  const entry = only(logic)
  if (entry === null || entry[0] !== 'context' || !Array.isArray(entry[1])) return null
  const parts = entry[1] as readonly Json[]
  const entries: [string, Logic][] = []
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const name = parts[index]
    if (typeof name !== 'string') return null
    entries.push([name, parts[index + 1] ?? null])
  }
  return entries
}

export const fromEntries = (entries: Entries): Logic => ({ context: entries.flat() })

const holdsLogic = (value: Json): boolean =>
  isObject(value) || (Array.isArray(value) && value.some((each: Json) => holdsLogic(each)))

/** The way that shows the stored logic best; for nothing yet the schema's most likely way. */
export function modeOf(logic: Logic | undefined, schema: JsonSchema): ExpressionMode {
  if (logic === undefined) return 'field'
  if (fieldPath(logic) !== null) return 'field'
  if (entriesOf(logic) !== null) return 'object'
  const id = only(logic)?.[0]
  if (id !== undefined && isOperator(id) && operators[id].result === 'boolean') return 'condition'
  if (!holdsLogic(logic)) return 'value'
  if (printFeel(logic) !== null) return 'text'
  return schema['type'] === 'boolean' ? 'condition' : 'logic'
}

/** The ways that make sense for a schema. */
export function modesFor(schema: JsonSchema): ExpressionMode[] {
  const { type } = schema
  if (type === 'object') return ['field', 'object', 'text', 'logic']
  if (type === 'array') return ['field', 'text', 'logic']
  if (type === 'boolean') return ['field', 'value', 'condition', 'text', 'logic']
  if (type === undefined) return ['field', 'value', 'object', 'condition', 'text', 'logic']
  return ['field', 'value', 'text', 'logic']
}

export const emptyFor: Record<ExpressionMode, Logic> = {
  field: { var: '' },
  value: null,
  object: { context: [] },
  condition: null,
  text: null,
  logic: null,
}

/** Whether a way can show what is stored, so that choosing it changes nothing. */
export const keeps = (mode: ExpressionMode, value: Logic | undefined): boolean =>
  mode === 'logic' || (mode === 'text' && (value === undefined || printFeel(value) !== null))

const shows: Record<ExpressionMode, (logic: Logic) => boolean> = {
  field: (logic) => fieldPath(logic) !== null,
  value: (logic) => !holdsLogic(logic),
  object: (logic) => entriesOf(logic) !== null,
  condition: () => true,
  text: (logic) => logic === null || printFeel(logic) !== null,
  logic: () => true,
}

/** The way that was chosen, as long as it can show what is stored; else the way that shows it best. */
export const shownMode = (
  wish: ExpressionMode | null,
  logic: Logic | undefined,
  schema: JsonSchema,
): ExpressionMode =>
  wish !== null && (logic === undefined || shows[wish](logic)) ? wish : modeOf(logic, schema)
