import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const folder = 'test/patterns'
const root = join(import.meta.dirname, '../..')
const document = readFileSync(join(root, 'docs/patterns.md'), 'utf8')

/** `| WCP-n | Name | Holds | How | Shown by |` */
const rows = document.split('\n').flatMap((line) => {
  const [, pattern = '', name = '', holds = '', how = '', shownBy = ''] = line
    .split('|')
    .map((cell) => cell.trim())
  const [, number] = /^WCP-(\d+)$/.exec(pattern) ?? []
  return number
    ? [{ number: Number(number), title: `${pattern} ${name}`, holds, how, shownBy }]
    : []
})
const count = (upTo: number) =>
  ['+', '+/-', '-'].map(
    (mark) => rows.filter(({ holds, number }) => holds === mark && number <= upTo).length,
  )

it('[R230] the catalogue rates each of the 43 patterns once, and each that holds, wholly or in part, has the test that it names', () => {
  expect(rows.map(({ number }) => number).toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: 43 }, (_, index) => index + 1),
  )
  const titles = readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) =>
      [...readFileSync(join(root, folder, file), 'utf8').matchAll(/'(WCP-\d+ [^']+)'/g)].map(
        ([, title]) => `${folder}/${file}: ${title}`,
      ),
    )
  const held = rows.filter(({ holds }) => holds !== '-')
  expect(titles.toSorted()).toEqual(
    held.map(({ shownBy, title }) => `${shownBy}: ${title}`).toSorted(),
  )
  for (const { how, shownBy, holds, title } of rows) {
    expect(how, title).toMatch(/\.$/)
    expect(shownBy === 'none', title).toBe(holds === '-')
  }
})

it('[R230] its totals are those of its rows', () => {
  const total = (label: string): number[] =>
    document
      .split('\n')
      .filter((line) => line.split('|')[1]?.trim() === label)
      .flatMap((line) => line.split('|').slice(2, 5).map(Number))
  expect(total('All 43')).toEqual(count(43))
  expect(total('The first 32')).toEqual(count(32))
})
