import { isMoney, paise, parseAmount } from './amount.ts'
import { findDates } from './date.ts'
import type { StatementRow } from './field.ts'
import type { Line, PlacedWord } from './page-lines.ts'

/** A transaction as printed, before it is known which way the money went. */
interface Draft {
  date: string
  lines: Line[]
  amounts: PlacedWord[]
}

export interface StatementRows {
  readonly rows: readonly StatementRow[]
  /** Before the first row, where the first row or a summary tells it. */
  readonly opening: number | null
  /** Words of the amounts, for how well they were read. */
  readonly words: readonly PlacedWord[]
}

const footer =
  /^(?:page\s*(?:no)?\b|\*|statement\s+summary|generated\s+on|opening\s+bal|closing\s+bal|this is a|computer generated|please do not|brought forward|carried forward|grand total|total\b)/i
const outflow = /withdraw|debit|\bdr\b/i
const inflow = /deposit|credit|\bcr\b/i

/**
 * Transactions of any layout that prints a date in front of a row and the balance as its last amount.
 * A row goes on until the next row's date, so narrations and dates may wrap. Which way an amount went
 * follows from the balances; for the first row from its column, a Dr or Cr mark, the opening balance or
 * the narration.
 */
export function statementRows(
  lines: readonly Line[],
  printedOpening: number | null,
): StatementRows {
  const drafts = transactions(lines)
  const columns = columnEdges(lines)
  const oldestFirst = isOldestFirst(drafts) ? drafts : drafts.toReversed()
  let balance = printedOpening
  let opening = printedOpening
  const rows = oldestFirst.map((draft): StatementRow => {
    const figures = draft.amounts.map((word) => parseAmount(word.text) ?? 0)
    const after = figures.at(-1) ?? 0
    const moved = figures.slice(0, -1).find((figure) => figure !== 0) ?? 0
    const way =
      (balance === null ? 0 : wayByBalance(balance, moved, after)) ||
      wayByColumn(draft.amounts, columns) ||
      wayByWords(draft)
    const before = balance ?? paise(after - way * moved)
    opening ??= before
    balance = after
    return {
      date: draft.date,
      narration: narrationOf(draft),
      debit: way < 0 ? moved : 0,
      credit: way > 0 ? moved : 0,
      balance: after,
      consistent: Math.abs(paise(before + way * moved) - after) < 0.01,
    }
  })
  return { rows, opening, words: drafts.flatMap((draft) => draft.amounts) }
}

function transactions(lines: readonly Line[]): Draft[] {
  const drafts: Draft[] = []
  let open: Draft | null = null
  for (const [at, line] of lines.entries()) {
    const date = leadingDate(line, lines[at + 1])
    if (date) {
      open = { date, lines: [], amounts: [] }
      drafts.push(open)
    } else if (footer.test(line.text)) open = null
    if (!open) continue
    open.lines.push(line)
    if (open.amounts.length === 0)
      open.amounts = line.words.filter((word) => isMoney(bare(word.text)))
  }
  // A balance alone is a line such as "01/04/26 Opening balance 1,25,430.55", not a transaction.
  return drafts
    .filter((draft) => draft.amounts.length >= 2)
    .map((draft) => ({
      ...draft,
      amounts: draft.amounts.map((word) => ({ ...word, text: bare(word.text) })),
    }))
}

const bare = (text: string): string => text.replaceAll(/^[|[(]+|[|\])]+$|\(?(?:cr|dr)\.?\)?$/gi, '')

/** A date at the start of a line; its year may stand on the next line, where narrow columns wrap. */
function leadingDate(line: Line, next: Line | undefined): string | null {
  const [first] = findDates(line.text)
  if (!first || first.index > 4) return null
  if (first.date.length === 10) return first.date
  const year = /^\D{0,3}((?:19|20)\d{2})\b/.exec(next?.text ?? '')?.[1]
  return year === undefined ? null : `${year}-${first.date}`
}

/** Right edges of the amount columns, from the heading over the table; amounts are aligned to them. */
function columnEdges(lines: readonly Line[]): { out: number; in: number } | null {
  const heading = lines.find(
    (line) => outflow.test(line.text) && inflow.test(line.text) && /balance/i.test(line.text),
  )
  const edge = (label: RegExp): number | undefined => {
    const at = heading?.words.findIndex((word) => label.test(word.text)) ?? -1
    const word = heading?.words[at]
    const next = heading?.words[at + 1]
    // "Withdrawal Amt." is one heading of two words.
    return next && /^am/i.test(next.text) ? next.box[2] : word?.box[2]
  }
  const out = edge(outflow)
  const into = edge(inflow)
  return out !== undefined && into !== undefined && out !== into ? { out, in: into } : null
}

type Way = -1 | 0 | 1

function wayByBalance(before: number, moved: number, after: number): Way {
  if (Math.abs(paise(before + moved) - after) < 0.01) return 1
  if (Math.abs(paise(before - moved) - after) < 0.01) return -1
  return 0
}

function wayByColumn(
  amounts: readonly PlacedWord[],
  columns: { out: number; in: number } | null,
): Way {
  const moved = amounts.slice(0, -1).find((word) => parseAmount(word.text) !== 0)
  if (!moved || !columns) return 0
  const [out, into] = [columns.out, columns.in].map((edge) => Math.abs(moved.box[2] - edge))
  if (out === undefined || into === undefined) return 0
  // Amounts that are not aligned to the headings tell nothing by their place.
  if (Math.min(out, into) > moved.box[3] - moved.box[1]) return 0
  return out < into ? -1 : 1
}

function wayByWords(draft: Draft): Way {
  const text = draft.lines.map((line) => line.text).join(' ')
  if (/\bdr\b|\bto\b|\bwdl\b|withdraw|\bemi\b/i.test(text)) return -1
  return /\bcr\b|\bby\b|deposit|salary|\bint\.? ?pd\b|refund/i.test(text) ? 1 : -1
}

function isOldestFirst(drafts: readonly Draft[]): boolean {
  const first = drafts[0]?.date ?? ''
  const last = drafts.at(-1)?.date ?? ''
  return first <= last
}

function narrationOf(draft: Draft): string {
  const [first, ...rest] = draft.lines.map((line) => line.text)
  const head = (first ?? '').replace(findDates(first ?? '')[0]?.text ?? '', '')
  return [head, ...rest]
    .join(' ')
    .split(' ')
    .filter((word) => word !== '' && !isMoney(bare(word)))
    .join(' ')
    .slice(0, 200)
}
