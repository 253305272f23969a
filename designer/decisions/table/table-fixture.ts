import type { Logic } from '#core/graph/flow.ts'
import type { Table } from './edit-table.ts'

/** Score and kind give a rate; one row for each pair of cells and what it gives. */
export const rates = (
  ...rows: readonly (readonly [score: Logic, kind: Logic, rate: Logic, note?: string])[]
): Table => ({
  kind: 'table',
  id: 'rates',
  name: 'Rates',
  hitPolicy: 'first',
  inputs: [
    { id: 'score', name: 'Score', expression: { var: 'score' }, type: 'number' },
    { id: 'kind', name: 'Kind', expression: { var: 'kind' }, type: 'string' },
  ],
  outputs: [{ id: 'rate', name: 'Rate', expression: 'rate', type: 'number' }],
  rows: rows.map(([score, kind, rate, note], index) => ({
    id: `row_${index + 1}`,
    when: [score, kind],
    then: [rate],
    ...(note !== undefined && { note }),
  })),
})
