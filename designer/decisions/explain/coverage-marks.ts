import type { Coverage } from '#core/decision/testing/coverage.ts'

/** What the tests make of a rule, a row, a bin or a case. */
export interface CoverageMark {
  /** Tests that meet it. */
  readonly tests: number
  /** Its comparisons, and how many of them the tests have seen both true and false. */
  readonly comparisons: number
  readonly bothWays: number
  /** Of a row: the columns of conditions that the tests have not seen both ways. */
  readonly halfSeen: readonly number[]
  readonly state: 'none' | 'some' | 'full'
}
export type CoverageMarks = ReadonlyMap<string, CoverageMark>

/** The key of a unit among the marks. */
export const coverageKey = (part: string, unit: string): string => `${part}\u0000${unit}`

const ownPointer = /^\/parts\/\d+\/[a-z]+\/\d+(?:\/bins\/\d+)?/

/** What the tests exercise of the decision itself, by unit; other decisions that it asks are left out. */
export function coverageMarks(coverage: Coverage | null, decision: string): CoverageMarks {
  const seen = new Map<string, { all: number; both: number; half: number[] }>()
  for (const { pointer, decision: of, seenTrue, seenFalse } of coverage?.comparisons ?? []) {
    const own = ownPointer.exec(pointer)?.[0]
    if (of !== decision || own === undefined) continue
    const counted = seen.get(own) ?? { all: 0, both: 0, half: [] }
    seen.set(own, counted)
    counted.all += 1
    if (seenTrue && seenFalse) counted.both += 1
    else {
      const column = /\/when\/(\d+)/.exec(pointer.slice(own.length))?.[1]
      if (column !== undefined) counted.half.push(Number(column))
    }
  }
  return new Map(
    (coverage?.units ?? [])
      .filter((unit) => unit.decision === decision && !unit.part.includes('.'))
      .map(({ part, unit, pointer, tests }) => {
        const { all, both, half } = seen.get(pointer) ?? { all: 0, both: 0, half: [] }
        const state = tests.length === 0 ? 'none' : both === all ? 'full' : 'some'
        return [
          coverageKey(part, unit),
          {
            tests: tests.length,
            comparisons: all,
            bothWays: both,
            halfSeen: [...new Set(half)],
            state,
          },
        ] as const
      }),
  )
}

/** How many of a part's units the tests meet; null where it has none, or coverage is not shown. */
export interface PartCoverage {
  readonly met: number
  readonly all: number
  readonly state: CoverageMark['state']
}

export function partCoverage(marks: CoverageMarks, part: string): PartCoverage | null {
  const prefix = coverageKey(part, '')
  const mine = [...marks].flatMap(([key, mark]) => (key.startsWith(prefix) ? [mark] : []))
  if (mine.length === 0) return null
  const met = mine.filter(({ state }) => state !== 'none').length
  const whole = mine.every(({ state }) => state === 'full')
  return { met, all: mine.length, state: whole ? 'full' : met === 0 ? 'none' : 'some' }
}
