import { freshId } from '#core/decision/fresh-id.ts'
import { namesRead } from '#core/decision/validate-references.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import { fieldsOfSchema, type ScopeField } from '../../inspector/condition-builder/scope-field.ts'
import { blankAction } from '../edit-rules.ts'
import type { Part, PartKind } from '../edit.ts'
import { partFields } from '../part-fields.ts'
import { addColumn, changeColumn } from '../table/edit-table.ts'
import { inputNode, resultNode, type GraphEdge } from './decision-graph.ts'

/** A line that one draws: from the input, a part, or a case of a switch, to a part. */
export interface PartWire {
  readonly source: string
  /** The case, where it leaves a switch by one. */
  readonly port: string | null
  readonly target: string
}

const partOf = ({ parts }: Decision, id: string): DecisionPart | undefined =>
  parts.find((part) => part.id === id)

/** Whether a part reads another one, in however many steps. */
function reads(decision: Decision, from: string, wanted: string): boolean {
  const seen = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === wanted) return true
    const part = partOf(decision, id)
    if (part === undefined || seen.has(id)) continue
    seen.add(id)
    open.push(...namesRead(part))
  }
  return false
}

/** Whether the line can be drawn: to a part that is not read by its source, and only from a switch for its cases. */
export function canWire(decision: Decision, { source, port, target }: PartWire): boolean {
  const to = partOf(decision, target)
  if (to === undefined || source === target || source === resultNode) return false
  if (port !== null && to.only?.switch === source && to.only.cases.includes(port)) return false
  return source === inputNode || !reads(decision, source, target)
}

/** What a target can take from a source. */
export const wireFields = (decision: Decision, source: string): readonly ScopeField[] =>
  source === inputNode
    ? fieldsOfSchema(decision.input, '').filter(
        ({ schema }) => schema === undefined || schema['properties'] === undefined,
      )
    : // No part has this id: what every part gives.
      partFields(decision, '').filter(
        ({ path }) => path === source || path.startsWith(`${source}.`),
      )

type Take = {
  readonly [K in PartKind]: (part: Part<K>, field: ScopeField) => Part<K> | null
}

const columnTypes: Readonly<Record<string, 'number' | 'string' | 'boolean' | 'date'>> = {
  number: 'number',
  text: 'string',
  boolean: 'boolean',
  date: 'date',
}

const variable = ({ path }: ScopeField): Logic => ({ var: path })

/** A condition on the field that one goes on writing. */
const begun = (field: ScopeField): Logic => ({ eq: [variable(field), field.options?.[0] ?? null] })

const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id)

/** How a part of each kind reads one more value; null where it has no place for it. */
const takes: Take = {
  table: (part, field) => {
    const next = addColumn(part, 'inputs')
    return changeColumn(next, 'inputs', next.inputs.length - 1, {
      name: field.title,
      expression: variable(field),
      type: columnTypes[field.type] ?? 'any',
    })
  },
  scorecard: (part, field) => ({
    ...part,
    characteristics: [
      ...part.characteristics,
      {
        id: freshId('fact', ids(part.characteristics)),
        name: field.title,
        expression: variable(field),
        bins: [{ id: 'bin_1', when: null, points: 0 }],
      },
    ],
  }),
  rules: (part, field) => ({
    ...part,
    rules: [
      ...part.rules,
      {
        id: freshId('rule', ids(part.rules)),
        name: field.title,
        when: begun(field),
        then: [blankAction.outcome(), blankAction.reason()],
        priority: Math.min(0, ...part.rules.map(({ priority }) => priority)),
        // What it says is still to be written.
        enabled: false,
      },
    ],
  }),
  switch: (part, field) => ({
    ...part,
    cases: [
      ...part.cases,
      { id: freshId('case', ids(part.cases)), name: field.title, when: begun(field) },
    ],
  }),
  decision: (part, field) => {
    const name = freeName(field, Object.keys(part.inputs))
    return { ...part, inputs: { ...part.inputs, [name]: variable(field) } }
  },
  output: (part, field) => ({
    ...part,
    fields: [
      ...part.fields,
      {
        name: freeName(
          field,
          part.fields.map(({ name }) => name),
        ),
        value: variable(field),
      },
    ],
  }),
  expression: (part, field) => (part.value === null ? { ...part, value: variable(field) } : null),
}

/** The last name of the field's path, with a number where it is taken. */
function freeName({ path }: ScopeField, taken: readonly string[]): string {
  const name = path.split('.').at(-1) ?? path
  return taken.includes(name) ? freshId(name, taken) : name
}

/** The decision with the line drawn; null where the target has no place for the value. */
export function wired(
  decision: Decision,
  { source, port, target }: PartWire,
  field: ScopeField | null,
): Decision | null {
  const part = partOf(decision, target)
  if (part === undefined) return null
  if (port !== null) {
    const cases = part.only?.switch === source ? part.only.cases : []
    return withPart(
      decision,
      { ...part, only: { switch: source, cases: [...cases, port] } },
      source,
    )
  }
  if (field === null) return null
  // The kind selects the way of that kind; the compiler cannot see that the two belong together.
  const take = takes[part.kind] as (part: DecisionPart, field: ScopeField) => DecisionPart | null
  const next = take(part, field)
  return next === null ? null : withPart(decision, next, source)
}

/** The changed part in its place, with what it reads standing before it. */
function withPart(decision: Decision, part: DecisionPart, source: string): Decision {
  const parts = decision.parts.map((each) => (each.id === part.id ? part : each))
  const at = parts.indexOf(part)
  const before = parts.slice(at + 1).filter((each) => reads(decision, source, each.id))
  const after = parts.slice(at + 1).filter((each) => !before.includes(each))
  return { ...decision, parts: [...parts.slice(0, at), ...before, part, ...after] }
}

/** The decision without the line; null where what the target reads is written in it, and must be changed there. */
export function unwired(decision: Decision, { source, port, target }: GraphEdge): Decision | null {
  const part = partOf(decision, target)
  if (part?.only === undefined || port === null || part.only.switch !== source) return null
  const cases = part.only.cases.filter((each) => each !== port)
  const { only: _only, ...free } = part
  const next = cases.length === 0 ? free : { ...part, only: { switch: source, cases } }
  return {
    ...decision,
    parts: decision.parts.map((each) => (each.id === target ? (next as DecisionPart) : each)),
  }
}
