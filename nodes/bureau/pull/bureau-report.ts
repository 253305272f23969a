import { z } from 'zod'

const rupees = { description: 'Rupees' } as const

/** A credit report as flows and models use it. Amounts in rupees. */
export const bureauReport = z
  .object({
    score: z.number().min(300).max(900).meta({ title: 'Bureau score' }),
    accounts: z.int().meta({ title: 'Accounts' }),
    openAccounts: z.int().meta({ title: 'Open accounts' }),
    obligations: z.number().meta({ title: 'Instalments a month', ...rupees }),
    overdue: z.number().meta({ title: 'Overdue', ...rupees }),
    dpd90in9m: z.int().meta({ title: 'Accounts 90+ days past due in 9 months' }),
    dpd60in6m: z.int().meta({ title: 'Accounts 60+ days past due in 6 months' }),
    maxDpd12m: z.number().meta({ title: 'Worst delay in 12 months', description: 'Days' }),
    writeOffs18m: z.int().meta({ title: 'Written off or settled in 18 months' }),
    enquiries3m: z.int().meta({ title: 'Unsecured enquiries in 3 months' }),
    ageMonths: z.int().meta({ title: 'Age of history', description: 'Months' }),
    utilisation: z.number().meta({ title: 'Used part of card limits', description: '0 to 1' }),
  })
  .meta({ 'x-personal': true })

/** What a bureau answers. */
export const bureauAnswer = z.discriminatedUnion('hit', [
  z.object({ hit: z.literal(true), reportId: z.string(), report: bureauReport }),
  z.object({ hit: z.literal(false), reportId: z.string() }),
])
