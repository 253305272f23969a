import { z } from 'zod'

const box = z.tuple([z.number(), z.number(), z.number(), z.number()])
const word = z.object({ text: z.string(), confidence: z.number(), box })
const page = z.object({
  width: z.number(),
  height: z.number(),
  text: z.string(),
  confidence: z.number(),
  lines: z.array(z.object({ text: z.string(), words: z.array(word) })),
  turned: z.union([z.literal(90), z.literal(180), z.literal(270)]).optional(),
})

/** What Read document gives: the text with words and boxes, Aadhaar numbers masked. */
export const ocrOutput = z.object({
  source: z.enum(['image', 'text-layer', 'scanned-pdf']),
  text: z.string().meta({ 'x-personal': true }),
  confidence: z.number().meta({ description: 'Mean over the words, 0 to 100' }),
  pages: z.array(page).meta({ 'x-personal': true }),
  masked: z
    .array(
      z.object({
        page: z.int(),
        last4: z.string(),
        valid: z.boolean(),
        confidence: z.number(),
        box,
      }),
    )
    .default([])
    .meta({ description: 'Aadhaar numbers that were masked', 'x-personal': true }),
})

/** What Read document gives where the document cannot be used. */
export const unreadableOutput = z.object({
  reason: z.enum(['no-text', 'blurred']),
  advice: z.string().meta({ description: 'What to tell the applicant' }),
  text: z.string().meta({ description: 'What could be read', 'x-personal': true }),
  confidence: z.number(),
  words: z.int().meta({ description: 'How many were surely read' }),
})

/** The value of Read document by whichever port it was left. */
export const readOutcome = z.union([
  ocrOutput,
  unreadableOutput,
  z.object({ error: z.looseObject({ code: z.string() }) }),
])
