import { analyseTable } from '#core/decision/analysis/analyse-table.ts'
import { exampleOf } from '#core/decision/analysis/example.ts'
import { describeCells } from '#core/decision/describe-row.ts'
import { freshId } from '#core/decision/fresh-id.ts'
import { report } from '#core/decision/report.ts'
import type { TablePart } from '#core/decision/table.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import type { JsonSchema } from '#core/json.ts'

type Scorecard = Extract<DecisionPart, { kind: 'scorecard' }>
type Characteristic = Scorecard['characteristics'][number]

/** Values that no bin takes, and bins that take none: the first bin that takes a value counts, as of a table. */
export const scorecardFindings = (part: Scorecard, path: string, schema: JsonSchema): Finding[] =>
  part.characteristics.flatMap((each, index) =>
    each.bins.length === 0
      ? []
      : binFindings(each, `${path}/characteristics/${index}/bins`, schema),
  )

function binFindings(characteristic: Characteristic, path: string, schema: JsonSchema): Finding[] {
  const { bins, name, id } = characteristic
  const table = asTable(characteristic)
  const analysis = analyseTable(table, schema)
  if (analysis === null || analysis === 'too wide') return []
  const params = { characteristic: name || id }
  const removed = (bin: number): Fix => ({
    title: `Remove bin ${bin + 1}`,
    patch: [{ op: 'remove', path: `${path}/${bin}` }],
  })
  return [
    ...analysis.gaps.flatMap(({ witness, when, missing }) =>
      // What is missing has points of its own.
      witness.real && missing === null
        ? [
            report('CHARACTERISTIC_GAP', path, {
              severity: 'warning',
              params: {
                ...params,
                where: describeCells(table, when),
                example: exampleOf(witness.input),
              },
              fix: {
                title: 'Add the missing bin',
                patch: [
                  {
                    op: 'add',
                    path: `${path}/-`,
                    value: {
                      id: freshId(
                        'bin',
                        bins.map((bin) => bin.id),
                      ),
                      // zod's JSON type is mutable, ours is not.
                      when: (when[0] ?? null) as Fix['patch'][number]['value'] & {},
                      points: 0,
                    },
                  },
                ],
              },
            }),
          ]
        : [],
    ),
    ...analysis.never.map((bin) =>
      report('BIN_NEVER', `${path}/${bin}`, {
        severity: 'warning',
        params: { ...params, bin: String(bin + 1) },
        fix: removed(bin),
      }),
    ),
    ...analysis.shadowed.map(({ row: bin, by }) =>
      report('BIN_HIDDEN', `${path}/${bin}`, {
        severity: 'warning',
        params: {
          ...params,
          bin: String(bin + 1),
          earlier: by.map((other) => String(other + 1)).join(', '),
        },
        fix: removed(bin),
      }),
    ),
  ]
}

const asTable = ({ id, name, expression, bins }: Characteristic): TablePart => ({
  kind: 'table',
  id,
  name,
  hitPolicy: 'first',
  inputs: [{ id, name, expression, type: 'any' }],
  outputs: [{ id: 'points', name: 'Points', expression: 'points', type: 'number' }],
  rows: bins.map((bin) => ({ id: bin.id, when: [bin.when], then: [bin.points] })),
})
