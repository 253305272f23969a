/** Markdown read into plain data, so that it is rendered as elements and never as HTML. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly of: readonly Inline[] }
  | { readonly kind: 'em'; readonly of: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly of: readonly Inline[] }

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly of: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly of: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly items: readonly (readonly Inline[])[]
    }
  | {
      readonly kind: 'table'
      readonly head: readonly (readonly Inline[])[]
      readonly rows: readonly (readonly (readonly Inline[])[])[]
    }

const inlinePattern = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/g

/** Only addresses that cannot run anything. */
const isSafe = (href: string): boolean => /^(https?:\/\/|mailto:|#|\/|\.)/i.test(href)

export function readInline(source: string): Inline[] {
  const parts: Inline[] = []
  let end = 0
  for (const match of source.matchAll(inlinePattern)) {
    if (match.index > end) parts.push({ kind: 'text', text: source.slice(end, match.index) })
    const [whole, code, strong, em, label, href] = match
    if (code !== undefined) parts.push({ kind: 'code', text: code })
    else if (strong !== undefined) parts.push({ kind: 'strong', of: readInline(strong) })
    else if (em !== undefined) parts.push({ kind: 'em', of: readInline(em) })
    else if (label !== undefined && href !== undefined && isSafe(href))
      parts.push({ kind: 'link', href, of: readInline(label) })
    else parts.push({ kind: 'text', text: label ?? whole })
    end = match.index + whole.length
  }
  if (end < source.length) parts.push({ kind: 'text', text: source.slice(end) })
  return parts
}

const bullet = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/
const cellsOf = (line: string): Inline[][] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => readInline(cell.trim()))

const isSpecial = (line: string): boolean =>
  line.trim() === '' || /^(#{1,6}\s|```|\|)/.test(line) || bullet.test(line)

function readList(lines: readonly string[], from: number): readonly [Block, number] {
  const items: string[] = []
  let at = from
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const match = bullet.exec(line)
    if (match !== null) items.push(match[2] ?? '')
    else if (/^\s+\S/.test(line) && items.length > 0)
      items.push(`${items.pop() ?? ''} ${line.trim()}`)
    else break
  }
  const ordered = bullet.exec(lines[from] ?? '')?.[1] !== undefined
  return [{ kind: 'list', ordered, items: items.map(readInline) }, at]
}

function readTable(lines: readonly string[], from: number): readonly [Block, number] {
  let at = from
  const rows: Inline[][][] = []
  for (; at < lines.length && (lines[at] ?? '').startsWith('|'); at += 1)
    if (!/^[|\s:-]+$/.test(lines[at] ?? '')) rows.push(cellsOf(lines[at] ?? ''))
  const [head = [], ...body] = rows
  return [{ kind: 'table', head, rows: body }, at]
}

function readBlock(lines: readonly string[], from: number): readonly [Block, number] {
  const line = lines[from] ?? ''
  const heading = /^(#{1,6})\s+(.*)$/.exec(line)
  if (heading !== null)
    return [
      { kind: 'heading', level: heading[1]?.length ?? 1, of: readInline(heading[2] ?? '') },
      from + 1,
    ]
  if (line.startsWith('```')) {
    const close = lines.findIndex((each, index) => index > from && each.startsWith('```'))
    const end = close < 0 ? lines.length : close
    return [{ kind: 'code', text: lines.slice(from + 1, end).join('\n') }, end + 1]
  }
  if (bullet.test(line)) return readList(lines, from)
  if (line.startsWith('|')) return readTable(lines, from)
  let at = from + 1
  while (at < lines.length && !isSpecial(lines[at] ?? '')) at += 1
  return [{ kind: 'paragraph', of: readInline(lines.slice(from, at).join(' ')) }, at]
}

/** Headings, paragraphs, lists, tables and code: what a node's README needs. */
export function readMarkdown(source: string): Block[] {
  const lines = source.replaceAll('\r\n', '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    if ((lines[at] ?? '').trim() === '') {
      at += 1
      continue
    }
    const [block, next] = readBlock(lines, at)
    blocks.push(block)
    at = next
  }
  return blocks
}
