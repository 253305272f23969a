/** The id of the element that shows a rule or row of a part, or the part itself. */
export const unitElement = (part: string, rule: string | null): string =>
  rule === null ? `part-${part}` : `part-${part}-${rule}`

/** Brings a part, and its rule or row where it is drawn, into view and marks it; the answer takes the mark away. */
export function showUnit(part: string, rule: string | null): () => void {
  const element =
    document.getElementById(unitElement(part, rule)) ??
    document.getElementById(unitElement(part, null))
  if (element === null) return () => undefined
  element.dataset['shown'] = 'true'
  element.scrollIntoView({ block: 'nearest' })
  return () => {
    delete element.dataset['shown']
  }
}
