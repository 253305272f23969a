import { describe, expect, it } from 'vitest'
import { cases, type CaseName } from './cases.ts'
import { printed, type Line } from '../line.ts'
import type { Sizes } from './sizes.ts'

const tiny: Sizes = {
  runs: 12,
  inFlight: 4,
  rounds: 1,
  // Its database is installed only by a whole run.
  dbosRuns: 0,
  rate: 50,
  seconds: 0.2,
  nodes: [10, 20],
  compiledNodes: 20,
  waiting: 20,
}

const baselines: Readonly<Record<CaseName, readonly string[]>> = {
  'durable-12': ['limit', 'limit-inert', 'limit-invoke'],
  realtime: ['express-insert', 'express-insert-p99'],
  'step-cost': ['10-nodes'],
  compile: ['budget'],
  waiting: ['memory-budget', 'restart-budget', 'none-waiting'],
  'journal-size': ['budget'],
  'loop-delay': ['budget', 'budget-with-documents'],
}

async function linesOf(name: CaseName): Promise<Line[]> {
  const lines: Line[] = []
  for await (const line of cases[name](tiny, () => {})) lines.push(line)
  return lines
}

describe('the benchmark', () => {
  for (const name of Object.keys(cases) as CaseName[])
    it(`[R311] measures ${name}, a line for each baseline`, async () => {
      const lines = await linesOf(name)
      expect(lines.map(({ baseline }) => baseline)).toEqual(baselines[name])
      for (const line of lines) {
        const told = JSON.parse(printed(line)) as Record<string, unknown>
        expect(Object.keys(told)).toEqual([
          'case',
          'value',
          'unit',
          'baseline',
          'baselineValue',
          'ratio',
        ])
        expect(told['case']).toBe(name)
        for (const field of ['value', 'baselineValue', 'ratio'])
          expect(told[field], `${name} ${line.baseline} ${field}`).toBeGreaterThan(0)
      }
    })

  it('[R312] the database grows by less than 600 bytes with each step, besides what people see of it', async () => {
    for await (const { value } of cases['journal-size'](
      { ...tiny, runs: 2_000, inFlight: 250 },
      () => {},
    ))
      expect(value).toBeLessThan(600)
  })
})
