import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import { canonicalJson, isObject, type Json } from '#core/json.ts'

/** A value that differs; undefined where it was not there. */
export interface FieldChange {
  /** The field's name; of a cell `when.` or `then.` with the column's id. */
  readonly field: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}

/** What became of a row, a rule, a column or whatever a part lists. Places count from 0. */
export interface EntryChange {
  /** Of what list of the part: `rows`, `rules`, `inputs`, … */
  readonly list: string
  readonly id: string
  readonly change: 'added' | 'removed' | 'changed' | 'moved'
  readonly before?: number
  readonly after?: number
  /** The entry changed its place among those that stayed. */
  readonly moved: boolean
  readonly fields: readonly FieldChange[]
}

export interface PartChange {
  readonly id: string
  readonly name: string
  readonly change: 'added' | 'removed' | 'changed' | 'moved'
  readonly moved: boolean
  readonly fields: readonly FieldChange[]
  readonly entries: readonly EntryChange[]
}

export interface DecisionDiff {
  /** Of the document itself: its name, its input, its tests. */
  readonly fields: readonly FieldChange[]
  readonly parts: readonly PartChange[]
}

export type Fields = Readonly<Record<string, unknown>>
export type Entry = Fields & { readonly id: string }

const isEntry = (value: unknown): value is Entry =>
  isObject(value) && typeof value['id'] === 'string'
export const isList = (value: unknown): value is readonly Entry[] =>
  Array.isArray(value) && value.every(isEntry)

const equal = (one: unknown, other: unknown): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    // Documents are JSON.
    canonicalJson(one as Json) === canonicalJson(other as Json))

function fieldChanges(before: Fields, after: Fields): FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names]
    .filter((field) => !equal(before[field], after[field]))
    .map((field) => ({
      field,
      before: before[field] as Json | undefined,
      after: after[field] as Json | undefined,
    }))
}

/** The places of a longest rising run: what need not have moved. */
function rising(numbers: readonly number[]): Set<number> {
  const ends: number[] = []
  const before: (number | undefined)[] = []
  for (const [index, number] of numbers.entries()) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1
      else high = middle
    }
    before[index] = ends[low - 1]
    ends[low] = index
  }
  const kept = new Set<number>()
  for (let at = ends.at(-1); at !== undefined; at = before[at]) kept.add(at)
  return kept
}

/** The entries of a list by their ids: what came, went, changed, and which of them must have been moved. */
export function matched(before: readonly Entry[], after: readonly Entry[]) {
  const places = new Map(before.map(({ id }, index) => [id, index]))
  const ids = new Set(after.map(({ id }) => id))
  const both = after.flatMap((entry, index) => {
    const from = places.get(entry.id)
    const old = from === undefined ? undefined : before[from]
    return from === undefined || old === undefined ? [] : [{ old, entry, from, to: index }]
  })
  const still = rising(both.map(({ from }) => from))
  return {
    added: after.flatMap((entry, index) => (places.has(entry.id) ? [] : [{ entry, index }])),
    removed: before.flatMap((entry, index) => (ids.has(entry.id) ? [] : [{ entry, index }])),
    both: both.map((pair, index) => ({ ...pair, moved: !still.has(index) })),
  }
}

function entryChanges(list: string, before: readonly Entry[], after: readonly Entry[]) {
  const { added, removed, both } = matched(before, after)
  const changes: EntryChange[] = [
    ...added.map(({ entry, index }) => ({
      list,
      id: entry.id,
      change: 'added' as const,
      after: index,
      moved: false,
      fields: [],
    })),
    ...both.flatMap(({ old, entry, from, to, moved }): EntryChange[] => {
      const fields = old === entry ? [] : fieldChanges(old, entry)
      if (fields.length === 0 && !moved) return []
      const change = fields.length > 0 ? 'changed' : 'moved'
      return [{ list, id: entry.id, change, before: from, after: to, moved, fields }]
    }),
  ].toSorted((one, other) => (one.after ?? 0) - (other.after ?? 0))
  return [
    ...changes,
    ...removed.map(({ entry, index }): EntryChange => ({
      list,
      id: entry.id,
      change: 'removed',
      before: index,
      moved: false,
      fields: [],
    })),
  ]
}

/** A table's cells by their columns' ids, so that a column that comes or goes changes no other cell. */
export function byColumn(part: DecisionPart): Fields {
  if (part.kind !== 'table') return part
  const cells = (key: 'when' | 'then', row: (typeof part.rows)[number]) =>
    part[key === 'when' ? 'inputs' : 'outputs'].map(
      ({ id }, index) => [`${key}.${id}`, row[key][index] ?? null] as const,
    )
  return {
    ...part,
    rows: part.rows.map((row) => ({
      id: row.id,
      ...(row.note !== undefined && { note: row.note }),
      ...Object.fromEntries([...cells('when', row), ...cells('then', row)]),
    })),
  }
}

function partFields(before: Fields, after: Fields): Pick<PartChange, 'fields' | 'entries'> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const lists = names.filter(
    (name) => name !== 'values' && isList(before[name] ?? []) && isList(after[name] ?? []),
  )
  const plain = (fields: Fields): Fields =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !lists.includes(name)))
  return {
    fields: fieldChanges(plain(before), plain(after)),
    entries: lists.flatMap((name) =>
      entryChanges(
        name,
        (before[name] ?? []) as readonly Entry[],
        (after[name] ?? []) as readonly Entry[],
      ),
    ),
  }
}

const documentFields = ['name', 'description', 'input', 'tests'] as const

const own = (decision: Decision): Fields =>
  Object.fromEntries(documentFields.map((field) => [field, decision[field]]))

/** What changed between two versions of a decision: part by part, row by row, cell by cell. */
export function diffDecisions(before: Decision, after: Decision): DecisionDiff {
  const { added, removed, both } = matched(before.parts, after.parts)
  const whole = (part: Entry, change: 'added' | 'removed'): PartChange => ({
    id: part.id,
    name: String(part['name']),
    change,
    moved: false,
    fields: [],
    entries: [],
  })
  return {
    fields: fieldChanges(own(before), own(after)),
    parts: [
      ...both.flatMap(({ old, entry, moved }): PartChange[] => {
        const found =
          old === entry
            ? { fields: [], entries: [] }
            : // `matched` gives back the parts that it was given.
              partFields(byColumn(old as DecisionPart), byColumn(entry as DecisionPart))
        const changed = found.fields.length + found.entries.length > 0
        if (!changed && !moved) return []
        const { id, name } = entry as DecisionPart
        return [{ id, name, change: changed ? 'changed' : 'moved', moved, ...found }]
      }),
      ...added.map(({ entry }) => whole(entry, 'added')),
      ...removed.map(({ entry }) => whole(entry, 'removed')),
    ],
  }
}
