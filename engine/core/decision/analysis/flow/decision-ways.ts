import { fieldOf as columnField, rowTests, type TablePart } from '#core/decision/table.ts'
import type { RulesPart } from '#core/decision/rules.ts'
import type { Outcome } from '#core/decision/result.ts'
import { isOutcome, outcomes } from '#core/decision/severity.ts'
import type { Claim } from '#core/decision/analysis/space.ts'
import { below, followed, pathOf, type Follow } from '#core/decision/analysis/flow/values.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Json } from '#core/json.ts'
import { LogicError } from '#core/logic/logic-error.ts'
import { parseLogic } from '#core/logic/parse.ts'
import type { Tree } from '#core/logic/tree.ts'

/** One of the results that a decision may come to, with what must hold for it. */
interface DecisionWay {
  readonly outcome: Outcome | null
  readonly claims: readonly Claim[]
  /** Whether it may come without any reason. */
  readonly reasons: 'none' | 'some'
}

export interface DecisionWays {
  /** Null where its outcome cannot be followed: a scorecard, another decision, an outcome that is computed. */
  readonly ways: readonly DecisionWay[] | null
  /** By id the expression parts, in terms of what the decision is given. */
  readonly values: ReadonlyMap<string, Tree>
}

/** What gives an outcome or a reason, where its condition is met. */
interface Giving {
  readonly when: Tree
  readonly outcome: Outcome | null
  readonly reason: boolean
  /** Whether it always acts where its condition is met: not one of a time, a tenant or a case. */
  readonly sure: boolean
}

/**
 * The outcomes of a decision as conditions on what it is given. `field` follows a field of its input, `own` names the
 * value of a part that is not followed.
 */
export function decisionWays(decision: Decision, field: Follow, own: Follow): DecisionWays {
  const values = new Map<string, Tree>()
  const parts = new Map(decision.parts.map((part) => [part.id, part]))
  const open = new Set<string>()
  const follow: Follow = ([root = '', ...rest]) => {
    const part = parts.get(root)
    if (!part) return field(root === 'input' ? rest : [root, ...rest])
    return below(valueOf(part), rest) ?? own([root, ...rest])
  }
  const valueOf = (part: DecisionPart): Tree => {
    const known = values.get(part.id)
    if (known) return known
    if (part.kind !== 'expression' || part.only || open.has(part.id)) return own([part.id])
    open.add(part.id)
    const tree = followed(parseLogic(part.value), follow)
    open.delete(part.id)
    values.set(part.id, tree)
    return tree
  }
  try {
    decision.parts.forEach(valueOf)
    const giving = decision.parts.map((part) => givingOf(part, follow))
    return { ways: giving.includes(null) ? null : waysOf(giving.flatMap((g) => g ?? [])), values }
  } catch (error) {
    if (error instanceof LogicError) return { ways: null, values: new Map() }
    throw error
  }
}

function givingOf(part: DecisionPart, follow: Follow): readonly Giving[] | null {
  switch (part.kind) {
    case 'rules':
      return part.rules.flatMap((rule) => rulesGiving(part, rule, follow))
    case 'table':
      return tableGiving(part, follow)
    case 'scorecard':
      return part.cutoffs ? null : []
    case 'decision':
      return part.joins === false ? [] : null
    case 'expression':
    case 'switch':
    case 'output':
      return []
  }
}

function rulesGiving(part: RulesPart, rule: RulesPart['rules'][number], follow: Follow): Giving[] {
  if (!rule.enabled) return []
  const { validFrom, validTo, tenant } = rule
  const sure =
    validFrom === undefined &&
    validTo === undefined &&
    tenant === undefined &&
    part.only === undefined
  const reason = rule.then.some((action) => action.do === 'reason')
  const given = rule.then.flatMap((action) => (action.do === 'outcome' ? [action.outcome] : []))
  if (given.length === 0 && !reason) return []
  const when = followed(parseLogic(rule.when), follow)
  return (given.length === 0 ? [null] : given).map((outcome) => ({ when, outcome, reason, sure }))
}

function tableGiving(part: TablePart, follow: Follow): readonly Giving[] | null {
  const column = (name: string): number =>
    part.outputs.findIndex((output) => columnField(output) === name)
  const [outcomeAt, reasonAt] = [column('outcome'), column('reason')]
  if (outcomeAt < 0 && reasonAt < 0) return []
  // Which of the rows that are met acts is told where there is only one, and where all of them do.
  const ranked = part.hitPolicy === 'priority'
  const earlier: Tree[] = []
  const giving: Giving[] = []
  for (const row of part.rows) {
    const own = followed(all(rowTests(part, row)), follow)
    const outcome = constantIn(row.then[outcomeAt])
    const reason = constantIn(row.then[reasonAt])
    if (outcome === undefined || reason === undefined) return null
    const first = part.hitPolicy === 'first' && earlier.length > 0
    const when = first ? all([own, ...earlier.map(isUnmet)]) : own
    earlier.push(own)
    if (isOutcome(outcome) || typeof reason === 'string')
      giving.push({
        when,
        outcome: isOutcome(outcome) ? outcome : null,
        reason: typeof reason === 'string',
        sure: !ranked && part.only === undefined,
      })
  }
  return giving
}

/** A cell's value; undefined where it is computed. */
const constantIn = (cell: Json | undefined): Json | undefined => {
  const tree = parseLogic(cell ?? null)
  return tree.kind === 'value' ? tree.value : undefined
}

const call = (operator: string, args: readonly Tree[]): Tree => ({
  kind: 'call',
  operator,
  args,
  place: '',
})
const all = (args: readonly Tree[]): Tree => call('all_of', args)
const any = (args: readonly Tree[]): Tree => call('any_of', args)
/** True where the condition is false or unknown. */
const isUnmet = (tree: Tree): Tree => call('not', [call('coalesce', [tree, constantFalse])])
const constantFalse: Tree = { kind: 'value', value: false, place: '' }

/** The most severe outcome stands, so nothing that surely gives a more severe one is met. */
function waysOf(giving: readonly Giving[]): DecisionWay[] {
  const of = (outcome: Outcome | null): readonly Giving[] =>
    giving.filter((each) => each.outcome === outcome)
  const none = (some: readonly Giving[]): Claim[] =>
    some.filter(({ sure }) => sure).map(({ when }) => ({ tree: when, met: false }))
  const ways: DecisionWay[] = []
  const milder: Claim[] = []
  for (const outcome of outcomes.toReversed()) {
    const some = of(outcome)
    if (some.length > 0) {
      const met: Claim = { tree: any(some.map(({ when }) => when)), met: true }
      ways.push({ outcome, claims: [...milder, met], reasons: 'some' })
      const silent = some.filter(({ reason }) => !reason)
      if (silent.length > 0)
        ways.push({
          outcome,
          reasons: 'none',
          claims: [
            ...milder,
            { tree: any(silent.map(({ when }) => when)), met: true },
            ...none(giving.filter(({ reason }) => reason)),
          ],
        })
    }
    milder.push(...none(some))
  }
  ways.push({ outcome: null, claims: milder, reasons: 'some' })
  return ways
}

/** The value of a part as others read it in the node's result. */
export const partValue =
  (node: string): Follow =>
  (path) =>
    pathOf([node, 'values', ...path])
