const letterFor: Readonly<Record<string, string>> = {
  '0': 'O',
  '1': 'I',
  '2': 'Z',
  '4': 'A',
  '5': 'S',
  '6': 'G',
  '7': 'Z',
  '8': 'B',
}
const digitFor: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  A: '4',
  S: '5',
  G: '6',
  T: '7',
  B: '8',
}

/** Puts letters and digits that readers confuse right where the format leaves no doubt: `A` letter, `9` digit. */
export function correctTo(format: string, text: string): { text: string; corrections: number } {
  let corrections = 0
  const corrected = [...text].map((letter, at) => {
    const wanted = format[at] === '9' ? digitFor[letter] : letterFor[letter]
    if (wanted === undefined) return letter
    corrections += 1
    return wanted
  })
  return { text: corrected.join(''), corrections }
}
