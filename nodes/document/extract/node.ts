import { z } from 'zod'
import { defineNode } from '#core/node/define-node.ts'
import type { OcrResult } from '#core/node/services.ts'
import { readOutcome } from '../ocr/ocr-output.ts'
import { extractAadhaar } from './extract-aadhaar.ts'
import { extractPan } from './extract-pan.ts'
import { extractSalarySlip } from './extract-salary-slip.ts'
import { extractStatement } from './extract-statement.ts'
import { checkSchema, fieldSchema, type Extraction } from './field.ts'
import { maskAadhaar, type MaskedNumber } from './mask-aadhaar.ts'
import { valuesSchema } from './values.ts'

const kinds = ['pan', 'aadhaar', 'salary_slip', 'bank_statement'] as const
type Kind = (typeof kinds)[number]

const extractors: Readonly<
  Record<Kind, (ocr: OcrResult, masked: readonly MaskedNumber[]) => Extraction>
> = {
  pan: extractPan,
  aadhaar: extractAadhaar,
  salary_slip: extractSalarySlip,
  bank_statement: extractStatement,
}

const rowSchema = z
  .object({
    date: z.string(),
    narration: z.string(),
    debit: z.number(),
    credit: z.number(),
    balance: z.number(),
    consistent: z.boolean(),
  })
  .meta({ 'x-personal': true })

const extracted = z.object({
  kind: z.string(),
  values: valuesSchema,
  fields: z.record(z.string(), fieldSchema).meta({
    description: 'Every value with its confidence and its box on the page',
  }),
  confidence: z.number().meta({ description: 'The lowest of the necessary fields, 0 to 1' }),
  checks: z.array(checkSchema),
  missing: z.array(z.string()).meta({ description: 'Necessary fields that were not found' }),
  rows: z.array(rowSchema).optional(),
})

export const documentExtract = defineNode({
  type: 'document.extract',
  version: 1,
  title: 'Extract fields',
  description:
    'Takes the fields out of a document that was read, checks them, and shows where each stands.',
  area: 'document',
  icon: 'list-search',
  summary: '{kind}',
  config: z.object({
    kind: z
      .enum(['auto', ...kinds])
      .default('auto')
      .meta({
        title: 'Kind of document',
        description: 'Auto takes the class that the input "label" gives',
      }),
    minConfidence: z.number().min(0).max(1).default(0.5).meta({
      title: 'Least confidence',
      description: 'A necessary field below it counts as missing',
    }),
    rows: z.boolean().default(false).meta({
      title: 'Keep the rows',
      description: 'Of a statement: every transaction, not only the figures',
    }),
  }),
  inputs: {
    ocr: readOutcome.meta({
      description: 'The value of Read document, by whichever port it was left',
      'x-personal': true,
    }),
    label: z
      .string()
      .nullish()
      .meta({ description: 'The class of the document, from Classify document' }),
  },
  outputs: { extracted, incomplete: extracted },
}).pure(({ config, inputs, exit }) => {
  const { ocr: given, label } = inputs
  const read = 'pages' in given ? given : null
  // Read document has masked already; a reader of another make may not have.
  const { ocr, masked } = maskAadhaar((read ?? nothing) as OcrResult)
  const kind = config.kind === 'auto' ? kindOf(label ?? '', ocr.text) : config.kind
  const found =
    kind === null ? unknownKind : extractors[kind](ocr, [...(read?.masked ?? []), ...masked])
  const isOther = kind !== null && isKind(label) && label !== kind
  const sure = (name: string): boolean =>
    (found.fields[name]?.confidence ?? 0) >= config.minConfidence
  const missing = [...found.required.filter((name) => !sure(name)), ...(isOther ? ['kind'] : [])]
  const value = {
    kind: kind ?? 'other',
    values: Object.fromEntries(
      Object.entries(found.fields).map(([name, field]) => [name, field.value]),
    ),
    fields: found.fields,
    confidence: Math.min(1, ...found.required.map((name) => found.fields[name]?.confidence ?? 0)),
    checks: [
      { code: 'readable', ok: read !== null, text: 'The document could be read.' },
      {
        code: 'kind',
        ok: kind !== null && !isOther,
        text: 'The document is of the kind asked for.',
      },
      ...found.checks,
    ],
    missing,
    ...(config.rows && found.rows ? { rows: [...found.rows] } : {}),
  }
  return missing.length === 0 ? exit.extracted(value) : exit.incomplete(value)
})

const nothing: OcrResult = { source: 'image', pages: [], text: '', confidence: 0 }
const unknownKind: Extraction = { fields: {}, checks: [], required: ['kind'] }
const isKind = (label: string | null | undefined): label is Kind =>
  kinds.some((kind) => kind === label)

const words: Readonly<Record<Kind, RegExp>> = {
  pan: /permanent account number|income tax department/i,
  aadhaar: /aadhaar|unique identification/i,
  salary_slip: /pay\s*slip|salary slip|net pay/i,
  bank_statement: /statement of account|account statement|closing balance|withdrawal/i,
}

function kindOf(label: string, text: string): Kind | null {
  return (
    kinds.find((kind) => kind === label) ?? kinds.find((kind) => words[kind].test(text)) ?? null
  )
}
