import { randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import writeExcel from 'write-excel-file/node'
import { importDmn } from '#core/decision/dmn/import.ts'
import { readCsv } from '#core/decision/exchange/csv.ts'
import { importSheets, type SheetImport } from '#core/decision/exchange/import-sheets.ts'
import { importJsonLogic } from '#core/decision/exchange/json-logic.ts'
import type { Sheet } from '#core/decision/exchange/sheet.ts'
import { validateDecision } from '#core/decision/validate.ts'
import { TerminalError } from '#core/errors.ts'
import type { Json } from '#core/json.ts'
import { readWorkbook, writeWorkbook } from '#engine/adapters/sheets/workbook.ts'
import { formatFinding } from '#engine/cli/format-finding.ts'

const runs = { seed: 710, numRuns: 300 }

/** What was read can be checked and told; what was not is refused by a code. */
async function isTakenOrRefused(read: () => SheetImport | Promise<SheetImport>): Promise<boolean> {
  try {
    const { decision, findings } = await read()
    const told = findings.map(formatFinding)
    if (decision !== null) told.push(...validateDecision(decision).map(formatFinding))
    return decision !== null || told.length > 0
  } catch (error) {
    if (error instanceof TerminalError) return true
    throw error
  }
}

interface Packed {
  readonly content: Uint8Array
  /** What the directory says. @default the truth */
  readonly size?: number
}

/** An archive of one file. */
function archive({ content, size = content.byteLength }: Packed): Uint8Array<ArrayBuffer> {
  const packed = deflateRawSync(content)
  const name = Buffer.from('xl/workbook.xml')
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(8, 4)
  fields.writeUInt32LE(packed.byteLength, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(name.byteLength, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, packed])
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, Buffer.alloc(14), name])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.byteLength, 12)
  end.writeUInt32LE(local.byteLength, 16)
  return Uint8Array.from(Buffer.concat([local, entry, end]))
}

const codeOf = async (read: Promise<unknown>): Promise<string> =>
  read.then(
    () => 'taken',
    (error: unknown) => (error instanceof TerminalError ? error.code : String(error)),
  )

describe('files that are imported', () => {
  it('[R710] an archive that unpacks to more than its directory says, or to more than is taken, is refused unread', async () => {
    const content = new Uint8Array(30_000_000)
    expect(await codeOf(readWorkbook(archive({ content, size: 100 })))).toBe(
      'SHEET_FILE_UNREADABLE',
    )
    expect(await codeOf(readWorkbook(archive({ content, size: 3_000_000_000 })))).toBe(
      'SHEET_FILE_TOO_LARGE',
    )
  })

  it('[R711] a workbook with any bytes changed, left out or put in is read or refused by a code', async () => {
    const sheet: Sheet = {
      name: 'Rates',
      rows: [
        ['Score', '→ rate'],
        ['>= 700', 12],
        [null, 14.5],
      ],
    }
    const whole = Uint8Array.from(await writeWorkbook([sheet]))
    const place = fc.nat(whole.byteLength - 1)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 8 }),
        fc.option(fc.tuple(place, place)),
        async (changes, cut) => {
          const bytes = whole.slice()
          for (const [at, byte] of changes) bytes[at] = byte
          const [from, to] = (cut ?? [0, 0]).toSorted((a, b) => a - b)
          const given = Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(to)])
          const read = async (): Promise<SheetImport> =>
            importSheets('Rates', await readWorkbook(given))
          expect(await isTakenOrRefused(read)).toBe(true)
        },
      ),
      { ...runs, numRuns: 60 },
    )
  })

  const oddText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '__proto__',
      '__PROTO__',
      'constructor',
      '→ __proto__',
      'a: __proto__.b',
      'Hit policy: constructor',
      'Hit policy: __proto__',
      '=HYPERLINK("x")',
      '[1..',
      '((((((((',
      '"',
      '₹ 1,00,000',
      '12.5%',
      '-',
      'Note',
      '\u0000',
      '[['.repeat(60),
      `not(${'not('.repeat(120)}`,
    ),
  )
  const oddRows = fc.array(
    fc.array(fc.oneof(oddText, fc.double(), fc.boolean(), fc.constant(null)), { maxLength: 6 }),
    { maxLength: 8 },
  )

  it('[R712] any sheet and any CSV text is read or refused by a code, and its names reach no prototype', async () => {
    await fc.assert(
      fc.asyncProperty(oddRows, oddText, async (rows, name) => {
        const sheet = { name, rows } as Sheet
        expect(await isTakenOrRefused(() => importSheets(name, [sheet, sheet]))).toBe(true)
        const text = rows.map((row) => row.join(',')).join('\n')
        expect(await isTakenOrRefused(() => importSheets(name, [readCsv(name, text)]))).toBe(true)
        expect(Object.hasOwn(Object.prototype, 'b')).toBe(false)
      }),
      runs,
    )
    const { decision } = importSheets('x', [
      { name: 'x', rows: [['Hit policy: constructor'], ['__PROTO__', '→ __proto__'], [1, 2]] },
    ])
    expect(decision?.parts).toMatchObject([
      {
        hitPolicy: 'first',
        inputs: [{ id: '___proto__', expression: { var: '__PROTO__' } }],
        outputs: [{ id: '___proto__', expression: '___proto__' }],
      },
    ])
    expect(await codeOf(Promise.resolve().then(() => readCsv('x', 'a,b\n1,"2\n3,4')))).toBe(
      'SHEET_FILE_UNREADABLE',
    )
  })

  it('[R712] any JSON as JsonLogic is read or told, also nested beyond any stack', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 6 }),
        fc.constantFrom('and', 'var', 'map', 'reduce', 'if', 'throw', '__proto__', 'no_such'),
        async (json, operator) => {
          const rules = [{ [operator]: 1 }, JSON.parse(`{"${operator}":${JSON.stringify(json)}}`)]
          expect(await isTakenOrRefused(() => importJsonLogic('Rules', rules as Json))).toBe(true)
        },
      ),
      runs,
    )
    const deep = JSON.parse(`${'{"a":1,"b":'.repeat(5_000)}1${'}'.repeat(5_000)}`) as Json
    expect(importJsonLogic('Deep', deep).findings.map(({ code }) => code)).toEqual([
      'JSON_TOO_DEEP',
    ])
  })

  const dmn = (content: string): string =>
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="M">${content}</definitions>`
  const table =
    '<inputData id="i" name="age"><variable name="age" typeRef="number"/></inputData>' +
    '<decision id="d" name="D"><decisionTable hitPolicy="FIRST"><input><inputExpression><text>age</text></inputExpression></input>' +
    '<output name="ok"/><rule><inputEntry><text>&gt; 18</text></inputEntry><outputEntry><text>true</text></outputEntry></rule></decisionTable></decision>'

  it('[R713] any DMN text is read or refused by a code: torn, nested deeply, with entities or with hostile names', async () => {
    const whole = dmn(table)
    const place = fc.nat(whole.length)
    await fc.assert(
      fc.asyncProperty(place, place, oddText, async (one, other, put) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)]
        const cut = to - from < 40 ? to : from + 5
        const torn = whole.slice(0, from) + put + whole.slice(cut)
        expect(await isTakenOrRefused(() => importDmn(torn))).toBe(true)
      }),
      runs,
    )
    const nested = `${'<context><contextEntry>'.repeat(5_000)}${'</contextEntry></context>'.repeat(5_000)}`
    const deep = dmn(`<decision id="d" name="D">${nested}</decision>`)
    expect(await isTakenOrRefused(() => importDmn(deep))).toBe(true)
    const entities = `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${dmn('&b;')}`
    expect(await codeOf(Promise.resolve().then(() => importDmn(entities)))).toBe('DMN_UNREADABLE')
    const hostile = dmn(
      '<inputData name="__proto__"><variable typeRef="string"/></inputData>' +
        '<inputData name="constructor"/><decision id="d" name="__proto__"><literalExpression><text>1</text></literalExpression></decision>',
    )
    const { decision } = importDmn(hostile)
    expect(Object.keys(decision.input['properties'] ?? {})).toEqual(['___proto__', '_constructor'])
  })
})

describe('what one sees in a workbook and its file does not hold', () => {
  const sheet = async (rows: readonly (readonly unknown[])[]): Promise<Uint8Array<ArrayBuffer>> =>
    Uint8Array.from(
      // The library's own type of cells is wider than what stands here.
      await writeExcel([{ sheet: 'Rates & more', data: rows as never }]).toBuffer(),
    )
  const told = async (rows: readonly (readonly unknown[])[]): Promise<unknown[]> =>
    importSheets('Rates', await readWorkbook(await sheet(rows))).findings.map(
      ({ code, params }) => [code, params['sheet'], params['cells']],
    )
  const head = [{ value: 'age' }, { value: '→ rate' }]

  it('[R753] tells formulas without a saved result, and merged cells beyond a title', async () => {
    const formula = { type: 'Formula', value: '=1+2' }
    expect(await told([head, [{ value: 18 }, formula], [{ value: 19 }, { value: 3 }]])).toEqual([
      ['SHEET_FORMULA', 'Rates & more', 'B2'],
    ])
    const across = [{ value: 'x', columnSpan: 2 }, null]
    expect(await told([head, across, [{ value: 1 }, { value: 3 }]])).toEqual([
      ['SHEET_MERGED', 'Rates & more', 'A2:B2'],
    ])
    const headings = [{ value: 'age', rowSpan: 2 }, { value: '→ rate' }]
    expect(await told([headings, [null, { value: 3 }]])).toEqual([
      ['SHEET_MERGED', 'Rates & more', 'A1:A2'],
    ])
    expect(
      await told([
        [{ value: 'Hit policy: first', columnSpan: 2 }, null],
        head,
        [{ value: 1 }, { value: 3 }],
      ]),
    ).toEqual([])
    const [many] = await told([head, ...Array.from({ length: 14 }, () => [{ value: 1 }, formula])])
    expect(many).toEqual([
      'SHEET_FORMULA',
      'Rates & more',
      'B2, B3, B4, B5, B6, B7, B8, B9, B10, B11 and 4 more',
    ])
  })

  it('[R814] fills cells that are merged over rows of a column, and says so', async () => {
    const rows = [
      [{ value: 'kind' }, { value: 'score' }, { value: '→ rate' }],
      [{ value: 'SALARIED', rowSpan: 3 }, { value: '> 700' }, { value: 9, rowSpan: 2 }],
      [null, { value: '> 650' }, null],
      [null, null, null],
      [{ value: 'SELF' }, { value: '> 720' }, { value: 12 }],
    ]
    const { decision, findings } = importSheets('Rates', await readWorkbook(await sheet(rows)))
    expect(findings.map(({ code, severity, params }) => [code, severity, params['cells']])).toEqual(
      [['SHEET_MERGED_FILLED', 'info', 'A2:A4, C2:C3']],
    )
    const [part] = decision?.parts ?? []
    const given = part?.kind === 'table' ? part.rows.map((row) => [row.when[0], ...row.then]) : []
    expect(given).toEqual([
      ['SALARIED', 9],
      ['SALARIED', 9],
      ['SELF', 12],
    ])
  })

  it('[R814] bears any ranges that a file says are merged', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc
              .tuple(
                fc.constantFrom('A', 'B', 'XFD', ''),
                fc.nat(),
                fc.constantFrom('A', 'C'),
                fc.nat(),
              )
              .map(([a, top, b, bottom]) => `${a}${top}:${b}${bottom}`),
          ),
        ),
        (merged) => {
          const rows = [
            ['a', '→ b'],
            [1, 2],
            [null, 3],
          ]
          const unread = { formulas: [], merged: [...merged, 'A1:A1048576'] }
          expect(importSheets('x', [{ name: 'x', rows, unread }]).decision).not.toBeNull()
        },
      ),
    )
  })

  it('[R754] takes a workbook of megabytes whole, and refuses one of more than 20 by a code', async () => {
    // Texts that no packing makes small.
    const random = (length: number): string => randomBytes(length).toString('base64')
    const rows = Array.from({ length: 150 }, () => [
      { value: random(15_000) },
      { value: random(6_000) },
    ])
    const large = await sheet([head, ...rows])
    expect(large.byteLength).toBeGreaterThan(3_000_000)
    expect((await readWorkbook(large))[0]?.rows).toHaveLength(151)
    const tooLarge = new Uint8Array(20_000_001)
    tooLarge.set(large)
    expect(await codeOf(readWorkbook(tooLarge))).toBe('SHEET_FILE_TOO_LARGE')
  })
})
