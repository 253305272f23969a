import { freshId } from '#core/decision/fresh-id.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'

export type PartKind = DecisionPart['kind']
export type Part<K extends PartKind> = Extract<DecisionPart, { kind: K }>

/** The list with the item at `from` standing at `to`; the same list where nothing moves. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const target = Math.max(0, Math.min(list.length - 1, to))
  const item = list[from]
  if (item === undefined || from === target) return list as T[]
  return list.toSpliced(from, 1).toSpliced(target, 0, item)
}

const empty: { readonly [K in PartKind]: (id: string, name: string) => Part<K> } = {
  rules: (id, name) => ({ kind: 'rules', id, name, rules: [] }),
  table: (id, name) => ({
    kind: 'table',
    id,
    name,
    hitPolicy: 'first',
    inputs: [{ id: 'input_1', name: '', expression: null, type: 'any' }],
    outputs: [{ id: 'output_1', name: 'Outcome', expression: 'outcome', type: 'string' }],
    rows: [{ id: 'row_1', when: [null], then: [null] }],
  }),
  expression: (id, name) => ({ kind: 'expression', id, name, value: null }),
  scorecard: (id, name) => ({ kind: 'scorecard', id, name, base: 0, characteristics: [] }),
  switch: (id, name) => ({ kind: 'switch', id, name, cases: [] }),
  decision: (id, name) => ({ kind: 'decision', id, name, decision: '', inputs: {} }),
  output: (id, name) => ({ kind: 'output', id, name, fields: [] }),
}

const withParts = (decision: Decision, parts: DecisionPart[]): Decision =>
  parts === decision.parts ? decision : { ...decision, parts }

export function addPart(decision: Decision, kind: PartKind, name: string): Decision {
  const id = freshId(
    kind,
    decision.parts.map((part) => part.id),
  )
  return withParts(decision, [...decision.parts, empty[kind](id, name)])
}

/** Without the parts, and without their places. */
export function removeParts(decision: Decision, ids: ReadonlySet<string>): Decision {
  const parts = decision.parts.filter(({ id }) => !ids.has(id))
  const { layout, ...rest } = decision
  const kept = Object.entries(layout ?? {}).filter(([id]) => !ids.has(id))
  return { ...rest, parts, ...(layout === undefined ? {} : { layout: Object.fromEntries(kept) }) }
}

export const movePart = (decision: Decision, from: number, to: number): Decision =>
  withParts(decision, moved(decision.parts, from, to))

/** Changes one part; the decision stays the same object where the part does. */
export function changePart<K extends PartKind>(
  decision: Decision,
  part: Part<K>,
  change: (part: Part<K>) => Part<K>,
): Decision {
  const index = decision.parts.findIndex((each) => each.id === part.id)
  const now = decision.parts[index]
  if (now === undefined || now.kind !== part.kind) return decision
  const next = change(now as Part<K>)
  return next === now ? decision : withParts(decision, decision.parts.with(index, next))
}
