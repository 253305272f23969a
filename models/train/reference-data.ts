import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Column } from './feature-bins.ts'

/** Public credit data beside the project, read in place and only by tests; nothing shipped is trained on it. */
const folder = join(import.meta.dirname, '../../../shared/data/credit')

export const hasReferenceData = (file: string): boolean => existsSync(join(folder, file))

/** Fields of a line; quotes keep a separator inside. */
const fieldsOf = (line: string, separator: string): string[] =>
  [...line.matchAll(new RegExp(`(?:"([^"]*)"|([^${separator}]*))(?:${separator}|$)`, 'g'))]
    .map(([, quoted, plain]) => (quoted ?? plain ?? '').trim())
    .slice(0, -1)

const numberOf = (field: string): number => (field === '' ? Number.NaN : Number(field))

interface TableOptions {
  readonly target: string | number
  readonly bad: string
  /** @default ',' */
  readonly separator?: string
  /** The first line has names. @default true */
  readonly header?: boolean
}

/** The columns but the target; a column with a field that is no number becomes categories. */
export function readReference(
  file: string,
  { target, bad, separator = ',', header = true }: TableOptions,
): { columns: Column[]; target: boolean[] } {
  const lines = readFileSync(join(folder, file), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
  const rows = lines.map((line) => fieldsOf(line, separator))
  const names = header ? (rows.shift() ?? []) : (rows[0] ?? []).map((_, at) => `column ${at}`)
  const targetAt = typeof target === 'number' ? target : names.indexOf(target)
  const columns = names.flatMap((name, at): Column[] => {
    if (at === targetAt) return []
    const fields = rows.map((row) => row[at] ?? '')
    const values = fields.map(numberOf)
    if (values.every((value, row) => !Number.isNaN(value) || fields[row] === ''))
      return [{ name, values }]
    const categories = [...new Set(fields)]
    return [{ name, categories, values: fields.map((field) => categories.indexOf(field)) }]
  })
  return { columns, target: rows.map((row) => row[targetAt] === bad) }
}
