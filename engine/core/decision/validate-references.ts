import { report } from '#core/decision/report.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject, type JsonSchema } from '#core/json.ts'
import { checkLogic } from '#core/logic/parse.ts'
import { references } from '#core/logic/references.ts'

interface Read {
  readonly root: string
  readonly path: readonly string[]
  readonly place: string
}

/** Every name that logic starts from must be an input or an earlier part. */
export function validateReferences(decision: Decision): Finding[] {
  const ids = decision.parts.map((part) => part.id)
  const reads = decision.parts.map((part, index) =>
    logicOf(part, `/parts/${index}`).flatMap(([logic, place]) => readsOf(logic, place)),
  )
  const known = inputFields(decision.input)
  return reads.flatMap((list, index) =>
    list.flatMap((read) => {
      const target = ids.indexOf(read.root)
      if (target >= index) return [forward(ids, reads, index, { target, read })]
      if (target >= 0 || read.root === '?') return []
      const field = read.root === 'input' ? read.path[1] : read.root
      if (field === undefined || !known || known.names.includes(field)) return []
      const params = { name: field, part: ids[index] ?? '' }
      const severity = known.closed ? 'error' : 'warning'
      return [report('REFERENCE_UNKNOWN', read.place, { severity, params })]
    }),
  )
}

/** A part that reads a later one, which is a cycle where that one, in some steps, reads it. */
function forward(
  ids: readonly string[],
  reads: readonly (readonly Read[])[],
  index: number,
  { target, read }: { target: number; read: Read },
): Finding {
  const params = { part: ids[index] ?? '', other: read.root }
  const seen = new Set<number>()
  const reaches = (from: number): boolean => {
    if (from === index) return true
    if (seen.has(from)) return false
    seen.add(from)
    return (reads[from] ?? []).some(({ root }) => ids.includes(root) && reaches(ids.indexOf(root)))
  }
  if (reaches(target)) return report('REFERENCE_CYCLE', read.place, { params })
  return report('REFERENCE_LATER', read.place, { params })
}

/** The names from which a part's logic starts: ids of parts, fields of the input, `?` for a cell's own value. */
export const namesRead = (part: DecisionPart): readonly string[] => [
  ...new Set(
    logicOf(part, '').flatMap(([logic, place]) => readsOf(logic, place).map(({ root }) => root)),
  ),
]

const readsOf = (logic: Logic, place: string): Read[] =>
  checkLogic(logic).length > 0
    ? []
    : references(logic).map((path) => ({ root: path[0] ?? '', path, place }))

/** All logic of a part, with its places. */
function logicOf(part: DecisionPart, path: string): [Logic, string][] {
  if (part.kind === 'expression') return [[part.value, `${path}/value`]]
  if (part.kind === 'rules') {
    return part.rules.flatMap((rule, r): [Logic, string][] => [
      [rule.when, `${path}/rules/${r}/when`],
      ...rule.then.flatMap((action, a): [Logic, string][] => {
        const place = `${path}/rules/${r}/then/${a}`
        if (action.do === 'set') return [[action.value, `${place}/value`]]
        return action.do === 'adjust' ? [[action.by, `${place}/by`]] : []
      }),
    ])
  }
  return [
    ...part.inputs.map((column, c): [Logic, string] => [
      column.expression,
      `${path}/inputs/${c}/expression`,
    ]),
    ...part.rows.flatMap((row, r): [Logic, string][] => [
      ...row.when.map((cell, c): [Logic, string] => [cell, `${path}/rows/${r}/when/${c}`]),
      ...row.then.map((cell, c): [Logic, string] => [cell, `${path}/rows/${r}/then/${c}`]),
    ]),
  ]
}

/** The fields that the input's schema names; null where it names none. */
function inputFields(schema: JsonSchema): { names: string[]; closed: boolean } | null {
  const { properties } = schema
  if (!isObject(properties)) return null
  return { names: Object.keys(properties), closed: schema['additionalProperties'] === false }
}
