import type { NestedDecisions } from '#core/decision/compile.ts'
import { outcomes } from '#core/decision/severity.ts'
import { otherwise } from '#core/decision/switch.ts'
import { fieldOf, type TablePart } from '#core/decision/table.ts'
import { isSingleHit } from '#core/decision/hit-policy.ts'
import { inferLogic, schemaOfType } from '#core/decision/typing/infer.ts'
import { eitherOf, isNothing, nothing, valueTypeOf } from '#core/decision/typing/value-type.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject, type JsonSchema } from '#core/json.ts'
import { LogicError } from '#core/logic/logic-error.ts'
import { parseLogic } from '#core/logic/parse.ts'

/**
 * The schema of all that the logic of a decision can read: the input's fields, `input`, and under its id what each part
 * gives. What a part gives is worked out from what it reads, part by part. Every value fits, null apart, where the
 * input fits its schema.
 */
export function typesOf(decision: Decision, nested: NestedDecisions = () => undefined): JsonSchema {
  return typesInside(decision, nested, [])
}

function typesInside(
  decision: Decision,
  nested: NestedDecisions,
  inside: readonly string[],
): JsonSchema {
  const { input, parts } = decision
  const fields = isObject(input['properties']) ? (input['properties'] as JsonSchema) : {}
  const byId = new Map(parts.map((part) => [part.id, part]))
  const known = new Map<string, JsonSchema>()
  // Parts are asked for as they are read, so that each is worked out once, after those that it reads.
  const properties: Record<string, JsonSchema> = {}
  const scope: JsonSchema = { type: 'object', properties }
  const ask = (part: DecisionPart): JsonSchema => {
    const found = known.get(part.id)
    if (found) return found
    // Met again on the way, it reads itself: nothing is known of it.
    known.set(part.id, {})
    const infer = (logic: Logic): JsonSchema => {
      try {
        return inferLogic(parseLogic(logic), scope)
      } catch (error) {
        if (error instanceof LogicError) return {}
        throw error
      }
    }
    const around = { infer, nested, inside: [...inside, decision.id] }
    const type = orAnything(typeOfPart(part, around))
    known.set(part.id, type)
    return type
  }
  for (const [name, schema] of Object.entries({ ...fields, input }))
    if (!byId.has(name)) properties[name] = schema as JsonSchema
  for (const part of parts)
    Object.defineProperty(properties, part.id, {
      enumerable: true,
      get: () => ask(part),
    })
  return { type: 'object', properties: { ...properties } }
}

interface Around {
  readonly infer: (logic: Logic) => JsonSchema
  readonly nested: NestedDecisions
  readonly inside: readonly string[]
}
type Typists = {
  readonly [K in DecisionPart['kind']]: (
    part: Extract<DecisionPart, { kind: K }>,
    around: Around,
  ) => JsonSchema
}
const typists: Typists = {
  expression: ({ value }, { infer }) => infer(value),
  table: (part, { infer }) => typeOfTable(part, infer),
  rules: ({ rules }, { infer }) => {
    const set: Record<string, JsonSchema> = {}
    for (const { enabled, then } of rules)
      for (const action of enabled ? then : [])
        if (action.do === 'set')
          set[action.field] = eitherOf(set[action.field] ?? nothing, infer(action.value))
    return closed({ outcome, ...mapped(set, orAnything) })
  },
  scorecard: (part) => {
    const totals = totalRange(part)
    return closed({
      score: { type: 'number', minimum: totals.least, maximum: totals.most },
      points: closed(
        Object.fromEntries(
          part.characteristics.map((each) => {
            const points = pointsOf(each)
            const [minimum, maximum] = [Math.min(...points), Math.max(...points)]
            return [each.id, points.length === 0 ? {} : { type: 'number', minimum, maximum }]
          }),
        ),
      ),
      reasons: { type: 'array' },
    })
  },
  switch: ({ cases }) => ({ enum: [...cases.map(({ id }) => id), otherwise] }),
  decision: (part, { nested, inside }) => {
    const document = inside.includes(part.decision) ? undefined : nested(part.decision)
    if (!document) return { type: 'object', properties: { outcome } }
    const { properties } = typesInside(document, nested, inside)
    const own = document.parts.map(({ id }) => [id, (properties as JsonSchema)[id]])
    return { type: 'object', properties: { ...Object.fromEntries(own), outcome } as JsonSchema }
  },
  output: ({ fields }, { infer }) =>
    closed(Object.fromEntries(fields.map(({ name, value }) => [name, infer(value)]))),
}

/** What is always null is most often not written yet. */
const orAnything = (schema: JsonSchema): JsonSchema => (isNothing(schema) ? {} : schema)

const typeOfPart = (part: DecisionPart, around: Around): JsonSchema =>
  // The kind selects the typist of that kind; the compiler cannot see that the two belong together.
  (typists[part.kind] as (part: DecisionPart, around: Around) => JsonSchema)(part, around)

const closed = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
})
const mapped = (
  schemas: Readonly<Record<string, JsonSchema>>,
  change: (schema: JsonSchema) => JsonSchema,
): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]))
const outcome: JsonSchema = { enum: [...outcomes] }

type Scorecard = Extract<DecisionPart, { kind: 'scorecard' }>
type Characteristic = Scorecard['characteristics'][number]

/** All points that a characteristic can give. */
const pointsOf = ({ bins, missing }: Pick<Characteristic, 'bins' | 'missing'>): number[] => [
  ...bins.map(({ points }) => points),
  ...(missing ? [missing.points] : []),
]

/** The least and the most that a scorecard's points come to, added up as the scorecard adds them. */
function totalRange({ base, characteristics }: Pick<Scorecard, 'base' | 'characteristics'>) {
  const total = (choose: (...points: number[]) => number): number =>
    characteristics.reduce((sum, each) => {
      const points = pointsOf(each)
      return points.length === 0 ? sum : sum + choose(...points)
    }, base)
  return { least: total(Math.min), most: total(Math.max) }
}

function typeOfTable(part: TablePart, infer: (logic: Logic) => JsonSchema): JsonSchema {
  const columns = part.outputs.map((column, index): [string, JsonSchema] => {
    const cells = part.rows.map((row) => row.then[index] ?? null)
    const given = [...new Set(cells.filter(isPlain))].map((value) => ({ enum: [value] }))
    const worked = cells.filter((cell) => !isPlain(cell)).map(infer)
    const found = [...given, ...worked].reduce(eitherOf, nothing)
    // Where the cells do not tell, the column's type is taken at its word.
    const told = valueTypeOf(found) !== 'any' && !isNothing(found)
    return [fieldOf(column), told ? found : schemaOfType(column.type)]
  })
  const row = closed(Object.fromEntries(columns))
  if (isSingleHit(part)) return row
  const { aggregate } = part
  if (part.hitPolicy !== 'collect' || !aggregate) return { type: 'array', items: row }
  return closed(Object.fromEntries(columns.map(([name, cell]) => [name, totalOf(aggregate, cell)])))
}

const isPlain = (logic: Logic): logic is string | number | boolean => typeof logic !== 'object'

function totalOf(aggregate: NonNullable<TablePart['aggregate']>, cell: JsonSchema): JsonSchema {
  if (aggregate === 'count') return { type: 'integer', minimum: 0 }
  return aggregate === 'sum' ? { type: 'number' } : cell
}
