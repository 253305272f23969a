import { describe, expect, it } from 'vitest'
import { printed, type Line } from '../line.ts'
import { cases, type CaseName } from './cases.ts'
import type { Sizes } from './sizes.ts'

// Other engines are installed only by a whole run.
const tiny: Sizes = {
  applicants: 50,
  rounds: 1,
  atLeast: 1,
  engines: false,
  batch: 200,
  editedRows: 60,
}

const baselines: Readonly<Record<CaseName, readonly string[]>> = {
  'rules-20': ['hand'],
  'table-100': ['hand'],
  'table-1000': ['hand'],
  'table-10000': ['hand'],
  batch: ['hand', 'memory-budget'],
  'analysis-200x20': ['budget'],
  'analysis-2000x30': ['budget'],
  'analysis-edit': ['opened'],
}

describe('the benchmark of rules', () => {
  for (const name of Object.keys(cases) as CaseName[])
    it(`[R442] measures ${name}, once all give the same answers`, async () => {
      const lines: Line[] = []
      for await (const line of cases[name](tiny, () => {})) lines.push(line)
      expect(lines.map(({ baseline }) => baseline)).toEqual(baselines[name])
      for (const line of lines) {
        expect(line.case).toBe(name)
        expect((JSON.parse(printed(line)) as Line).ratio).toBeGreaterThan(0)
      }
    })
})
