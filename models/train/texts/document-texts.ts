import type { Random } from '../random.ts'
import { chequeTemplates, gstTemplates } from './business.ts'
import { aadhaarTemplates, panTemplates } from './identity.ts'
import { salarySlipTemplates, statementTemplates } from './income.ts'
import { ocrNoise } from './ocr-noise.ts'
import { knownOthers, strangers } from './other.ts'
import { fillTemplate, type Template } from './template.ts'

export const documentLabels = [
  'pan',
  'aadhaar',
  'bank_statement',
  'salary_slip',
  'gst_certificate',
  'cheque',
  'other',
] as const
type DocumentLabel = (typeof documentLabels)[number]

const templates: Readonly<Record<DocumentLabel, readonly Template[]>> = {
  pan: panTemplates,
  aadhaar: aadhaarTemplates,
  bank_statement: statementTemplates,
  salary_slip: salarySlipTemplates,
  gst_certificate: gstTemplates,
  cheque: chequeTemplates,
  other: knownOthers,
}

export interface LabelledText {
  readonly label: DocumentLabel
  readonly text: string
}

/** Half of all pages are read almost cleanly, a tenth is nearly lost. */
const noiseLevel = (random: Random): number => {
  const quality = random.weighted([50, 40, 10])
  return quality === 0
    ? random.next() * 0.1
    : quality === 1
      ? 0.1 + random.next() * 0.3
      : 0.4 + random.next() * 0.6
}

const document = (kinds: readonly Template[], random: Random): string =>
  ocrNoise(fillTemplate(random.pick(kinds), random), noiseLevel(random), random)

/** Letters without words, as a reader makes them of a photograph or a page that is out of focus. */
function gibberish(random: Random): string {
  const word = (): string =>
    Array.from({ length: random.int(1, 7) }, () =>
      random.pick([...'aeioulnrtsmEIOSNTWBFgy0123|~-—.,']),
    ).join('')
  return Array.from({ length: random.int(1, 60) }, word).join(' ')
}

/**
 * Synthetic texts of documents as a reader returns them: templates of the usual layouts with invented
 * values, then reading errors. Three parts in ten are `other`, a sixth of those gibberish.
 */
export function generateTexts(count: number, random: Random): LabelledText[] {
  return Array.from({ length: count }, () => {
    const label = documentLabels[random.weighted([12, 12, 12, 12, 12, 12, 30])] as DocumentLabel
    const lost = label === 'other' && random.chance(1 / 6)
    return { label, text: lost ? gibberish(random) : document(templates[label], random) }
  })
}

/** Texts of kinds that training never sees. */
export const generateStrangers = (count: number, random: Random): string[] =>
  Array.from({ length: count }, () => document(strangers, random))
