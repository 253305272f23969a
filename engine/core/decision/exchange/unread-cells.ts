import { unpackedTexts } from '#core/decision/exchange/zip.ts'

/** Cells of a sheet whose value is not in the file where they stand, as `B3` and `A2:A4`. */
export interface UnreadCells {
  /** Formulas that no program has worked out before the file was saved. */
  readonly formulas: readonly string[]
  /** Merged cells: all but the first are empty. */
  readonly merged: readonly string[]
}

/** Of an Excel file, by the names of its sheets. */
export async function unreadCells(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<ReadonlyMap<string, UnreadCells>> {
  const isIndex = (name: string): boolean =>
    name === 'xl/workbook.xml' || name === 'xl/_rels/workbook.xml.rels'
  const isSheet = (name: string): boolean => /^xl\/worksheets\/[^/]+\.xml$/.test(name)
  const targets = new Map<string, string>()
  const names: { name: string; relation: string }[] = []
  const texts = await unpackedTexts(bytes, (name) => isIndex(name) || isSheet(name))
  for (const [, text] of texts.filter(([name]) => isIndex(name)))
    for (const { tag, attribute } of tagsOf(text)) {
      if (tag === 'Relationship')
        targets.set(attribute('Id'), attribute('Target').replace(/^(\/?xl)?\//, ''))
      if (tag === 'sheet')
        names.push({ name: plain(attribute('name')), relation: attribute('r:id') })
    }
  const found = new Map<string, UnreadCells>()
  for (const [path, text] of texts.filter(([name]) => isSheet(name))) {
    const cells = unreadIn(text)
    for (const { name, relation } of names)
      if (`xl/${targets.get(relation)}` === path) found.set(name, cells)
  }
  return found
}

function unreadIn(text: string): UnreadCells {
  const formulas: string[] = []
  const merged: string[] = []
  let cell = ''
  let isOpen = false
  for (const { tag, attribute } of tagsOf(text)) {
    if (tag === 'c') {
      if (isOpen) formulas.push(cell)
      cell = attribute('r')
      isOpen = false
    } else if (tag === 'f') isOpen = true
    else if (tag === 'v' || tag === 'is') isOpen = false
    else if (tag === 'mergeCell') {
      const ref = attribute('ref')
      // A title over the columns takes nothing from them.
      if (!/^[A-Z]+1:[A-Z]+1$/.test(ref)) merged.push(ref)
    }
  }
  if (isOpen) formulas.push(cell)
  return { formulas, merged }
}

/** The opening tags of an XML text, without their prefixes. */
function* tagsOf(text: string): Generator<{ tag: string; attribute: (name: string) => string }> {
  for (const [, tag = '', inside = ''] of text.matchAll(/<(?:\w+:)?(\w+)\b([^<>]*)>/g))
    yield {
      tag,
      attribute: (name) => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(inside)?.[1] ?? '',
    }
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}
const plain = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '')
