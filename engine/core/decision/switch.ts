import type { Layout } from '#core/decision/layout.ts'
import { bind, missingPaths, type PartProgram } from '#core/decision/program.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import { parseLogic } from '#core/logic/parse.ts'

export type SwitchPart = Extract<DecisionPart, { kind: 'switch' }>

/** The value of a switch of which no case is true. */
export const otherwise = 'otherwise'

/** The first case that is true ends it; the value is the case's id, or `otherwise`. */
export function compileSwitch(part: SwitchPart, layout: Layout): PartProgram {
  return {
    id: part.id,
    first: true,
    units: part.cases.map((each, index) => {
      const condition = parseLogic(each.when)
      const fired = Object.freeze({ part: part.id, rule: each.id, name: each.name })
      return {
        id: each.id,
        condition,
        inForce: null,
        test: bind(condition, layout),
        hit: (draft) => {
          draft.part.hits.push(index)
          draft.fired.push(fired)
        },
        missing: missingPaths(condition, layout),
      }
    }),
    conclude: (draft) => part.cases[draft.part.hits[0] ?? -1]?.id ?? otherwise,
  }
}
