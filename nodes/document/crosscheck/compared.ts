import { z } from 'zod'
import { valuesSchema } from '../extract/values.ts'

/** A document as Extract fields gives it. */
export const comparedDocument = z.looseObject({
  values: valuesSchema.loose(),
  missing: z.array(z.string()),
  checks: z.array(z.object({ code: z.string(), ok: z.boolean(), text: z.string() })),
})
export type ExtractedDocument = z.output<typeof comparedDocument>

export const comparedApplicant = z.looseObject({
  name: z.string(),
  pan: z.string(),
  dateOfBirth: z.string().nullish(),
})
export type ComparedApplicant = z.output<typeof comparedApplicant>

export const crossCheck = z.object({
  code: z.string(),
  ok: z.boolean().nullable().meta({ description: 'Null where one side is not known' }),
  text: z.string(),
})
export type CrossCheck = z.output<typeof crossCheck>
