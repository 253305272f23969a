import { z } from 'zod'

const personal = { 'x-personal': true } as const
const text = (title: string) =>
  z
    .string()
    .meta({ title, ...personal })
    .optional()
const rupees = (title: string) =>
  z
    .number()
    .meta({ title, description: 'Rupees', ...personal })
    .optional()
const count = (title: string) => z.number().meta({ title }).optional()
const date = (title: string) =>
  z
    .string()
    .meta({ title, format: 'date', ...personal })
    .optional()

/** The bare values of all kinds of documents, for expressions; a document gives some of them. */
export const valuesSchema = z.object({
  pan: text('PAN'),
  name: text('Name'),
  fatherName: text("Father's name"),
  dateOfBirth: date('Date of birth'),
  yearOfBirth: count('Year of birth'),
  gender: text('Gender'),
  aadhaarLast4: text('Last four digits of the Aadhaar number'),
  employeeName: text('Employee'),
  employeeId: text('Employee id'),
  employer: text('Employer'),
  designation: text('Designation'),
  month: text('Month'),
  grossPay: rupees('Gross pay'),
  deductions: rupees('Deductions'),
  netPay: rupees('Net pay'),
  bankAccount: text('Bank account'),
  holder: text('Account holder'),
  accountNumber: text('Account number'),
  ifsc: text('IFSC'),
  from: date('First transaction'),
  to: date('Last transaction'),
  transactions: count('Transactions'),
  months: count('Months'),
  openingBalance: rupees('Opening balance'),
  closingBalance: rupees('Closing balance'),
  totalDebits: rupees('Debits'),
  totalCredits: rupees('Credits'),
  salaryMonths: count('Months with a salary'),
  averageSalary: rupees('Average salary credit'),
  emiMonthly: rupees('Instalments a month'),
  bounces3m: count('Bounces in 3 months'),
  averageBalance: rupees('Average bank balance'),
  cashShare: count('Share of cash'),
})
