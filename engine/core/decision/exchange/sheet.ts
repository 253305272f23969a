import type { UnreadCells } from '#core/decision/exchange/unread-cells.ts'

/** A sheet as plain values. A date is FEEL text: `date("2026-04-01")`. */
export type SheetCell = string | number | boolean | null
export interface Sheet {
  readonly name: string
  /** Of an Excel file: where values are missing that one sees in it. */
  readonly unread?: UnreadCells
  readonly rows: readonly (readonly SheetCell[])[]
}

/** More rows or cells in one file are refused. */
export const maxRows = 20_000
export const maxCells = 1_000_000

/** Marks a heading as an output's: `→ rate`. `=>` and `->` are read too. */
export const outputMark = '→ '
const marks = /^\s*(→|=>|->)\s*/u

/** The heading of a row's note. */
export const noteHeading = 'Note'

/** What the first cell of a sheet may say: `Hit policy: collect sum`. */
export const policyPrefix = 'Hit policy: '

export interface Heading {
  readonly side: 'input' | 'output' | 'note'
  readonly name: string
  /** The text of what an input tests, or the field of an output. */
  readonly expression: string
}

/** `Age`, `Age: applicant.age`, `→ rate`, `→ Rate: rate`, `Note`. */
export function readHeading(text: string): Heading {
  const marked = marks.exec(text)
  const written = (marked === null ? text : text.slice(marked[0].length)).trim()
  if (marked === null && written.toLowerCase() === noteHeading.toLowerCase())
    return { side: 'note', name: written, expression: '' }
  const at = written.indexOf(': ')
  const [name, expression] =
    at < 0 ? [written, written] : [written.slice(0, at).trim(), written.slice(at + 2).trim()]
  return { side: marked === null ? 'input' : 'output', name, expression }
}

export const writeHeading = (mark: string, name: string, expression: string): string =>
  name === expression || name.includes(': ') ? mark + expression : `${mark}${name}: ${expression}`
