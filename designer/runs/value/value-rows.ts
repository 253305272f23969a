import { isObject, type Json } from '#core/json.ts'
import { fileRefOf, type FileRef } from './file-ref.ts'

type ValueKind = 'object' | 'list' | 'range' | 'text' | 'number' | 'boolean' | 'null' | 'file'

/** One line of the tree. `path` is a JSON pointer; a range of a long list has `#from-to` behind it. */
export interface ValueRow {
  readonly path: string
  readonly depth: number
  readonly label: string
  readonly kind: ValueKind
  /** Members, elements or characters. */
  readonly size: number
  readonly preview: string
  readonly open: boolean
  readonly value: Json
  readonly file: FileRef | null
}

/** Lists longer than this show as ranges, so that opening one never makes 100,000 lines. */
const rangeSize = 500
const previewLength = 160

const pointer = (parent: string, key: string | number): string =>
  `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

const kindOf = (value: Json): ValueKind => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'object') return fileRefOf(value) === null ? 'object' : 'file'
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean'
}

function short(value: Json): string {
  if (typeof value === 'string') return value.slice(0, 24)
  if (value === null || typeof value !== 'object') return String(value)
  return Array.isArray(value) ? `[${value.length}]` : '{…}'
}

/** What a closed line says of its content, without walking all of it. */
function previewOf(value: Json): string {
  if (typeof value === 'string')
    return value.length > previewLength ? `${value.slice(0, previewLength)}…` : value
  if (value === null || typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.slice(0, 4).map(short).join(', ')
  return Object.entries(value)
    .slice(0, 4)
    .map(([key, member]) => `${key}: ${short(member)}`)
    .join(', ')
}

const sizeOf = (value: Json): number =>
  typeof value === 'string'
    ? value.length
    : Array.isArray(value)
      ? value.length
      : isObject(value)
        ? Object.keys(value).length
        : 1

/** The visible lines of a value, given which paths are open: the cost is that of what shows, not of the whole. */
export function valueRows(value: Json, open: ReadonlySet<string>): ValueRow[] {
  const rows: ValueRow[] = []
  const add = (path: string, depth: number, label: string, item: Json): void => {
    const kind = kindOf(item)
    const isOpen = open.has(path) && (kind === 'object' || kind === 'list')
    const file = kind === 'file' ? fileRefOf(item) : null
    rows.push({
      path,
      depth,
      label,
      kind,
      size: sizeOf(item),
      preview: previewOf(item),
      open: isOpen,
      value: item,
      file,
    })
    if (isOpen) children(path, depth + 1, item)
  }
  const children = (path: string, depth: number, item: Json): void => {
    if (Array.isArray(item)) {
      if (item.length > rangeSize) ranges(path, depth, item)
      else
        item.forEach((element: Json, index) =>
          add(pointer(path, index), depth, String(index), element),
        )
    } else if (isObject(item))
      for (const [key, member] of Object.entries(item))
        add(pointer(path, key), depth, key, member as Json)
  }
  const ranges = (path: string, depth: number, items: readonly Json[]): void => {
    for (let from = 0; from < items.length; from += rangeSize) {
      const part = items.slice(from, from + rangeSize)
      const to = from + part.length - 1
      const rangePath = `${path}#${from}-${to}`
      const isOpen = open.has(rangePath)
      rows.push({
        path: rangePath,
        depth,
        label: `${from} … ${to}`,
        kind: 'range',
        size: part.length,
        preview: '',
        open: isOpen,
        value: part,
        file: null,
      })
      if (isOpen)
        part.forEach((element, index) =>
          add(pointer(path, from + index), depth + 1, String(from + index), element),
        )
    }
  }
  const rootKind = kindOf(value)
  if (rootKind === 'object' || rootKind === 'list') children('', 0, value)
  else add('', 0, '', value)
  return rows
}

export const canOpen = (row: ValueRow): boolean =>
  row.size > 0 && (row.kind === 'object' || row.kind === 'list' || row.kind === 'range')
