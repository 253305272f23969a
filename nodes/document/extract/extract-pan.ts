import type { OcrResult } from '#core/node/services.ts'
import { findDates } from './date.ts'
import { fieldFrom, type Extraction, type Field } from './field.ts'
import { findPans, type FoundPan } from './find-pan.ts'
import { blockLines, wordsAt, type Line } from './page-lines.ts'
import { findName } from './person-name.ts'

const nameLabel = /\bname\b/i
const fatherLabel = /fat?h?er\W{0,2}s?\b(?:\s*name)?|पिता/i

/**
 * PAN card: number, name, father's name, date of birth. Layouts with labels (2017 on) and without
 * (name, father, date below the heading) are read; either may lose labels to glare or blur.
 */
export function extractPan(ocr: OcrResult): Extraction {
  const lines = blockLines(ocr)
  const [pan] = findPans(lines)
  const { name, father } = names(lines)
  const birth = dateOfBirth(lines)
  const initial = name ? String(name.value).split(' ').at(-1)?.[0] : undefined
  const agrees = pan !== undefined && initial !== undefined && pan.pan[4] === initial
  const fields: Record<string, Field> = {}
  if (pan) fields['pan'] = panField(pan, agrees)
  if (name) fields['name'] = name
  if (father) fields['fatherName'] = father
  if (birth) fields['dateOfBirth'] = birth
  return {
    fields,
    required: ['pan', 'name', 'dateOfBirth'],
    checks: [
      { code: 'panFormat', ok: pan !== undefined, text: 'The number has the format of a PAN.' },
      {
        code: 'panHolder',
        ok: pan?.pan[3] === 'P',
        text: 'The fourth letter of the PAN says that the holder is a person.',
      },
      {
        code: 'panSurname',
        ok: agrees,
        text: 'The fifth letter of the PAN is the initial of the surname.',
      },
    ],
  }
}

/**
 * Readers are unsure of words that are in no dictionary. A misread letter mostly becomes a digit or the
 * other way round, so to fit the format without a correction is evidence of its own: at least one half.
 */
export function panField({ pan, corrections, words }: FoundPan, agrees: boolean): Field {
  const field = fieldFrom(pan, words, 0.95 ** corrections)
  const read = corrections === 0 ? 0.5 + field.confidence / 2 : field.confidence
  return { ...field, confidence: Math.round(read * (agrees ? 1 : 0.9) * 1000) / 1000 }
}

function names(lines: readonly Line[]): { name: Field | undefined; father: Field | undefined } {
  const fatherAt = lines.findIndex((line) => fatherLabel.test(line.text))
  const nameAt = lines.findIndex(
    (line, at) => at !== fatherAt && nameLabel.test(line.text) && !fatherLabel.test(line.text),
  )
  const labelled = (at: number, label: RegExp): Field | undefined => {
    const line = lines[at]
    if (!line) return undefined
    const match = label.exec(line.text)
    const rest = lineAfter(line, (match?.index ?? 0) + (match?.[0].length ?? 0))
    // Beside the label, else on the next two lines: between may stand the label in another script.
    for (const candidate of [rest, lines[at + 1], lines[at + 2]]) {
      const found = candidate && findName(candidate)
      if (found) return fieldFrom(found.text, found.words, 1)
    }
    return undefined
  }
  const father = fatherAt >= 0 ? labelled(fatherAt, fatherLabel) : undefined
  const name = nameAt >= 0 && nameAt !== fatherAt ? labelled(nameAt, /name/i) : undefined
  if (name && father) return { name, father }
  // Without labels the order tells: the holder stands above the father.
  const all = lines.flatMap((line) => findName(line) ?? [])
  const taken = (field: Field | undefined, text: string): boolean => field?.value === text
  const [first, second] = all.filter(({ text }) => !taken(name, text) && !taken(father, text))
  const guess = (found: typeof first): Field | undefined =>
    found && fieldFrom(found.text, found.words, 0.9)
  if (name) return { name, father: guess(first) }
  if (father) return { name: guess(first), father }
  return { name: guess(first), father: guess(second) }
}

function lineAfter(line: Line, index: number): Line {
  const words = wordsAt(line, index, line.text.length)
  return { ...line, words, text: words.map((word) => word.text).join(' ') }
}

/** A card may also bear its date of issue, which is later. */
function dateOfBirth(lines: readonly Line[]): Field | undefined {
  const dates = lines.flatMap((line) =>
    findDates(line.text)
      .filter(({ date }) => date.length === 10)
      .map((found) => ({ ...found, words: wordsAt(line, found.index, found.text.length) })),
  )
  const [earliest] = dates.toSorted((a, b) => a.date.localeCompare(b.date))
  return earliest && fieldFrom(earliest.date, earliest.words, 1)
}
