/**
 * The cells of a spreadsheet's clipboard text. A cell in quotes may hold tabs, line ends and doubled quotes; one that
 * only begins with a quote, such as `"A","B"`, is taken as it stands.
 */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /"((?:[^"]|"")*)"(?=\t|\r?\n|$)|[^\t\n]*/y
  let at = 0
  for (;;) {
    cell.lastIndex = at
    const match = cell.exec(text)
    const [whole = '', quoted] = match ?? []
    at += whole.length
    rows.at(-1)?.push((quoted?.replaceAll('""', '"') ?? whole).trim())
    const sign = text[at] === '\r' ? text[at + 1] : text[at]
    if (sign === undefined) break
    at += text[at] === '\r' ? 2 : 1
    if (sign === '\n') {
      if (at === text.length) break
      rows.push([])
    }
  }
  return rows
}

const written = (cell: string): string =>
  /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** As spreadsheets read it. */
export const printTsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(written).join('\t')).join('\n')
