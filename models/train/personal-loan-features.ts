import type { Loan } from './portfolio.ts'
import type { FeatureText } from './scorecard.ts'

/** In the order of the model's input. */
export const featureNames = [
  'bureauScore',
  'maxDpd12m',
  'enquiries3m',
  'bureauAgeMonths',
  'monthlyIncome',
  'foir',
  'loanToIncome',
  'employmentType',
  'employmentMonths',
] as const satisfies readonly (keyof Loan)[]

/** Titles, units and the sentences that become reasons. Bureau features are missing for those new to credit. */
export const featureTexts: Readonly<Record<(typeof featureNames)[number], FeatureText>> = {
  bureauScore: {
    title: 'Bureau score',
    unit: '300 to 900',
    required: false,
    reasons: {
      raises: 'The bureau score is above that of the average applicant',
      lowers: 'The bureau score is below that of the average applicant',
      missing: 'There is no credit history at the bureau',
    },
  },
  maxDpd12m: {
    title: 'Worst delay in 12 months',
    unit: 'days past due',
    required: false,
    reasons: {
      raises: 'No payment was late in the last 12 months',
      lowers: 'Payments were late in the last 12 months',
      missing: 'There is no repayment record of the last 12 months',
    },
  },
  enquiries3m: {
    title: 'Credit enquiries in 3 months',
    unit: 'count',
    required: false,
    reasons: {
      raises: 'Few lenders were asked for credit in the last 3 months',
      lowers: 'Many lenders were asked for credit in the last 3 months',
      missing: 'The number of recent credit enquiries is unknown',
    },
  },
  bureauAgeMonths: {
    title: 'Age of credit history',
    unit: 'months',
    required: false,
    reasons: {
      raises: 'The credit history is long',
      lowers: 'The credit history is short',
      missing: 'There is no credit history to date',
    },
  },
  monthlyIncome: {
    title: 'Net monthly income',
    unit: 'rupees a month',
    required: true,
    reasons: {
      raises: 'The net income is above that of the average applicant',
      lowers: 'The net income is below that of the average applicant',
      missing: 'The net income is unknown',
    },
  },
  foir: {
    title: 'Fixed obligations to income',
    unit: 'ratio, the proposed EMI included',
    required: true,
    reasons: {
      raises: 'Obligations, the new EMI included, are a small part of the income',
      lowers: 'Obligations, the new EMI included, are a large part of the income',
      missing: 'The ratio of obligations to income is unknown',
    },
  },
  loanToIncome: {
    title: 'Loan to monthly income',
    unit: 'multiple of the net monthly income',
    required: true,
    reasons: {
      raises: 'The loan is small for the income',
      lowers: 'The loan is large for the income',
      missing: 'The ratio of loan to income is unknown',
    },
  },
  employmentType: {
    title: 'Employment',
    unit: 'category',
    required: true,
    reasons: {
      raises: 'The kind of employment is more stable than average',
      lowers: 'The kind of employment is less stable than average',
      missing: 'The kind of employment is unknown',
    },
  },
  employmentMonths: {
    title: 'Time in present employment',
    unit: 'months',
    required: false,
    reasons: {
      raises: 'The present employment has lasted long',
      lowers: 'The present employment is recent',
      missing: 'The length of the present employment is unknown',
    },
  },
}
