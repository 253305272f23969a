import { isDeepStrictEqual } from 'node:util'
import { analyseDecision } from '#core/decision/analysis/analyse.ts'
import { tableFindings } from '#core/decision/analysis/table-findings.ts'
import { compileDecision } from '#core/decision/compile.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { buildFunction } from '#engine/adapters/code/build-function.ts'
import { cost, throughput, type Line } from '../line.ts'
import type { BenchCase, Progress } from '../measure.ts'
import { otherEngines } from './engines.ts'
import { inTurns, type Pass } from './in-turns.ts'
import {
  applicant,
  applicants,
  byHand,
  fortyRules,
  policyDocument,
  randomFrom,
  rules,
  type Answer,
  type Applicant,
} from './policy.ts'
import type { Sizes } from './sizes.ts'
import { grid, gridDocument, scanByHand } from './tables.ts'
import { wideTable } from './wide-table.ts'

type Case = BenchCase<Sizes>
const noOthers = () => undefined
const at = Date.UTC(2026, 0, 5, 12)

/** Nothing is timed before all give the same answers. @throws Error that names who differs */
function hold(name: string, given: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(given, expected)) throw new Error(`${name} gives other answers`)
}

function* linesOf(name: string, best: Readonly<Record<string, number>>): Iterable<Line> {
  const { ours = NaN, ...others } = best
  for (const [baseline, baselineValue] of Object.entries(others))
    yield cost({ case: name, value: ours, unit: 'µs', baseline, baselineValue })
}

/** The answer that a person's code would give: outcome, reasons, the rules that fired. */
function handAnswer(one: Applicant): Answer {
  const answer: Answer = { outcome: null, reasons: [], fired: [] }
  for (let index = 0; index < byHand.length; index += 1) {
    if (!(byHand[index] as (a: Applicant) => boolean)(one)) continue
    const { id } = rules[index] as (typeof rules)[number]
    answer.outcome = 'refer'
    answer.reasons.push({ code: id.toUpperCase(), text: id, source: `checks.${id}` })
    answer.fired.push(id)
  }
  return answer
}

const rules20: Case = async function* (sizes, progress) {
  const list = applicants(sizes.applicants)
  const decide = compileDecision(policyDocument(rules), noOthers, buildFunction)
  const expected = list.map((one) => handAnswer(one).fired)
  hold(
    'ours',
    list.map((one) => decide({ ...one }, at).fired.map(({ rule }) => rule)),
    expected,
  )
  const data = list.map((one) => ({ ...one }))
  const contenders: Record<string, Pass> = {
    ours: () => {
      for (const one of data) decide(one, at)
    },
    hand: () => {
      for (const one of list) handAnswer(one)
    },
  }
  if (sizes.engines) {
    const { zenGrid: _, ...engines } = otherEngines(progress)
    for (const [name, prepare] of Object.entries(engines)) {
      const fires = prepare(rules)
      hold(name, await fires(list), expected)
      contenders[name] = () => fires(list)
    }
  }
  yield* linesOf('rules-20', await inTurns(sizes, contenders))
}

const table = (rows: number): Case =>
  async function* (sizes, progress) {
    const list = applicants(sizes.applicants)
    const lines = grid(rows)
    const scan = scanByHand(lines)
    const began = performance.now()
    const decide = compileDecision(gridDocument(lines), noOthers, buildFunction)
    progress(`${rows} rows compiled in ${(performance.now() - began).toFixed(0)} ms`)
    const expected = list.map(scan)
    const data = list.map((one) => ({ ...one }))
    hold(
      'ours',
      data.map((one) => decide(one, at).values['rate'] ?? null),
      expected,
    )
    const contenders: Record<string, Pass> = {
      ours: () => {
        for (const one of data) decide(one, at)
      },
      hand: () => {
        for (const one of list) scan(one)
      },
    }
    if (sizes.engines) {
      const price = otherEngines(progress).zenGrid(lines)
      hold('zen', await price(list.slice(0, 64)), expected.slice(0, 64))
      contenders['zen'] = () => price(list)
    }
    yield* linesOf(`table-${rows}`, await inTurns(sizes, contenders))
  }

/** Applicants come one by one and are forgotten: memory must not grow with their number. */
const batch: Case = async function* (sizes, progress) {
  const decide = compileDecision(policyDocument(fortyRules), noOthers, buildFunction)
  const random = randomFrom(40)
  const counts = new Map<string, number>()
  const tell = tellEach(progress, sizes.batch)
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let most = before
  const began = performance.now()
  for (let n = 1; n <= sizes.batch; n += 1) {
    const { outcome } = decide({ ...applicant(random) }, at)
    const key = outcome ?? 'none'
    counts.set(key, (counts.get(key) ?? 0) + 1)
    if (n % 10_000 !== 0 && n < sizes.batch) continue
    most = Math.max(most, process.memoryUsage().rss)
    tell(n)
    // As a server would: others get their turn.
    await new Promise((resume) => setImmediate(resume))
  }
  const perSecond = (sizes.batch * 1000) / (performance.now() - began)
  progress([...counts].map(([outcome, count]) => `${outcome}: ${count}`).join(', '))
  // Of one applicant at a time by hand, forty rules are these twenty twice.
  const sample = applicants(sizes.applicants)
  const { hand = NaN } = await inTurns(sizes, {
    hand: () => {
      for (const one of sample) {
        handAnswer(one)
        handAnswer(one)
      }
    },
  })
  yield throughput({
    case: 'batch',
    value: perSecond,
    unit: 'applicants/s',
    baseline: 'hand',
    baselineValue: 1_000_000 / hand,
  })
  yield cost({
    case: 'batch',
    value: Math.max(most - before, 1) / 2 ** 20,
    unit: 'MB',
    baseline: 'memory-budget',
    baselineValue: 128,
  })
}

/** All findings of a table, as the editor asks for them; the first time, and the best of all rounds. */
const analysis = (rows: number, columns: number, budget: number): Case =>
  async function* (sizes, progress) {
    const { part, schema } = wideTable(rows, columns)
    const times: number[] = []
    for (let round = 0; round < sizes.rounds; round += 1) {
      // As if just opened: of what stayed the same the analysis remembers some.
      const opened = structuredClone(part)
      const began = performance.now()
      const findings = tableFindings(opened, '/parts/0', schema)
      times.push(performance.now() - began)
      if (round === 0)
        progress(`the first time ${(times[0] ?? NaN).toFixed(0)} ms, ${findings.length} findings`)
      await new Promise((resume) => setImmediate(resume))
    }
    yield cost({
      case: `analysis-${rows}x${columns}`,
      value: Math.min(...times),
      unit: 'ms',
      baseline: 'budget',
      baselineValue: budget,
    })
  }

/** One cell of an open table is edited: until all findings are whole again, beside those of a table just opened. */
const edit = (columns: number): Case =>
  async function* (sizes, progress) {
    let { decision } = wideTable(sizes.editedRows, columns)
    const took = (asked: Decision): number => {
      const began = performance.now()
      const findings = analyseDecision(asked)
      progress(`${findings.length} findings`)
      return performance.now() - began
    }
    took(decision)
    const [edited, opened]: [number[], number[]] = [[], []]
    for (let round = 0; round < sizes.rounds; round += 1) {
      decision = withCell(decision, [round, columns - 1], {
        lt: [{ var: '?' }, round + 0.5],
      })
      edited.push(took(decision))
      opened.push(took(structuredClone(decision)))
      await new Promise((resume) => setImmediate(resume))
    }
    yield cost({
      case: 'analysis-edit',
      value: Math.min(...edited),
      unit: 'ms',
      baseline: 'opened',
      baselineValue: Math.min(...opened),
    })
  }

/** As the editor's changes are: all that was not touched is the same object. */
function withCell(
  decision: Decision,
  [at, column]: readonly [number, number],
  cell: Json,
): Decision {
  const parts = decision.parts.map((part) =>
    part.kind === 'table'
      ? {
          ...part,
          rows: part.rows.map((row, index) =>
            index === at ? { ...row, when: row.when.with(column, cell as Logic) } : row,
          ),
        }
      : part,
  )
  return { ...decision, parts }
}

const tellEach = (progress: Progress, all: number) => (done: number) => {
  if (done % (all / 10) === 0) progress(`${done} of ${all}`)
}

/** What `npm run bench -- rules` measures, in this order. */
export const cases = {
  'rules-20': rules20,
  'table-100': table(100),
  'table-1000': table(1_000),
  'table-10000': table(10_000),
  batch,
  'analysis-200x20': analysis(200, 20, 100),
  'analysis-2000x30': analysis(2_000, 30, 3_000),
  'analysis-edit': edit(30),
} as const satisfies Record<string, Case>
export type CaseName = keyof typeof cases
