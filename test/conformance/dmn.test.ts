import { describe, expect, it } from 'vitest'
import { alike, dmnResults } from './dmn.ts'
import { suitesFolder } from './suites.ts'

const results = dmnResults()

describe.skipIf(results.length === 0)(
  `[R462] DMN: compliance level 2 in ${suitesFolder} (or METIS_SUITES)`,
  () => {
    it('has 126 results', () => expect(results).toHaveLength(126))
    it.each(results.map((each) => [each.name, each] as const))(
      '%s',
      (_name, { expected, actual }) => {
        const given = actual()
        expect(alike(given, expected), `${JSON.stringify(given)}`).toBe(true)
      },
    )
  },
)
