import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readWorkbook, writeWorkbook } from '#engine/adapters/sheets/workbook.ts'
import { main } from '#engine/cli/main.ts'

async function metis(cwd: string, ...argv: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await main(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    env: {},
    cwd,
    colour: false,
    interrupted: new AbortController().signal,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'metis-exchange-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

const csv = 'Hit policy: first\r\nscore;→ rate\r\n>= 750;11.5\r\n-;14\r\n'

const dmn = `<definitions name="Age check"><inputData name="Age"><variable typeRef="number"/></inputData>
<decision name="Adult"><literalExpression><text>Age &gt;= 18</text></literalExpression></decision></definitions>`

describe('metis import and export', () => {
  it('takes a DMN model', async () => {
    const cwd = await folder()
    await writeFile(join(cwd, 'age.dmn'), dmn)
    expect(await metis(cwd, 'import', 'age.dmn')).toMatchObject({ code: 0, err: '' })
    const made = JSON.parse(await readFile(join(cwd, 'age-check.json'), 'utf8')) as object
    expect(made).toMatchObject({ parts: [{ value: { gte: [{ var: 'Age' }, 18] } }] })
  })

  it('[R465] goes from CSV to a decision, to Excel and back', async () => {
    const cwd = await folder()
    await writeFile(join(cwd, 'Rates.csv'), csv)
    expect(await metis(cwd, 'import', 'Rates.csv', '--to', 'made')).toMatchObject({ code: 0 })
    const first = JSON.parse(await readFile(join(cwd, 'made/rates.json'), 'utf8')) as unknown
    expect(
      await metis(cwd, 'export', 'made/rates.json', '--as', 'xlsx', '--out', 'Rates.xlsx'),
    ).toEqual({ code: 0, out: '', err: '' })
    expect(await metis(cwd, 'import', 'Rates.xlsx', '--to', 'again')).toMatchObject({ code: 0 })
    expect(JSON.parse(await readFile(join(cwd, 'again/rates.json'), 'utf8'))).toEqual(first)
    const { out } = await metis(cwd, 'export', 'again/rates.json', '--as', 'csv')
    expect(out).toBe('Hit policy: first\r\nscore,→ rate\r\n>= 750,11.5\r\n-,14')
  })

  it('[R466] takes JsonLogic rules and gives them back; one that does not compile is named', async () => {
    const cwd = await folder()
    const rules = [{ name: 'Adult', rule: { '>=': [{ var: 'age' }, 18] } }]
    await writeFile(join(cwd, 'rules.json'), JSON.stringify([...rules, { nope: [1] }]))
    const { code, err } = await metis(cwd, 'import', 'rules.json', '--to', 'made')
    expect(code).toBe(1)
    expect(err).toContain('nope')
    const { out } = await metis(cwd, 'export', 'made/rules.json', '--as', 'jsonlogic')
    expect(JSON.parse(out)).toEqual(rules)
  })

  it('[R467] refuses what is no spreadsheet, and an archive that would unpack to too much', async () => {
    await expect(readWorkbook(new TextEncoder().encode('hello'))).rejects.toThrow(
      /SHEET_FILE_UNREADABLE|cannot be read/,
    )
    const bytes = await writeWorkbook([{ name: 'T', rows: [['a', 1]] }])
    const bomb = Uint8Array.from(bytes)
    const view = new DataView(bomb.buffer)
    // The directory's first entry says that it unpacks to 4 GB.
    const at =
      Array.from(bomb.keys()).find(
        (each) => each + 4 <= bomb.length && view.getUint32(each, true) === 0x02014b50,
      ) ?? 0
    view.setUint32(at + 24, 0xfffffff0, true)
    await expect(readWorkbook(bomb)).rejects.toMatchObject({ code: 'SHEET_FILE_TOO_LARGE' })
    expect((await readWorkbook(Uint8Array.from(bytes)))[0]?.rows).toEqual([['a', 1]])
  })
})
