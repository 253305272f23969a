import type { ScorecardPart } from '#core/decision/scorecard.ts'
import { cellTest, rowTests, fieldOf, type TablePart } from '#core/decision/table.ts'
import type { RulesPart } from '#core/decision/rules.ts'
import { isOutcome } from '#core/decision/severity.ts'
import { logicOf } from '#core/decision/validate-references.ts'
import { validity } from '#core/decision/validity.ts'
import type { Outcome } from '#core/decision/result.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import type { Json } from '#core/json.ts'
import type { Env } from '#core/logic/evaluation.ts'
import { checkLogic, parseLogic } from '#core/logic/parse.ts'
import type { Tree } from '#core/logic/tree.ts'

/** A rule or a row as it is written. */
export interface WrittenUnit {
  readonly id: string
  readonly name: string
  /** JSON pointer into the document. */
  readonly pointer: string
  /** The `place` of every part of it is a pointer into the document. */
  readonly condition: Tree
  readonly enabled: boolean
  /** Whether it is in force then. */
  readonly inForce: (env: Env) => boolean
  /** The outcomes that it can give. */
  readonly outcomes: readonly Outcome[]
  /** Whether a result does not name it among what fired: a scorecard's cut-off. */
  readonly silent: boolean
}

/** A part with what can be tried in it, in the order of trying. */
export interface WrittenPart {
  readonly units: readonly WrittenUnit[]
  /** Logic that gives values and has no unit of its own. */
  readonly expressions: readonly Tree[]
  /** Whether the first unit that is met ends the part. */
  readonly first: boolean
}

type Readers = {
  readonly [K in DecisionPart['kind']]: (
    part: Extract<DecisionPart, { kind: K }>,
    path: string,
  ) => WrittenPart
}
const readers: Readers = {
  rules: readRules,
  table: readTable,
  expression: (part, path) => ({
    units: [],
    expressions: compiling(part.value) ? [placed(parseLogic(part.value), `${path}/value`)] : [],
    first: false,
  }),
  scorecard: readScorecard,
  switch: (part, path) => ({
    units: part.cases.flatMap((each, index): WrittenUnit[] =>
      compiling(each.when)
        ? [
            {
              ...always,
              id: each.id,
              name: each.name,
              pointer: `${path}/cases/${index}`,
              condition: placed(parseLogic(each.when), `${path}/cases/${index}/when`),
              outcomes: [],
            },
          ]
        : [],
    ),
    expressions: [],
    first: true,
  }),
  decision: readExpressions,
  output: readExpressions,
}

const always = { enabled: true, inForce: () => true, silent: false } as const

function readExpressions(part: DecisionPart, path: string): WrittenPart {
  const expressions = logicOf(part, path).flatMap(([logic, place]) =>
    compiling(logic) ? [placed(parseLogic(logic), place)] : [],
  )
  return { units: [], expressions, first: false }
}

const call = (operator: string, ...args: readonly Tree[]): Tree => ({
  kind: 'call',
  operator,
  args,
  place: '',
})

/** A bin is met where its own cell is and none before it in its characteristic. */
function readScorecard(part: ScorecardPart, path: string): WrittenPart {
  const units = part.characteristics.flatMap((each, c) => {
    if (!compiling(each.expression)) return []
    const tested = parseLogic(each.expression)
    const cells = each.bins.map((bin): Tree => {
      if (bin.when === null || !compiling(bin.when)) return call('is_present', tested)
      return cellTest(parseLogic(bin.when), tested)
    })
    return each.bins.map((bin, index): WrittenUnit => {
      const pointer = `${path}/characteristics/${c}/bins/${index}`
      const before = cells.slice(0, index).map((cell) => call('not', cell))
      const condition = call('all_of', cells[index] as Tree, ...before)
      return {
        ...always,
        id: `${each.id}.${bin.id}`,
        name: `${each.name || each.id}, bin ${index + 1}`,
        pointer,
        condition: placed(condition, `${pointer}/when`),
        outcomes: [],
      }
    })
  })
  return { units: [...units, ...readCutoffs(part, path)], expressions: [], first: false }
}

/** Where the score gives which outcome; a decline goes before an approval. */
function readCutoffs({ id, name, cutoffs }: ScorecardPart, path: string): WrittenUnit[] {
  if (!cutoffs) return []
  const score: Tree = { kind: 'path', path: [id, 'score'], fallback: null, place: '' }
  const limit = (operator: string, value: number): Tree =>
    call(operator, score, { kind: 'value', value, place: '' })
  const { approveFrom: from, declineBelow: below } = cutoffs
  const kept = below === undefined ? [] : [limit('gte', below)]
  const conditions: [Outcome, string, readonly Tree[]][] = [
    ...(below === undefined
      ? []
      : [['decline', '/declineBelow', [limit('lt', below)]] as [Outcome, string, Tree[]]]),
    ...(from === undefined
      ? []
      : [['refer', '', [limit('lt', from), ...kept]] as [Outcome, string, Tree[]]]),
    [
      'approve',
      from === undefined ? '' : '/approveFrom',
      from === undefined ? [call('is_present', score), ...kept] : [limit('gte', from), ...kept],
    ],
  ]
  return conditions.map(([outcome, key, args]) => ({
    ...always,
    id: `cutoff.${outcome}`,
    name: `${name || id}: ${outcome}`,
    pointer: `${path}/cutoffs${key}`,
    condition: placed(
      args.length === 1 ? (args[0] as Tree) : call('all_of', ...args),
      `${path}/cutoffs${key}`,
    ),
    outcomes: [outcome],
    silent: true,
  }))
}

/** `path`: the part's pointer. Units whose logic does not compile are left out. */
export const writtenPart = (part: DecisionPart, path: string): WrittenPart =>
  // The kind selects the reader of that kind; the compiler cannot see that the two belong together.
  (readers[part.kind] as (part: DecisionPart, path: string) => WrittenPart)(part, path)

const compiling = (logic: Json): boolean => checkLogic(logic).length === 0

function readRules(part: RulesPart, path: string): WrittenPart {
  const units = part.rules
    .map((rule, index) => ({ rule, pointer: `${path}/rules/${index}` }))
    .filter(({ rule }) => compiling(rule.when))
    .toSorted((a, b) => b.rule.priority - a.rule.priority)
    .map(({ rule, pointer }): WrittenUnit => ({
      id: rule.id,
      name: rule.name || rule.id,
      pointer,
      condition: placed(parseLogic(rule.when), `${pointer}/when`),
      enabled: rule.enabled,
      inForce: validity(rule) ?? (() => true),
      outcomes: rule.then.flatMap((action) => (action.do === 'outcome' ? [action.outcome] : [])),
      silent: false,
    }))
  return { units, expressions: [], first: false }
}

function readTable(part: TablePart, path: string): WrittenPart {
  const outcomeColumn = part.outputs.findIndex((column) => fieldOf(column) === 'outcome')
  const units = part.rows.flatMap((row, index): WrittenUnit[] => {
    if (![...row.when, ...part.inputs.map(({ expression }) => expression)].every(compiling))
      return []
    const pointer = `${path}/rows/${index}`
    const columns = part.inputs.flatMap((_, column) =>
      (row.when[column] ?? null) === null ? [] : [column],
    )
    const args = rowTests(part, row).map((cell, at) =>
      placed(cell, `${pointer}/when/${columns[at] ?? 0}`),
    )
    const given = row.then[outcomeColumn]
    return [
      {
        id: row.id,
        name: row.note ?? `Row ${index + 1}`,
        pointer,
        condition: { kind: 'call', operator: 'all_of', args, place: pointer },
        enabled: true,
        inForce: () => true,
        outcomes: isOutcome(given) ? [given] : [],
        silent: false,
      },
    ]
  })
  return { units, expressions: [], first: part.hitPolicy === 'first' }
}

function placed(tree: Tree, prefix: string): Tree {
  const place = prefix + tree.place
  if (tree.kind === 'value') return { ...tree, place }
  if (tree.kind === 'list')
    return { ...tree, place, items: tree.items.map((item) => placed(item, prefix)) }
  if (tree.kind === 'path')
    return { ...tree, place, fallback: tree.fallback && placed(tree.fallback, prefix) }
  return { ...tree, place, args: tree.args.map((arg) => placed(arg, prefix)) }
}
