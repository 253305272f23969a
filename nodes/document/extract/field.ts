import { z } from 'zod'
import type { PlacedWord } from './page-lines.ts'

const box = z.tuple([z.number(), z.number(), z.number(), z.number()])

/** A value read from a document, traceable to its place on the page. */
export const fieldSchema = z.object({
  value: z.union([z.string(), z.number()]).meta({ 'x-personal': true }),
  /** How well it was read × whether it fits its format × whether it agrees with the rest: 0…1. */
  confidence: z.number(),
  page: z.int().nullable(),
  /** x0, y0, x1, y1 on the page; null for a value computed from others. */
  box: box.nullable(),
})
export type Field = z.output<typeof fieldSchema>

export const checkSchema = z.object({
  code: z.string().describe('Name of the check, for example netPay or balance.'),
  ok: z.boolean(),
  text: z.string().describe('What was checked, in one sentence without values.'),
})
type Check = z.output<typeof checkSchema>

/** What an extractor of one kind of document gives. */
export interface Extraction {
  readonly fields: Readonly<Record<string, Field>>
  readonly checks: readonly Check[]
  /** Fields without which the document is of no use. */
  readonly required: readonly string[]
  readonly rows?: readonly StatementRow[]
}

export interface StatementRow {
  /** yyyy-MM-dd */
  readonly date: string
  readonly narration: string
  /** Rupees; one of both is 0. */
  readonly debit: number
  readonly credit: number
  readonly balance: number
  /** Whether previous − debit + credit = balance. */
  readonly consistent: boolean
}

/** @param factor 0…1: how far format and agreement support the reading */
export function fieldFrom(
  value: string | number,
  words: readonly PlacedWord[],
  factor: number,
): Field {
  const [first] = words
  const read = first
    ? words.reduce((sum, word) => sum + word.confidence, 0) / words.length / 100
    : 1
  return {
    value,
    confidence: Math.round(read * factor * 1000) / 1000,
    page: first?.page ?? null,
    box: first
      ? [
          Math.min(...words.map((word) => word.box[0])),
          Math.min(...words.map((word) => word.box[1])),
          Math.max(...words.map((word) => word.box[2])),
          Math.max(...words.map((word) => word.box[3])),
        ]
      : null,
  }
}

/** The same field, its confidence multiplied. */
export const scaled = (field: Field, factor: number): Field => ({
  ...field,
  confidence: Math.round(Math.min(1, field.confidence * factor) * 1000) / 1000,
})
