import { circlesIn } from '#core/graph/cycles.ts'
import { report } from '#core/decision/report.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject, type JsonSchema } from '#core/json.ts'
import { checkLogic } from '#core/logic/parse.ts'
import { certainReferences, references } from '#core/logic/references.ts'

interface Read {
  readonly root: string
  readonly path: readonly string[]
  readonly place: string
  /** False of a bare name in a filter, which may be a field of the element. */
  readonly certain: boolean
}

/** Every name that logic starts from must be an input or a part, and no part may read itself, however far around. */
export function validateReferences(decision: Decision): Finding[] {
  const places = new Map(decision.parts.map((part, index) => [part.id, index]))
  const reads = decision.parts.map((part, index) => readsOfPart(part, `/parts/${index}`))
  const known = inputFields(decision.input)
  const circles = circlesIn(places.keys(), (id) =>
    (reads[places.get(id) ?? -1] ?? []).flatMap(({ root }) => (places.has(root) ? [root] : [])),
  )
  const circleOf = new Map(circles.flatMap((ids, circle) => ids.map((id) => [id, circle])))
  return reads.flatMap((list, index) =>
    list.flatMap((read) => {
      const part = decision.parts[index]?.id ?? ''
      const target = places.get(read.root)
      if (target !== undefined) {
        // A circle has one part that reads a later one, and is told there.
        const isTold = target >= index && circleOf.has(part)
        if (!isTold || circleOf.get(part) !== circleOf.get(read.root)) return []
        return [report('REFERENCE_CYCLE', read.place, { params: { part, other: read.root } })]
      }
      if (read.root === '?' || !read.certain) return []
      const field = read.root === 'input' ? read.path[1] : read.root
      if (field === undefined || !known || known.names.includes(field)) return []
      const params = { name: field, part }
      const severity = known.closed ? 'error' : 'warning'
      return [report('REFERENCE_UNKNOWN', read.place, { severity, params })]
    }),
  )
}

/** What the part's logic reads, and the switch that lets it run. */
const readsOfPart = (part: DecisionPart, path: string): Read[] => [
  ...(part.only
    ? [
        {
          root: part.only.switch,
          path: [part.only.switch],
          place: `${path}/only/switch`,
          certain: true,
        },
      ]
    : []),
  ...logicOf(part, path).flatMap(([logic, place]) => readsOf(logic, place)),
]

/** The names from which a part's logic starts: ids of parts, fields of the input, `?` for a cell's own value. */
export function namesRead(part: DecisionPart): readonly string[] {
  const names = new Set(part.only ? [part.only.switch] : [])
  const note = (logic: Logic): void => {
    for (const { root } of namesIn(logic)) names.add(root)
  }
  // A table may have very many cells: of them no places are made up.
  if (part.kind === 'table') {
    for (const { expression } of part.inputs) note(expression)
    for (const { when, then } of part.rows) {
      when.forEach(note)
      then.forEach(note)
    }
  } else for (const [logic] of logicOf(part, '')) note(logic)
  return [...names]
}

/** The names from which logic starts. */
export const rootsOf = (logic: Logic): readonly string[] => namesIn(logic).map(({ root }) => root)

const readsOf = (logic: Logic, place: string): Read[] =>
  namesIn(logic).map((name) => ({ ...name, place }))

type Name = Omit<Read, 'place'>
const known = new WeakMap<object, readonly Name[]>()

/** Of logic that stayed the same the names are known, whatever was edited around it. */
function namesIn(logic: Logic): readonly Name[] {
  if (typeof logic !== 'object' || logic === null) return []
  const found = known.get(logic) ?? collected(logic)
  known.set(logic, found)
  return found
}

function collected(logic: Logic): Name[] {
  if (checkLogic(logic).length > 0) return []
  const certain = new Set(certainReferences(logic).map((path) => path.join('.')))
  return references(logic).map((path) => ({
    root: path[0] ?? '',
    path,
    certain: certain.has(path.join('.')),
  }))
}

type Places = {
  readonly [K in DecisionPart['kind']]: (
    part: Extract<DecisionPart, { kind: K }>,
    path: string,
  ) => [Logic, string][]
}

const places: Places = {
  expression: (part, path) => [[part.value, `${path}/value`]],
  rules: (part, path) =>
    part.rules.flatMap((rule, r): [Logic, string][] => [
      [rule.when, `${path}/rules/${r}/when`],
      ...rule.then.flatMap((action, a): [Logic, string][] => {
        const place = `${path}/rules/${r}/then/${a}`
        if (action.do === 'set') return [[action.value, `${place}/value`]]
        return action.do === 'adjust' ? [[action.by, `${place}/by`]] : []
      }),
    ]),
  table: (part, path) => [
    ...part.inputs.map((column, c): [Logic, string] => [
      column.expression,
      `${path}/inputs/${c}/expression`,
    ]),
    ...part.rows.flatMap((row, r): [Logic, string][] => [
      ...row.when.map((cell, c): [Logic, string] => [cell, `${path}/rows/${r}/when/${c}`]),
      ...row.then.map((cell, c): [Logic, string] => [cell, `${path}/rows/${r}/then/${c}`]),
    ]),
  ],
  scorecard: (part, path) =>
    part.characteristics.flatMap(({ expression, bins }, c): [Logic, string][] => {
      const place = `${path}/characteristics/${c}`
      return [
        [expression, `${place}/expression`],
        ...bins.map((bin, b): [Logic, string] => [bin.when, `${place}/bins/${b}/when`]),
      ]
    }),
  switch: (part, path) =>
    part.cases.map((each, c): [Logic, string] => [each.when, `${path}/cases/${c}/when`]),
  decision: (part, path) =>
    Object.entries(part.inputs).map(([name, value]): [Logic, string] => [
      value,
      `${path}/inputs/${name}`,
    ]),
  output: (part, path) =>
    part.fields.map((field, f): [Logic, string] => [field.value, `${path}/fields/${f}/value`]),
}

/** All logic of a part, with its places. */
export const logicOf = (part: DecisionPart, path: string): [Logic, string][] =>
  // The kind selects the reader of that kind; the compiler cannot see that the two belong together.
  (places[part.kind] as (part: DecisionPart, path: string) => [Logic, string][])(part, path)

/** The fields that the input's schema names; null where it names none. */
function inputFields(schema: JsonSchema): { names: string[]; closed: boolean } | null {
  const { properties } = schema
  if (!isObject(properties)) return null
  return { names: Object.keys(properties), closed: schema['additionalProperties'] === false }
}
