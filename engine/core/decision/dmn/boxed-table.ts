import { childOf, childrenOf, textOf, type Element } from '#core/decision/dmn/model.ts'
import { isObject, type Json } from '#core/json.ts'
import { parseFeel } from '#core/logic/feel/parse.ts'

const totals: Readonly<Record<string, string>> = {
  SUM: 'sum',
  MIN: 'min',
  MAX: 'max',
  COUNT: 'count',
}

interface Row {
  readonly condition: string
  /** FEEL text of what it gives, and of each of its outputs. */
  readonly value: string
  readonly gives: readonly string[]
}

const firstOf = (rows: readonly Row[], otherwise: string): string =>
  `(${rows.map(({ condition, value }) => `if ${condition} then ${value} else `).join('')}${otherwise})`

/** The value that a text writes out, as JSON; null where it is worked out. */
const writtenValue = (text: string): string | null => {
  const result = parseFeel(text)
  const logic = 'logic' in result ? result.logic : undefined
  return logic === undefined || isObject(logic) ? null : JSON.stringify(logic)
}

/** Rows by the places of their outputs in the lists of values, the best first; null where an output is worked out. */
function byOutputs(table: Element, rows: readonly Row[]): readonly Row[] | null {
  const lists = childrenOf(table, 'output').map((output) => {
    const text = textOf(childOf(output, 'outputValues'))
    const result = parseFeel(`[${text}]`)
    const values = 'logic' in result && Array.isArray(result.logic) ? (result.logic as Json[]) : []
    return values.map((value) => JSON.stringify(value))
  })
  const ranks = new Map<Row, readonly number[]>()
  for (const row of rows) {
    const places = row.gives.map((text, at) => {
      const value = writtenValue(text)
      const place = value === null ? null : (lists[at] ?? []).indexOf(value)
      return place === -1 ? Infinity : place
    })
    if (places.includes(null)) return null
    ranks.set(row, places as number[])
  }
  return rows.toSorted((a, b) => {
    const [one = [], other = []] = [ranks.get(a), ranks.get(b)]
    const at = one.findIndex((rank, index) => rank !== other[index])
    return at < 0 ? 0 : (one[at] ?? 0) < (other[at] ?? 0) ? -1 : 1
  })
}

/**
 * A decision table inside another expression, as FEEL text: the first row that is met, or all of them in a list. Of a
 * unique table it is the first as well, where DMN has an error. Rows that rank by
 * their outputs are put in that order. Null where outputs that rank are worked out, or a cell asks by `?`.
 */
export function boxedTableText(table: Element, fieldName: (name: string) => string): string | null {
  const inputs = childrenOf(table, 'input').map((input) =>
    textOf(childOf(input, 'inputExpression')),
  )
  const outputs = childrenOf(table, 'output')
  const { hitPolicy = 'UNIQUE', aggregation = '' } = table.attributes
  const given = (texts: readonly string[]): string => {
    const values = texts.map((text) => (text.trim() === '' ? 'null' : `(${text})`))
    if (outputs.length <= 1) return values[0] ?? 'null'
    const fields = outputs.map(
      ({ attributes: { name, label } }, at) =>
        `${fieldName(name ?? label ?? '')}: ${values[at] ?? 'null'}`,
    )
    return `{${fields.join(', ')}}`
  }
  const rows = childrenOf(table, 'rule').map((rule) => {
    const cells = childrenOf(rule, 'inputEntry').map((entry) => textOf(entry).trim())
    const asked = cells.flatMap((cell, at) =>
      cell === '' || cell === '-' ? [] : [`(${inputs[at] ?? 'null'}) in (${cell})`],
    )
    return {
      cells,
      condition: asked.length === 0 ? 'true' : asked.join(' and '),
      gives: childrenOf(rule, 'outputEntry').map(textOf),
      value: given(childrenOf(rule, 'outputEntry').map(textOf)),
    }
  })
  if (rows.some(({ cells }) => cells.some((cell) => cell.includes('?')))) return null
  const texts = outputs.map((output) => textOf(childOf(output, 'defaultOutputEntry')))
  const otherwise = texts.some((text) => text !== '') ? given(texts) : 'null'
  if (['UNIQUE', 'FIRST', 'ANY'].includes(hitPolicy)) return firstOf(rows, otherwise)
  const ranked = ['PRIORITY', 'OUTPUT ORDER'].includes(hitPolicy) ? byOutputs(table, rows) : rows
  if (ranked === null) return null
  if (hitPolicy === 'PRIORITY') return firstOf(ranked, otherwise)
  const each = ranked.map(({ condition, value }) => `if ${condition} then [${value}] else []`)
  const list = each.length === 0 ? '[]' : `concatenate(${each.join(', ')})`
  return Object.hasOwn(totals, aggregation) ? `${totals[aggregation]}(${list})` : list
}
