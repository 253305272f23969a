/** A column of a file that says how it went with its applicants, and the value that stands for "bad". */
export interface OutcomeColumn {
  readonly column: string
  readonly bad: string
}

/** A column that could be one. */
export interface OutcomeChoice {
  readonly column: string
  readonly values: readonly string[]
}

/** A column with more different values says no outcome. */
const mostValues = 8

/** The columns of few values that fill no input; an empty cell is an outcome that is not known. */
export function outcomeChoices(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  isInput: (column: number) => boolean,
): OutcomeChoice[] {
  return headers.flatMap((column, index) => {
    if (column === '' || isInput(index)) return []
    const values = new Set<string>()
    for (const cells of rows) {
      const text = (cells[index] ?? '').trim()
      if (text !== '') values.add(text)
      if (values.size > mostValues) return []
    }
    return values.size < 2 ? [] : [{ column, values: [...values].toSorted() }]
  })
}

const namedSo =
  /^(is_?)?(bad|default(ed)?|target|outcome|label|class|y|risk|npa|delinquent|charged.?off|credit_?risk)\b|default|riskperformance|dpd/i
const badValue = /^(1|1\.0|bad|yes|y|true|default(ed)?|npa|delinquent)$/i

/** The column that is most likely meant; null where none has a telling name and a value that says "bad". */
export function guessOutcome(choices: readonly OutcomeChoice[]): OutcomeColumn | null {
  for (const { column, values } of choices) {
    const bad = values.find((value) => badValue.test(value))
    if (namedSo.test(column) && values.length === 2 && bad !== undefined) return { column, bad }
  }
  return null
}
