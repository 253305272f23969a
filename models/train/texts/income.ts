import type { Template } from './template.ts'

const earnings = [
  'Basic {amount}',
  'Basic Salary {amount} Provident Fund {amount}',
  'House Rent Allowance {amount}',
  'HRA {amount} Professional Tax {amount}',
  'Conveyance Allowance {amount} Income Tax {amount}',
  'Special Allowance {amount} TDS {amount}',
  'Dearness Allowance {amount} EPF {amount}',
  'Medical Allowance {amount} ESI {amount}',
  'Leave Travel Allowance {amount}',
  'Bonus {amount} Loan Recovery {amount}',
  'Overtime {amount}',
  'Performance Incentive {amount} Labour Welfare Fund {amount}',
  'Provident Fund {amount}',
] as const

export const salarySlipTemplates: readonly Template[] = [
  [
    '{firm}',
    ['{address}', '{city} {pin}', ''],
    [
      'Payslip for the month of {month}',
      'Pay Slip for the month of {month}',
      'SALARY SLIP {month}',
      'Salary Slip',
      'PAYSLIP - {month}',
    ],
    ['Employee Name : {name}', 'Name {name}', 'Emp Name: {name}'],
    ['Employee ID : {id}', 'Employee Code {id}', 'Emp No: {number}'],
    ['Designation : Senior Engineer', 'Designation Manager', 'Designation: Executive', ''],
    ['Department : Operations', 'Department Finance Location {city}', ''],
    ['PAN : {pan}', 'PAN {pan} UAN {account}', ''],
    ['Bank Account No : {account}', 'Bank {bank} A/c No {account}', ''],
    ['Pay Period : {month}', 'Days Worked 30 Days Paid 30', 'LOP Days 0 Paid Days 31', ''],
    [
      'Earnings Amount Deductions Amount',
      'Earnings Deductions',
      'EARNINGS RS. DEDUCTIONS RS.',
      'Income Amount Deduction Amount',
    ],
    { times: [3, 8], of: earnings },
    [
      'Gross Earnings {amount} Total Deductions {amount}',
      'Gross Salary {amount}',
      'Total Earnings {amount} Total Deductions {amount}',
    ],
    [
      'Net Pay {amount}',
      'Net Salary {amount}',
      'NET PAY : {amount}',
      'Take Home {amount}',
      'Net Amount Payable {amount}',
    ],
    ['Rupees Forty Two Thousand Only', 'Amount in words: Seventy Thousand Rupees Only', ''],
    [
      'This is a computer generated payslip and needs no signature.',
      'This is a system generated salary slip',
      '',
    ],
  ],
]

const rows = [
  '{date} UPI-SWIGGY {number} {amount} {amount}',
  '{date} NEFT CR-{firm}-SALARY {account} {date} {amount} {amount}',
  '{date} ATM WDL-{city} {number} {date} {amount} {amount}',
  '{date} ACH D-BAJAJ FINANCE-EMI {account} {amount} {amount}',
  '{date} IMPS-P2A-{name} {account} {amount} {amount}',
  '{date} {date} TO TRANSFER-UPI/DR/{account}/{name} {amount} {amount}',
  '{date} {date} BY TRANSFER-NEFT*{ifsc}*{name} {amount} {amount}',
  '{date} POS 416021XXXXXX DMART {amount} {amount}',
  '{date} CHQ PAID-{name} {number} {amount} {amount} Dr',
  '{date} INT.PD {amount} {amount} Cr',
  '{date} CASH DEPOSIT {city} {amount} {amount}',
  '{date} UPI/{account}/PAYMENT FROM PHONE/{bank} {amount} {amount}',
  '{date} BIL/ONL/{account}/AIRTEL {amount} {amount}',
  '{date} EMI {account} CHQ S{number} {amount} {amount}',
  '{date} ACH RETURN CHARGES {amount} {amount}',
  '{date} RTGS-{firm} {amount} {amount}',
] as const

export const statementTemplates: readonly Template[] = [
  [
    [
      '{bank} - Statement of Account',
      '{bank}',
      'Statement of account',
      '{bank} Account Statement',
      '',
    ],
    ['Account Holder : {name}', 'MR {name}', 'Account Name : {name}', 'Name {name}', ''],
    ['{address}', ''],
    ['Account No : {account}', 'Account Number : {account}', 'A/C No: {account}'],
    [
      'IFSC : {ifsc}',
      'RTGS/NEFT IFSC : {ifsc} MICR : {account}',
      'IFS Code {ifsc} CIF No. {account}',
      '',
    ],
    ['Account Type : SAVINGS', 'Savings Account', 'Account Description : REGULAR SB', ''],
    [
      'Statement From : {date} To : {date}',
      'Account Statement from {date} to {date}',
      'Period {date} - {date}',
      'Transaction Date from {date} to {date}',
    ],
    [
      'Date Narration Chq./Ref.No. Value Dt Withdrawal Amt. Deposit Amt. Closing Balance',
      'Txn Date Value Date Description Ref No./Cheque No. Debit Credit Balance',
      'S No. Value Date Transaction Date Cheque Number Transaction Remarks Withdrawal Amount (INR ) Deposit Amount (INR ) Balance (INR )',
      'Tran Date Chq No Particulars Debit Credit Balance Init. Br',
      'Date Mode Particulars Deposits Withdrawals Balance',
      'Date Particulars Cheque No Amount Dr/Cr Balance',
    ],
    ['Balance as on {date} {amount}', 'OPENING BALANCE {amount}', 'B/F {amount}', ''],
    { times: [3, 25], of: rows },
    [
      'STATEMENT SUMMARY :- Opening Balance Dr Count Cr Count Debits Credits Closing Bal',
      'CLOSING BALANCE {amount}',
      'Opening Balance {amount} Total Debits {amount} Total Credits {amount} Closing Balance {amount}',
      '',
    ],
    [
      'This is a computer generated statement and does not require a signature.',
      'Please do not share your ATM, Debit/Credit card number, PIN and OTP with anyone',
      'Contents of this statement will be considered correct if no error is reported within 30 days of receipt of statement',
      '',
    ],
  ],
  // A page from the middle: rows without a heading.
  [['Page 2 of 6', ''], { times: [8, 30], of: rows }],
]
