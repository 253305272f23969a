import { byColumn, isList, matched, type Entry, type Fields } from '#core/decision/diff.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'

/** One change since an older version: of a field of the document, a part, one of its fields, an entry, one of its fields. */
export type RestoredPlace =
  | { readonly of: 'document'; readonly field: string }
  | { readonly of: 'part'; readonly part: string }
  | { readonly of: 'part-field'; readonly part: string; readonly field: string }
  | { readonly of: 'entry'; readonly part: string; readonly list: string; readonly id: string }
  | {
      readonly of: 'entry-field'
      readonly part: string
      readonly list: string
      readonly id: string
      readonly field: string
    }

const withField = <T extends Fields>(now: T, older: Fields, field: string): T => {
  const { [field]: _now, ...rest } = now
  // The field is of the same kind of thing in both versions.
  return (field in older ? { ...rest, [field]: older[field] } : rest) as T
}

/**
 * The list with one entry as it was: taken out where it was not there, put back where it was. Its place is behind the
 * nearest entry before it that was not moved, so that putting back one after another gives the older order.
 */
function putBack(now: readonly Entry[], older: readonly Entry[], id: string): readonly Entry[] {
  const old = older.find((entry) => entry.id === id)
  const rest = now.filter((entry) => entry.id !== id)
  if (old === undefined) return rest
  const still = new Set(
    matched(older, now).both.flatMap(({ entry, moved }) => (moved ? [] : [entry.id])),
  )
  if (still.has(id)) return now.map((entry) => (entry.id === id ? old : entry))
  const before = older.slice(0, older.indexOf(old)).findLast((entry) => still.has(entry.id))
  const at = before === undefined ? 0 : rest.findIndex((entry) => entry.id === before.id) + 1
  return rest.toSpliced(at, 0, old)
}

const listOf = (part: Fields, name: string): readonly Entry[] => {
  const list = part[name] ?? []
  return isList(list) ? list : []
}

/** A table's rows with their cells in the order of its columns again. */
function inColumns(part: Fields): DecisionPart {
  // Only `byColumn` of a part comes here.
  if (part['kind'] !== 'table') return part as unknown as DecisionPart
  const cells = (row: Fields, key: string, side: string) =>
    listOf(part, side).map(({ id }) => row[`${key}.${id}`] ?? null)
  return {
    ...part,
    rows: listOf(part, 'rows').map((row) => ({
      id: row.id,
      ...(row['note'] === undefined ? {} : { note: row['note'] }),
      when: cells(row, 'when', 'inputs'),
      then: cells(row, 'then', 'outputs'),
    })),
  } as unknown as DecisionPart
}

const cellsOf: Readonly<Record<string, string>> = { inputs: 'when', outputs: 'then' }

/** A column that comes back brings its cells. */
function withCells(part: Fields, older: Fields, key: string): Fields {
  const was = new Map(listOf(older, 'rows').map((row) => [row.id, row]))
  const rows = listOf(part, 'rows').map((row) => ({
    ...row,
    [key]: was.get(row.id)?.[key] ?? null,
  }))
  return { ...part, rows }
}

function restoredPart(
  now: Fields,
  older: Fields,
  place: Exclude<RestoredPlace, { of: 'document' | 'part' }>,
): Fields {
  if (place.of === 'part-field') return withField(now, older, place.field)
  const { list, id } = place
  const [entries, before] = [listOf(now, list), listOf(older, list)]
  if (place.of === 'entry-field') {
    const old = before.find((entry) => entry.id === id)
    if (old === undefined) return now
    const next = entries.map((entry) =>
      entry.id === id ? withField(entry, old, place.field) : entry,
    )
    return { ...now, [list]: next }
  }
  const next = { ...now, [list]: putBack(entries, before, id) }
  const key = now['kind'] === 'table' ? cellsOf[list] : undefined
  const isBack = !entries.some((entry) => entry.id === id)
  return key !== undefined && isBack ? withCells(next, older, `${key}.${id}`) : next
}

/** The draft with one change taken back; the same draft where the place is in neither version. */
export function restored(draft: Decision, older: Decision, place: RestoredPlace): Decision {
  if (place.of === 'document') return withField(draft, older, place.field)
  if (place.of === 'part') {
    const parts = putBack(draft.parts, older.parts, place.part)
    // What was put back is a part of the older version.
    return { ...draft, parts: parts as unknown as DecisionPart[] }
  }
  const now = draft.parts.find(({ id }) => id === place.part)
  const was = older.parts.find(({ id }) => id === place.part)
  if (now === undefined || was === undefined) return draft
  const next = inColumns(restoredPart(byColumn(now), byColumn(was), place))
  return { ...draft, parts: draft.parts.map((part) => (part === now ? next : part)) }
}
