import { giveOutcome } from '#core/decision/draft.ts'
import type { Frame, Layout } from '#core/decision/layout.ts'
import { bind, missingPaths, type PartProgram } from '#core/decision/program.ts'
import type { Outcome } from '#core/decision/result.ts'
import { cellTest } from '#core/decision/table.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import type { Env } from '#core/logic/evaluation.ts'
import { parseLogic } from '#core/logic/parse.ts'

export type ScorecardPart = Extract<DecisionPart, { kind: 'scorecard' }>
type Characteristic = ScorecardPart['characteristics'][number]

const mostReasons = 4

/** What one characteristic came to. */
interface Scored {
  readonly points: number
  readonly bin: string
  readonly reason: { readonly code: string; readonly text: string } | undefined
  /** Points against the best that the characteristic can give, 0 or below. */
  readonly contribution: number
}

/**
 * Points are added to the base. The value is `{ score, points, reasons }`: points by characteristic, and reasons of the
 * bins that cost most against the characteristic's best one. Where a value is null and has no points of its own, or no
 * bin takes it, the whole score is null.
 */
export function compileScorecard(part: ScorecardPart, layout: Layout): PartProgram {
  const scorers = part.characteristics.map((each) => ({ each, score: scorer(each, layout) }))
  return {
    id: part.id,
    units: [],
    first: false,
    conclude: (draft, frame, env) => {
      let known = true
      let score = part.base
      const points: [string, number][] = []
      const lost: Scored[] = []
      for (const { each, score: scored } of scorers) {
        const found = scored(frame, env)
        if ('missing' in found) {
          known = false
          draft.unknown.push({ part: part.id, rule: each.id, missing: found.missing })
          continue
        }
        score += found.points
        points.push([each.id, found.points])
        if (found.contribution < 0) lost.push(found)
        draft.fired.push({ part: part.id, rule: `${each.id}.${found.bin}`, name: each.name })
      }
      if (!known) return null
      const reasons = lost
        .toSorted((a, b) => a.contribution - b.contribution)
        .flatMap(({ reason, contribution }) => (reason ? [{ ...reason, contribution }] : []))
        .slice(0, part.reasons?.most ?? mostReasons)
      const outcome = outcomeOf(part.cutoffs, score)
      if (outcome !== null) {
        giveOutcome(draft, outcome)
        if (outcome !== 'approve')
          draft.reasons.push(...reasons.map((reason) => ({ ...reason, source: part.id })))
      }
      return { score, points: Object.fromEntries(points), reasons }
    },
  }
}

function scorer(
  each: Characteristic,
  layout: Layout,
): (frame: Frame, env: Env) => Scored | { readonly missing: readonly string[] } {
  const tree = parseLogic(each.expression)
  const value = bind(tree, layout)
  const missing = missingPaths(tree, layout)
  const bins = each.bins.map((bin) => ({
    bin,
    test: bin.when === null ? null : bind(cellTest(parseLogic(bin.when), tree), layout),
  }))
  const { missing: absent } = each
  const best = Math.max(...each.bins.map(({ points }) => points), absent?.points ?? -Infinity)
  const scored = (
    bin: string,
    given: Pick<Characteristic['bins'][number], 'points' | 'reason'>,
  ) => ({
    points: given.points,
    bin,
    reason: given.reason,
    contribution: given.points - best,
  })
  return (frame, env) => {
    if (value(frame, env) === null)
      return absent ? scored('missing', absent) : { missing: missing(frame, env) }
    const found = bins.find(({ test }) => test === null || test(frame, env) === true)
    return found ? scored(found.bin.id, found.bin) : { missing: [] }
  }
}

function outcomeOf(cutoffs: ScorecardPart['cutoffs'], score: number): Outcome | null {
  if (cutoffs === undefined) return null
  if (cutoffs.declineBelow !== undefined && score < cutoffs.declineBelow) return 'decline'
  return cutoffs.approveFrom === undefined || score >= cutoffs.approveFrom ? 'approve' : 'refer'
}
