import { describe, expect, it } from 'vitest'
import { cases } from '../bench/editor/cases.ts'
import { printed, type Line } from '../bench/line.ts'
import type { Sizes } from '../bench/editor/sizes.ts'

const tiny: Sizes = {
  rows: 60,
  columns: 5,
  scrolledRows: 60,
  scrolledColumns: 5,
  fewRows: 20,
  cells: 2,
  frames: 20,
}

describe('the benchmark of the editor', () => {
  for (const [name, measure] of Object.entries(cases))
    it(`[R799] measures ${name}, beside the same in a table of few rows`, async () => {
      const lines: Line[] = []
      for await (const line of measure(tiny, () => {})) lines.push(line)
      expect(lines.map(({ baseline }) => baseline)).toEqual(['rows-20'])
      for (const line of lines) {
        expect(line.case).toBe(name)
        expect((JSON.parse(printed(line)) as Line).ratio).toBeGreaterThan(0)
      }
    })
})
