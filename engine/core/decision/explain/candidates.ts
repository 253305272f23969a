import { atomOf, keyOf, type Atom } from '#core/decision/analysis/atom.ts'
import { schemaAtPath } from '#core/decision/analysis/dimension.ts'
import { writtenPart } from '#core/decision/explain/units.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Json, JsonSchema } from '#core/json.ts'
import { sameScope, type Tree } from '#core/logic/tree.ts'

/** An input that the decision tests, with the values that are worth trying: both sides of each threshold. */
export interface Candidates {
  readonly path: readonly string[]
  readonly schema: JsonSchema
  readonly values: readonly Json[]
}

/** Of every input path that is compared with constants. Thresholds of computed values are not among them. */
export function candidatesOf(decision: Decision): readonly Candidates[] {
  const parts = new Set(decision.parts.map(({ id }) => id))
  const atoms = new Map<string, { path: readonly string[]; atoms: Atom[] }>()
  const collect = (tree: Tree): void => {
    const atom = atomOf(tree)
    if (atom?.subject.kind === 'path' && !parts.has(atom.subject.path[0] ?? '')) {
      const [root, ...rest] = atom.subject.path
      const path = root === 'input' ? rest : atom.subject.path
      const key = keyOf({ ...atom.subject, path })
      const known = atoms.get(key)
      if (known) known.atoms.push(atom)
      else atoms.set(key, { path, atoms: [atom] })
    }
    sameScope(tree).forEach(collect)
  }
  for (const [index, part] of decision.parts.entries()) {
    const { units, expressions } = writtenPart(part, `/parts/${index}`)
    for (const { condition } of units) collect(condition)
    expressions.forEach(collect)
  }
  return [...atoms.values()].flatMap((each) => {
    const schema = schemaAtPath(decision.input, each.path)
    const values = valuesOf(
      each.atoms.flatMap(({ constants }) => constants),
      schema,
    )
    return each.path.length === 0 || values.length === 0
      ? []
      : [{ path: each.path, schema, values }]
  })
}

function valuesOf(constants: readonly Json[], schema: JsonSchema): Json[] {
  if (Array.isArray(schema['enum'])) return schema['enum'] as Json[]
  if (
    schema['type'] === 'boolean' ||
    (constants.length > 0 && constants.every((c) => typeof c === 'boolean'))
  )
    return [true, false]
  const numbers = constants.filter((value) => typeof value === 'number')
  if (numbers.length === 0) return [...new Set(constants.filter((value) => value !== null))]
  const { minimum, maximum } = schema
  const sides = numbers.flatMap((number) => {
    const step = stepOf(number, schema)
    return [number - step, number, number + step].map((value) => Number(value.toPrecision(15)))
  })
  return [...new Set(sides)].filter(
    (value) =>
      (typeof minimum !== 'number' || value >= minimum) &&
      (typeof maximum !== 'number' || value <= maximum) &&
      (schema['type'] !== 'integer' || Number.isInteger(value)),
  )
}

/** `multipleOf` of the schema, 1 for whole numbers, else the last place in which the threshold is written. */
function stepOf(threshold: number, schema: JsonSchema): number {
  if (typeof schema['multipleOf'] === 'number') return schema['multipleOf']
  if (schema['type'] === 'integer') return 1
  const fraction = /\.(\d+)$/.exec(String(threshold))?.[1] ?? ''
  return 10 ** -fraction.length
}
