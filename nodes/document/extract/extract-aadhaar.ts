import type { OcrResult } from '#core/node/services.ts'
import { findDates } from './date.ts'
import { fieldFrom, type Extraction, type Field } from './field.ts'
import type { MaskedNumber } from './mask-aadhaar.ts'
import { blockLines, wordsAt } from './page-lines.ts'
import { findName } from './person-name.ts'

/** Aadhaar card: the last four digits only, name, date or year of birth, gender. */
export function extractAadhaar(ocr: OcrResult, masked: readonly MaskedNumber[]): Extraction {
  const lines = blockLines(ocr)
  const fields: Record<string, Field> = {}
  const number = masked.toSorted((a, b) => Number(b.valid) - Number(a.valid))[0]
  if (number)
    fields['aadhaarLast4'] = fieldFrom(
      number.last4,
      [{ text: '', confidence: number.confidence, box: number.box, page: number.page }],
      number.valid ? 1 : 0.5,
    )
  const birthAt = lines.findIndex((line) => /\b(dob|birth|yob)\b/i.test(line.text))
  const birthLine = lines[birthAt]
  if (birthLine) {
    const [date] = findDates(birthLine.text)
    const year = /\b(19|20)\d{2}\b/.exec(birthLine.text)
    if (date?.date.length === 10)
      fields['dateOfBirth'] = fieldFrom(
        date.date,
        wordsAt(birthLine, date.index, date.text.length),
        1,
      )
    else if (year)
      fields['yearOfBirth'] = fieldFrom(
        Number(year[0]),
        wordsAt(birthLine, year.index, year[0].length),
        1,
      )
  }
  for (const line of lines) {
    const gender = /\b(FEMALE|MALE|TRANSGENDER)\b/i.exec(line.text)
    if (!gender) continue
    fields['gender'] = fieldFrom(
      gender[0].toLowerCase(),
      wordsAt(line, gender.index, gender[0].length),
      1,
    )
    break
  }
  // The holder's name is the nearest above the date of birth.
  const above = birthAt < 0 ? lines : lines.slice(0, birthAt).toReversed()
  const name = above.flatMap((line) => findName(line) ?? [])[0]
  if (name) fields['name'] = fieldFrom(name.text, name.words, birthAt < 0 ? 0.8 : 1)
  return {
    fields,
    required: ['aadhaarLast4', 'name'],
    checks: [
      {
        code: 'aadhaarCheckDigit',
        ok: number?.valid === true,
        text: 'The check digit of the Aadhaar number is right.',
      },
    ],
  }
}
