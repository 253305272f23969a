import { paise } from './amount.ts'
import { daysBetween } from './date.ts'
import type { StatementRow } from './field.ts'

/** What a lender reads from a statement; amounts in rupees. */
export interface StatementFigures {
  /** Calendar months with a row. */
  readonly months: number
  readonly totalDebits: number
  readonly totalCredits: number
  /** Months with a salary. */
  readonly salaryMonths: number
  /** Mean over these months of each one's largest salary credit. */
  readonly averageSalary: number
  /** Instalments and mandates debited, a month. */
  readonly emiMonthly: number
  /** Returned payments in the last three months. */
  readonly bounces3m: number
  /** Mean of the balance at the end of each day. */
  readonly averageBalance: number
  /** Cash withdrawals and deposits of all that moved, 0…1. */
  readonly cashShare: number
}

const salary = /\bsal(?:ary)?\b|salary|payroll|\bsaly\b/i
const emi =
  /\bemi\b|\bnach\b|\bach[ -]*d|\becs\b|\bloan\b|\bsi[ -]loan|instal?ment|\bbajaj fin|\bhome credit/i
const bounce = /\b(?:return|rtn|ret|returned|bounce[d]?|dishonou?r(?:ed)?|insufficient)\b/i
const cash = /\batm\b|\bcash\b|\bcwdr\b|\bcdm\b|\bnwd\b|\batw\b/i

export function statementFigures(rows: readonly StatementRow[]): StatementFigures {
  const months = [...new Set(rows.map((row) => row.date.slice(0, 7)))].toSorted()
  const sum = (of: readonly StatementRow[], side: 'debit' | 'credit'): number =>
    paise(of.reduce((total, row) => total + row[side], 0))
  const salaries = months
    .map((month) =>
      Math.max(
        0,
        ...rows
          .filter((row) => row.date.startsWith(month) && salary.test(row.narration))
          .map((row) => row.credit),
      ),
    )
    .filter((amount) => amount > 0)
  const instalments = rows.filter(
    (row) => row.debit > 0 && emi.test(row.narration) && !bounce.test(row.narration),
  )
  const totalDebits = sum(rows, 'debit')
  const totalCredits = sum(rows, 'credit')
  const inCash = rows.filter((row) => cash.test(row.narration))
  const moved = totalDebits + totalCredits
  return {
    months: months.length,
    totalDebits,
    totalCredits,
    salaryMonths: salaries.length,
    averageSalary:
      salaries.length === 0 ? 0 : paise(salaries.reduce((a, b) => a + b, 0) / salaries.length),
    emiMonthly: months.length === 0 ? 0 : paise(sum(instalments, 'debit') / months.length),
    bounces3m: bounces(rows, months.slice(-3)),
    averageBalance: averageBalance(rows),
    cashShare:
      moved === 0
        ? 0
        : Math.round(((sum(inCash, 'debit') + sum(inCash, 'credit')) / moved) * 1000) / 1000,
  }
}

/** A bank writes a returned payment and its charge on two rows: the more frequent of both counts. */
function bounces(rows: readonly StatementRow[], months: readonly string[]): number {
  const found = rows.filter(
    (row) => months.includes(row.date.slice(0, 7)) && bounce.test(row.narration),
  )
  const charges = found.filter((row) => /charge|chrg|chg|fee/i.test(row.narration)).length
  return Math.max(charges, found.length - charges)
}

function averageBalance(rows: readonly StatementRow[]): number {
  const byDay = new Map(rows.map((row) => [row.date, row.balance]))
  const days = [...byDay].toSorted(([a], [b]) => a.localeCompare(b))
  const last = days.at(-1)
  if (!last) return 0
  let sum = last[1]
  let count = 1
  for (const [at, [day, balance]] of days.slice(0, -1).entries()) {
    const held = daysBetween(day, days[at + 1]?.[0] ?? day)
    sum += balance * held
    count += held
  }
  return paise(sum / count)
}
