import {
  importedCalls,
  importedForms,
  operatorForms,
  operatorHelpers,
} from '#core/decision/exchange/operator-sources.ts'
import type { Helper } from '#core/decision/exchange/typescript-helper.ts'
import { operators, type OperatorId } from '#core/logic/operators.ts'

/** An operator as a function of its arguments, of the time, or of a list and what is done with each element. */
function operatorSource(id: OperatorId, { needs = [], source }: Helper): Helper {
  const { kind } = operators[id].form
  const by = kind === 'scoped' ? 'byElements' : kind === 'clock' ? 'byTime' : 'byValues'
  return { needs: [by, ...needs], source: `const ${id} = ${by}(${source})` }
}

/** How a module calls an operator of JsonLogic: `json_if`, `json_operator_3`. */
export const importedName = (operator: string): string =>
  /^[a-z_]+$/.test(operator)
    ? `json_${operator}`
    : `json_operator_${[...Object.keys(importedCalls), ...Object.keys(importedForms)].indexOf(operator)}`

const importedSources = (
  type: 'Call' | 'Form',
  table: Readonly<Record<string, Helper>>,
): Record<string, Helper> =>
  Object.fromEntries(
    Object.entries(table).map(([operator, { needs = [], source }]) => {
      const name = importedName(operator)
      const text = `/** JsonLogic’s “${operator}”. */\nconst ${name}: ${type} = ${source}`
      return [name, { needs: [type, ...needs], source: text }]
    }),
  )

/** What a module is made of besides its own text. */
export const helperSources: Readonly<Record<string, Helper>> = {
  ...operatorHelpers,
  ...Object.fromEntries(
    Object.entries(operatorForms).map(([id, form]) => [id, operatorSource(id as OperatorId, form)]),
  ),
  ...importedSources('Call', importedCalls),
  ...importedSources('Form', importedForms),
  byValues: {
    needs: ['OperatorForm'],
    source: `/** An operator as a function of its arguments. */
const byValues = (form: OperatorForm): ((...values: Json[]) => Json) =>
  form.kind === 'list' ? (...values) => form.call(values) : (form.call as unknown as (...values: Json[]) => Json)`,
  },
  byTime: {
    needs: ['OperatorForm', 'Env'],
    source: `const byTime = (form: OperatorForm) => form.call as unknown as (env: Env) => Json`,
  },
  byElements: {
    needs: ['OperatorForm'],
    source: `/** An operator as a function of a list and of what is done with each of its elements. */
const byElements = (form: OperatorForm) =>
  form.call as unknown as (list: Json, body: (item: Json, sofar: Json) => Json) => Json`,
  },
  get: {
    needs: ['read'],
    source: `/** Follows own properties; null where one is missing. */
const get = (from: Json, ...path: string[]): Json => read(from, path) ?? null`,
  },
  getOr: {
    needs: ['read'],
    source: `/** Follows own properties; something else only where one is missing. */
function getOr(otherwise: () => Json, from: Json, ...path: string[]): Json {
  const value = read(from, path)
  return value === undefined ? otherwise() : value
}`,
  },
  table: {
    needs: ['same', 'sum_of', 'min_of', 'max_of'],
    source: `interface Row {
  readonly id: string
  readonly name: string
  readonly met: () => Json
  readonly gives: () => Record<string, Json>
}
interface Table {
  readonly policy: 'unique' | 'first' | 'any' | 'priority' | 'rule order' | 'output order' | 'collect'
  readonly total?: 'sum' | 'min' | 'max' | 'count'
  readonly fields: readonly string[]
  /** By field its values, best first. */
  readonly ranks: Readonly<Record<string, readonly Json[]>>
  readonly rows: readonly Row[]
}

/** A decision table by its hit policy, as in DMN. Throws where rows contradict a unique or any policy. */
function table(result: Result, own: Own, id: string, { policy, total, fields, ranks, rows }: Table): Json {
  const hits: { row: Row; outputs: Record<string, Json> }[] = []
  for (const row of rows) {
    const met = row.met()
    if (met === null) result.unknown.push(\`\${id}.\${row.id}\`)
    if (met !== true) continue
    hits.push({ row, outputs: row.gives() })
    if (policy === 'first') break
  }
  const rank = (field: string, value: Json): number => {
    const values = ranks[field] ?? []
    const found = values.findIndex((one) => same(one, value))
    return found < 0 ? values.length : found
  }
  const ranked = () =>
    [...hits].sort((a, b) => {
      for (const field of fields) {
        const way = rank(field, a.outputs[field] ?? null) - rank(field, b.outputs[field] ?? null)
        if (way !== 0) return way
      }
      return 0
    })
  if (policy === 'unique' && hits.length > 1) throw new Error(\`\${id}: more than one row is met\`)
  if (policy === 'any' && hits.some((hit) => !same(hit.outputs, hits[0]?.outputs ?? null)))
    throw new Error(\`\${id}: rows that are met differ\`)
  const chosen =
    policy === 'priority'
      ? ranked().slice(0, 1)
      : policy === 'output order'
        ? ranked()
        : policy === 'any'
          ? hits.slice(0, 1)
          : hits
  for (const { row, outputs } of chosen) {
    result.fired.push(\`\${id}.\${row.id}\`)
    const { outcome, reason, reason_text: text, condition, flag } = outputs
    if (severity.includes(outcome as Outcome)) give(result, own, outcome as Outcome)
    if (typeof reason === 'string')
      result.reasons.push({ code: reason, text: typeof text === 'string' ? text : row.name || reason, source: \`\${id}.\${row.id}\` })
    if (typeof condition === 'string') result.conditions.push(condition)
    if (typeof flag === 'string' && !result.flags.includes(flag)) result.flags.push(flag)
  }
  const single = policy === 'unique' || policy === 'first' || policy === 'any' || policy === 'priority'
  const totals = { sum: sum_of, min: min_of, max: max_of, count: (list: Json) => (list as Json[]).length }
  const value: Json = single
    ? (chosen[0]?.outputs ?? null)
    : policy === 'collect' && total
      ? Object.fromEntries(
          fields.map((field) => [field, totals[total](chosen.map(({ outputs }) => outputs[field] ?? null))]),
        )
      : chosen.map(({ outputs }) => outputs)
  if (single || total) for (const [field, one] of Object.entries(value ?? {})) set(result, own, field, one as Json)
  return value
}`,
  },
  scorecard: {
    source: `interface Bin {
  readonly id: string
  readonly met: () => Json
  readonly points: number
  readonly reason?: { readonly code: string; readonly text: string }
}
interface Characteristic {
  readonly id: string
  readonly value: Json
  readonly bins: readonly Bin[]
  readonly missing?: Pick<Bin, 'points' | 'reason'>
}
interface Scorecard {
  readonly base: number
  readonly most: number
  readonly approveFrom?: number
  readonly declineBelow?: number
  readonly hasCutoffs: boolean
  readonly characteristics: readonly Characteristic[]
}

/** Points by characteristic, and reasons where most points were lost. Null where a value without points is missing. */
function scorecard(result: Result, own: Own, id: string, card: Scorecard): Json {
  let score = card.base
  let known = true
  const points: Record<string, Json> = {}
  const lost: { contribution: number; code: string; text: string }[] = []
  for (const { id: name, value, bins, missing } of card.characteristics) {
    const bin =
      value === null ? missing && { ...missing, id: 'missing' } : bins.find((one) => one.met() === true)
    if (!bin) {
      known = false
      result.unknown.push(\`\${id}.\${name}\`)
      continue
    }
    const best = Math.max(...bins.map((one) => one.points), missing?.points ?? -Infinity)
    score += bin.points
    points[name] = bin.points
    if (bin.points < best && bin.reason) lost.push({ ...bin.reason, contribution: bin.points - best })
    result.fired.push(\`\${id}.\${name}.\${bin.id}\`)
  }
  if (!known) return null
  const reasons = lost
    .sort((a, b) => a.contribution - b.contribution)
    .map(({ code, text, contribution }) => ({ code, text, contribution }))
    .slice(0, card.most)
  if (card.hasCutoffs) {
    const outcome: Outcome =
      card.declineBelow !== undefined && score < card.declineBelow
        ? 'decline'
        : card.approveFrom === undefined || score >= card.approveFrom
          ? 'approve'
          : 'refer'
    give(result, own, outcome)
    if (outcome !== 'approve') result.reasons.push(...reasons.map((one) => ({ ...one, source: id })))
  }
  return { score, points, reasons }
}`,
  },
  ask: {
    source: `/** What another decision decided counts as this one's own, named below the part, unless only its values are taken. */
function ask(result: Result, own: Own, id: string, asked: Result, joins: boolean): Json {
  if (joins) {
    const below = (name: string): string => \`\${id}.\${name}\`
    if (asked.outcome) give(result, own, asked.outcome)
    result.reasons.push(...asked.reasons.map((one) => ({ ...one, source: below(one.source) })))
    result.conditions.push(...asked.conditions)
    result.flags.push(...asked.flags.filter((flag) => !result.flags.includes(flag)))
    result.adjust.limit += asked.adjust.limit
    result.adjust.rate += asked.adjust.rate
    result.fired.push(...asked.fired.map(below))
    result.unknown.push(...asked.unknown.map(below))
  }
  return { ...asked.values, outcome: asked.outcome }
}`,
  },
  choose: {
    source: `/** The first case that is true, else \`otherwise\`. */
function choose(result: Result, id: string, cases: readonly (readonly [id: string, met: () => Json])[]): string {
  for (const [name, met] of cases) {
    const value = met()
    if (value === null) result.unknown.push(\`\${id}.\${name}\`)
    if (value !== true) continue
    result.fired.push(\`\${id}.\${name}\`)
    return name
  }
  return 'otherwise'
}`,
  },
}

/** What every module begins with, after the types of its input. */
export const preamble = `export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }
export type Outcome = 'approve' | 'approve_with_conditions' | 'refer' | 'decline'
export interface Result {
  outcome: Outcome | null
  reasons: { code: string; text: string; source: string; contribution?: number }[]
  conditions: string[]
  flags: string[]
  adjust: { limit: number; rate: number }
  /** Fields that rules and tables set, and every part's value by its id. */
  values: Record<string, Json>
  /** \`part.rule\` of what fired, in order. */
  fired: string[]
  /** \`part.rule\` of what could not be told for want of a value. */
  unknown: string[]
  output?: Json
}`

/** What every module ends with. */
export const postamble = `/** What one part gave. */
interface Own {
  outcome: Outcome | null
  fields: Record<string, Json>
}
const severity: readonly Outcome[] = ['approve', 'approve_with_conditions', 'refer', 'decline']

const nothing = (): Result => ({
  outcome: null,
  reasons: [],
  conditions: [],
  flags: [],
  adjust: { limit: 0, rate: 0 },
  values: {},
  fired: [],
  unknown: [],
})

/** The most severe outcome stands. */
function give(result: Result, own: Own, outcome: Outcome): void {
  const worse = (a: Outcome | null) => (a !== null && severity.indexOf(a) >= severity.indexOf(outcome) ? a : outcome)
  own.outcome = worse(own.outcome)
  result.outcome = worse(result.outcome)
}

/** The first to set a field wins. */
function set(result: Result, own: Own, field: string, value: Json): void {
  if (!Object.hasOwn(own.fields, field)) own.fields[field] = value
  if (!Object.hasOwn(result.values, field)) result.values[field] = value
}

function isMet(result: Result, id: string, met: Json): boolean {
  if (met === null) result.unknown.push(id)
  if (met === true) result.fired.push(id)
  return met === true
}

function adjust(result: Result, id: string, target: 'limit' | 'rate', by: Json): void {
  if (typeof by === 'number') result.adjust[target] += by
  else result.unknown.push(id)
}`
