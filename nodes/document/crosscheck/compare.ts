import type { ComparedApplicant, CrossCheck, ExtractedDocument } from './compared.ts'
import { samePerson } from './same-person.ts'

export interface ComparedDocuments {
  readonly applicant: ComparedApplicant
  readonly pan?: ExtractedDocument | null | undefined
  readonly salarySlip?: ExtractedDocument | null | undefined
  readonly statement?: ExtractedDocument | null | undefined
}

/** Null where a side is unknown: unknown is neither agreement nor contradiction. */
const both = <A, B>(
  one: A | null | undefined,
  other: B | null | undefined,
  agree: (one: A, other: B) => boolean,
): boolean | null =>
  one === null || one === undefined || other === null || other === undefined
    ? null
    : agree(one, other)

const equal = (one: string, other: string): boolean => one.toUpperCase() === other.toUpperCase()

export function compare(documents: ComparedDocuments, tolerance: number) {
  const { applicant, pan, salarySlip, statement } = documents
  const card = pan?.values
  const slip = salarySlip?.values
  const account = statement?.values
  // A statement without any salary credit says nothing of the salary's amount.
  const averageSalary = (account?.salaryMonths ?? 0) > 0 ? account?.averageSalary : undefined
  const checks: CrossCheck[] = [
    {
      code: 'PAN_APPLICANT',
      ok: both(card?.pan, applicant.pan, equal),
      text: 'The PAN card bears the PAN of the application.',
    },
    {
      code: 'PAN_NAME',
      ok: both(card?.name, applicant.name, samePerson),
      text: 'The PAN card is of the applicant.',
    },
    {
      code: 'PAN_BIRTH',
      ok: both(card?.dateOfBirth, applicant.dateOfBirth, equal),
      text: 'The PAN card has the date of birth of the application.',
    },
    {
      code: 'SLIP_NAME',
      ok: both(slip?.employeeName, applicant.name, samePerson),
      text: 'The salary slip is of the applicant.',
    },
    {
      code: 'SLIP_PAN',
      ok: both(slip?.pan, applicant.pan, equal),
      text: 'The salary slip bears the PAN of the application.',
    },
    {
      code: 'STATEMENT_NAME',
      ok: both(account?.holder, applicant.name, samePerson),
      text: 'The bank statement is of the applicant.',
    },
    {
      code: 'SALARY_CREDITED',
      ok: both(slip?.netPay, averageSalary, (net, paid) => Math.abs(net - paid) <= net * tolerance),
      text: 'The salary of the slip is credited to the account.',
    },
    ...own('SLIP_TOTALS', salarySlip, 'netPay'),
    ...own('STATEMENT_BALANCE', statement, 'balance'),
  ]
  const incomplete = Object.entries({ pan, salarySlip, statement })
    .filter(([, document]) => !document || document.missing.length > 0)
    .map(([name]) => name)
  const failed = checks.filter((check) => check.ok === false).map((check) => check.code)
  const incomes = [slip?.netPay, averageSalary].filter((amount) => amount !== undefined)
  return {
    complete: incomplete.length === 0,
    agreed: failed.length === 0,
    incomplete,
    failed,
    checks,
    income: incomes.length === 0 ? null : Math.min(...incomes),
    netPay: slip?.netPay ?? null,
    averageSalary: averageSalary ?? null,
    emiMonthly: account?.emiMonthly ?? null,
    averageBalance: account?.averageBalance ?? null,
    bounces3m: account?.bounces3m ?? null,
  }
}

/** A check that a document holds within itself. */
function own(
  code: string,
  document: ExtractedDocument | null | undefined,
  name: string,
): CrossCheck[] {
  const check = document?.checks.find((one) => one.code === name)
  return check ? [{ code, ok: check.ok, text: check.text }] : []
}
