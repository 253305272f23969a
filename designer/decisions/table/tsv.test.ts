import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTsv, printTsv } from './tsv.ts'

describe('text with tabs', () => {
  it.each<[string, string[][]]>([
    [
      '> 700\t12.5\r\n-\t15\r\n',
      [
        ['> 700', '12.5'],
        ['-', '15'],
      ],
    ],
    ['"""SELF"""\t1', [['"SELF"', '1']]],
    ['"SALARIED","SELF"\t1', [['"SALARIED","SELF"', '1']]],
    ['"two\nlines"\t', [['two\nlines', '']]],
    ['one', [['one']]],
  ])('%j', (text, cells) => expect(parseTsv(text)).toEqual(cells))

  it('[R453] comes back as it was copied', () => {
    const cell = fc
      .array(fc.constantFrom('a', '"', '\t', '\n', ' ', ',', '7'))
      .map((signs) => signs.join('').trim())
    const block = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      )
      .filter((cells) => cells.at(-1)?.join('') !== '')
    fc.assert(
      fc.property(block, (cells) => {
        expect(parseTsv(printTsv(cells))).toEqual(cells)
      }),
    )
  })
})
