import { z } from 'zod'
import { freshId } from '#core/decision/fresh-id.ts'
import { logicOf } from '#core/decision/validate-references.ts'
import { decisionPart, type Decision, type DecisionPart } from '#core/graph/decision.ts'
import { checkLogic } from '#core/logic/parse.ts'
import { renameRoot } from '#core/logic/references.ts'
import type { Position } from '../../document/command.ts'

const clipping = z.object({
  kind: z.literal('decision-fragment'),
  parts: z.array(decisionPart).min(1),
  layout: z.record(z.string(), z.object({ x: z.number(), y: z.number() })),
})
type PartFragment = Pick<z.output<typeof clipping>, 'parts' | 'layout'>
type Places = Readonly<Record<string, Position>>

/** The chosen parts with their places; null where none is. */
export function partFragment(
  { parts }: Decision,
  ids: ReadonlySet<string>,
  places: Places,
): PartFragment | null {
  const chosen = parts.filter(({ id }) => ids.has(id))
  if (chosen.length === 0) return null
  const layout = Object.fromEntries(chosen.map(({ id }) => [id, places[id] ?? { x: 0, y: 0 }]))
  return { parts: chosen, layout }
}

/** Plain JSON text, so that parts travel between decisions, windows and files. */
export const partFragmentText = (fragment: PartFragment): string =>
  JSON.stringify({ kind: 'decision-fragment', ...fragment }, null, 2)

/** What the text holds, or null where it is no fragment. Nothing in it is executed. */
export function parsePartFragment(text: string): PartFragment | null {
  try {
    const parsed = clipping.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** The decision with the fragment's parts under free ids; what they read of one another follows the new ids. */
export function pastedParts(
  decision: Decision,
  { parts, layout }: PartFragment,
  offset: Position,
): { readonly decision: Decision; readonly ids: readonly string[] } {
  const taken = decision.parts.map(({ id }) => id)
  const names = new Map<string, string>()
  for (const { id } of parts) {
    const used = [...taken, ...names.values()]
    names.set(id, used.includes(id) ? freshId(id.replace(/_\d+$/, ''), used) : id)
  }
  const copies = parts.map((part) => withNames(part, names))
  const moved = Object.entries(layout).map(([id, at]): [string, Position] => [
    names.get(id) ?? id,
    { x: at.x + offset.x, y: at.y + offset.y },
  ])
  return {
    decision: {
      ...decision,
      parts: [...decision.parts, ...copies],
      layout: { ...decision.layout, ...Object.fromEntries(moved) },
    },
    ids: [...names.values()],
  }
}

/** A copy of the part under its new id, reading others under theirs. */
function withNames(part: DecisionPart, names: ReadonlyMap<string, string>): DecisionPart {
  const changed = [...names].filter(([from, to]) => from !== to)
  const copy = structuredClone(part)
  for (const [logic, place] of changed.length === 0 ? [] : logicOf(copy, '')) {
    if (checkLogic(logic).length > 0) continue
    // By way of names that no document can hold: a new id may equal another's old one.
    const apart = changed.reduce((all, [from]) => renameRoot(all, from, `\u0000${from}`), logic)
    const renamed = changed.reduce((all, [from, to]) => renameRoot(all, `\u0000${from}`, to), apart)
    put(copy, place.split('/').slice(1), renamed)
  }
  const { only } = copy
  return {
    ...copy,
    id: names.get(part.id) ?? part.id,
    ...(only === undefined
      ? {}
      : { only: { ...only, switch: names.get(only.switch) ?? only.switch } }),
  }
}

/** A key may itself hold the sign between keys. */
function put(target: unknown, keys: readonly string[], value: unknown): void {
  const place = target as Record<string, unknown>
  const [key = '', ...rest] = keys
  if (rest.length > 0 && Object.hasOwn(place, key)) put(place[key], rest, value)
  else place[keys.join('/')] = value
}
