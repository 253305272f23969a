import { z } from 'zod'
import { defineNode } from '#core/node/define-node.ts'
import { compare } from './compare.ts'
import { comparedApplicant, comparedDocument, crossCheck } from './compared.ts'

const rupees = { description: 'Rupees a month', 'x-personal': true } as const

export const documentCrosscheck = defineNode({
  type: 'document.crosscheck',
  version: 1,
  title: 'Cross-check documents',
  description: 'Compares the documents with each other and with what the applicant said.',
  area: 'document',
  icon: 'files',
  config: z.object({
    tolerance: z.number().min(0).max(1).default(0.05).meta({
      title: 'Tolerance',
      description: 'How far salary credits may be from the slip, as a part of it',
    }),
  }),
  inputs: {
    applicant: comparedApplicant.meta({ 'x-personal': true }),
    pan: comparedDocument.nullish().meta({ description: 'The extracted PAN card' }),
    salarySlip: comparedDocument.nullish().meta({ description: 'The extracted salary slip' }),
    statement: comparedDocument.nullish().meta({ description: 'The extracted bank statement' }),
  },
  outputs: {
    out: z.object({
      complete: z
        .boolean()
        .meta({ description: 'Every document was given and its necessary fields were found' }),
      agreed: z.boolean().meta({ description: 'No check failed' }),
      incomplete: z.array(z.string()).meta({ description: 'Documents that lack something' }),
      failed: z.array(z.string()).meta({ description: 'Codes of the checks that failed' }),
      checks: z.array(crossCheck),
      income: z
        .number()
        .nullable()
        .meta({ title: 'Net income', ...rupees, description: 'The lower of slip and statement' }),
      netPay: z
        .number()
        .nullable()
        .meta({ title: 'Net pay', ...rupees }),
      averageSalary: z
        .number()
        .nullable()
        .meta({ title: 'Salary credited', ...rupees }),
      emiMonthly: z
        .number()
        .nullable()
        .meta({ title: 'Instalments debited', ...rupees }),
      averageBalance: z
        .number()
        .nullable()
        .meta({ title: 'Average bank balance', 'x-personal': true }),
      bounces3m: z.number().nullable().meta({ title: 'Bounces in 3 months' }),
    }),
  },
}).pure(({ config, inputs, exit }) => exit.out(compare(inputs, config.tolerance)))
