import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const folders = ['designer', 'engine', 'models', 'nodes', 'templates', 'test']

interface Promised {
  readonly number: number
  readonly sentence: string
  readonly files: readonly string[]
}

/** By section. A promise's line: `- **[Rn]** The sentence. — path/of/a.test.ts, path/of/another.test.ts` */
const sections = readFileSync(join(root, 'docs/SPEC.md'), 'utf8')
  .split('\n## ')
  .map((section) =>
    section
      .split('\n')
      .filter((line) => line.startsWith('- **['))
      .map((line): Promised => {
        const [, number, sentence = '', files = ''] =
          /^- \*\*\[R(\d+)\]\*\* (.+) — ([^—]+)$/.exec(line) ?? []
        return { number: Number(number), sentence, files: files.split(', ') }
      }),
  )
const promised = sections.flat()

const tests = new Map(
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.test\.tsx?$/.test(path))
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const),
  ),
)

const mention = /\[R(\d+)\]/g
/** Where a string begins, and with it a title: one number or several. */
const title = /(?<=\(\s*['"`])(?:\[R\d+\] )+/g
const numbersIn = (text: string): number[] =>
  [...text.matchAll(mention)].map(([, number]) => Number(number))

describe('docs/SPEC.md', () => {
  it('numbers its sentences once, rising within a section', () => {
    expect(promised.length).toBeGreaterThan(100)
    expect(new Set(promised.map(({ number }) => number)).size).toBe(promised.length)
    for (const section of sections) {
      const numbers = section.map(({ number }) => number)
      expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))
    }
    for (const { number, sentence } of promised) expect(sentence, `R${number}`).toMatch(/\.$/)
  })

  it('[R173] each promise is in a title of every file that it names', () => {
    for (const { number, files } of promised)
      for (const file of files) {
        const titles = (tests.get(file) ?? '').match(title) ?? []
        expect(titles.flatMap(numbersIn), `R${number} in ${file}`).toContain(number)
      }
  })

  it('[R173] each number in a test begins a title, and is a promise that names the file', () => {
    for (const [file, text] of tests) {
      const named = promised.filter(({ files }) => files.includes(file))
      expect(numbersIn(text), file).toEqual((text.match(title) ?? []).flatMap(numbersIn))
      expect(new Set(numbersIn(text)), file).toEqual(new Set(named.map(({ number }) => number)))
    }
  })
})
