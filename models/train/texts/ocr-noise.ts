import type { Random } from '../random.ts'

/** Letters that readers take for one another. */
const confusions: Readonly<Record<string, readonly string[]>> = {
  o: ['0'],
  '0': ['o'],
  i: ['1', 'l', '|'],
  l: ['1', 'i'],
  '1': ['i', 'l'],
  s: ['5'],
  '5': ['s'],
  b: ['8', '6'],
  '8': ['b'],
  e: ['c', 'é'],
  c: ['e', '('],
  m: ['rn', 'nn'],
  n: ['ri'],
  u: ['v', 'ii'],
  v: ['u'],
  t: ['f', '+'],
  a: ['4', 'o'],
  g: ['9', 'q'],
  z: ['2'],
  '2': ['z'],
  h: ['b'],
  d: ['cl'],
  w: ['vv'],
}
const junk = [
  '|',
  '~',
  '_',
  '—',
  'Ee',
  'ii',
  '.',
  '=',
  'Nl',
  'oe',
  '»',
  'wr',
  '\\',
  'BE',
  'Fi',
  'aN',
] as const

function spoilWord(word: string, level: number, random: Random): string {
  return [...word]
    .map((letter) => {
      if (!random.chance(level * 0.35)) return letter
      const options = confusions[letter.toLowerCase()]
      return options === undefined ? random.pick(['', letter, '.']) : random.pick(options)
    })
    .join('')
}

function spoilLine(line: string, level: number, random: Random): string {
  return line
    .split(' ')
    .flatMap((word) => {
      if (random.chance(level * 0.2)) return []
      const spoiled = spoilWord(word, level, random)
      return random.chance(level * 0.15) ? [spoiled, random.pick(junk)] : [spoiled]
    })
    .join(random.chance(level * 0.1) ? '' : ' ')
}

/**
 * What a reader makes of a page. At level 0 nothing changes; at 1 about every third letter is wrong and
 * many words and lines are gone.
 */
export function ocrNoise(lines: readonly string[], level: number, random: Random): string {
  const kept = lines.filter(() => !random.chance(level * 0.3))
  const spoiled = kept.map((line) => spoilLine(line, level, random))
  return (random.chance(level * 0.3) ? random.shuffle(spoiled) : spoiled).join('\n')
}
