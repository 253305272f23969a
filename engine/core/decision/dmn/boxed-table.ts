import { childOf, childrenOf, textOf, type Element } from '#core/decision/dmn/model.ts'

const totals: Readonly<Record<string, string>> = {
  SUM: 'sum',
  MIN: 'min',
  MAX: 'max',
  COUNT: 'count',
}

/**
 * A decision table inside another expression, as FEEL text: the first row that is met, or all of them in a list. Of a
 * unique table it is the first as well, where DMN has an error. Null where the rows are ranked by their outputs, or a
 * cell asks by `?`.
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
      value: given(childrenOf(rule, 'outputEntry').map(textOf)),
    }
  })
  if (rows.some(({ cells }) => cells.some((cell) => cell.includes('?')))) return null
  if (['UNIQUE', 'FIRST', 'ANY'].includes(hitPolicy)) {
    const texts = outputs.map((output) => textOf(childOf(output, 'defaultOutputEntry')))
    const otherwise = texts.some((text) => text !== '') ? given(texts) : 'null'
    return `(${rows.map(({ condition, value }) => `if ${condition} then ${value} else `).join('')}${otherwise})`
  }
  if (hitPolicy !== 'COLLECT' && hitPolicy !== 'RULE ORDER') return null
  const each = rows.map(({ condition, value }) => `if ${condition} then [${value}] else []`)
  const list = each.length === 0 ? '[]' : `concatenate(${each.join(', ')})`
  return Object.hasOwn(totals, aggregation) ? `${totals[aggregation]}(${list})` : list
}
