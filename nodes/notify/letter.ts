import { TerminalError } from '#core/errors.ts'
import { isForbiddenKey, isObject, plainText, type Json, type JsonObject } from '#core/json.ts'

const formats: Readonly<Record<string, (value: Json) => string | null>> = {
  /** 512345.5 as ₹ 5,12,345.50; whole rupees without decimals. */
  rupees: (value) => (typeof value === 'number' ? `₹ ${grouped(value)}` : null),
  /** 0.145 as 14.5 %. */
  percent: (value) =>
    typeof value === 'number' ? `${String(Math.round(value * 10_000) / 100)} %` : null,
  /** One line for each; of objects their `text`. */
  list: (value) =>
    Array.isArray(value)
      ? value
          .map((one: Json) => `- ${plainText(isObject(one) ? (one['text'] ?? '') : one)}`)
          .join('\n')
      : null,
}

/**
 * Fills `{{name}}`, `{{offer.amount | rupees}}` and the like from the values. No code runs: a
 * placeholder is a path and perhaps a format (rupees, percent, list).
 * @throws TerminalError LETTER_VALUE_MISSING: a letter with a hole in it is not sent
 */
export function fillLetter(template: string, values: JsonObject): string {
  return template.replaceAll(
    /\{\{\s*([^{}|]*?)\s*(?:\|\s*([^{}|]*?)\s*)?\}\}/g,
    (_, path: string, format: string | undefined) => {
      const value = valueAt(values, path)
      const text =
        format === undefined
          ? isObject(value) || Array.isArray(value)
            ? null
            : value
          : (formats[format]?.(value ?? null) ?? null)
      if (text === null || text === undefined)
        throw new TerminalError('LETTER_VALUE_MISSING', {
          placeholder: format === undefined ? path : `${path} | ${format}`,
        })
      return plainText(text)
    },
  )
}

function valueAt(values: JsonObject, path: string): Json | undefined {
  let at: Json | undefined = values
  for (const key of path.split('.')) {
    if (isForbiddenKey(key) || !isObject(at) || !Object.hasOwn(at, key)) return undefined
    at = at[key] as Json
  }
  return at
}

/** Digits in the Indian grouping, without the platform's locale data. */
function grouped(amount: number): string {
  const [whole = '', decimals = ''] = Math.abs(amount).toFixed(2).split('.')
  const groups = whole.replace(/\B(?=(\d\d)*\d{3}$)/g, ',')
  return `${amount < 0 ? '-' : ''}${groups}${decimals === '00' ? '' : `.${decimals}`}`
}
