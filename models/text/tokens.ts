/** What a token looks like says more than its letters: tested in order, the first that fits wins. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ['<gstin>', /^\d{2}[a-z]{5}\d{4}[a-z][a-z\d]z[a-z\d]$/],
  ['<pan>', /^[a-z]{5}\d{4}[a-z]$/],
  ['<ifsc>', /^[a-z]{4}0[a-z\d]{6}$/],
  ['<date>', /^\d{1,2}[/.-](\d{1,2}|[a-z]{3})[/.-]\d{2,4}$/],
  ['<amount>', /^-?(rs\.?|₹)?\d{1,3}(,\d{2,3})+(\.\d{1,2})?$|^-?(rs\.?|₹)?\d+\.\d{2}$/],
  ['<four>', /^[\dx]{4}$/],
  ['<long>', /^[\dx]{9,}$/],
  ['<number>', /^\d+$/],
]

/** Words of a text in lower case; numbers, dates and identifiers by their shape, so no personal number is a feature. */
export function tokens(text: string): string[] {
  const found: string[] = []
  for (const raw of text.toLowerCase().split(/[\s|:;()[\]{}"“”]+/)) {
    const word = raw.replace(/^[^\p{L}\d₹-]+|[^\p{L}\d]+$/gu, '')
    if (word === '') continue
    const shape = shapes.find(([, pattern]) => pattern.test(word))?.[0]
    if (shape !== undefined) found.push(shape)
    else
      for (const part of word.split(/[^\p{L}\d]+/u))
        if (part.length > 1) found.push(/\d/.test(part) ? '<mixed>' : part)
  }
  return found
}
