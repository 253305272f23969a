import { partsInOrder } from '#core/decision/compile.ts'
import {
  helperSources,
  operatorSources,
  postamble,
  preamble,
} from '#core/decision/exchange/typescript-runtime.ts'
import { report } from '#core/decision/report.ts'
import { outcomes } from '#core/decision/severity.ts'
import { cellTest, fieldOf, rowTests } from '#core/decision/table.ts'
import { parseDay, startOfDay } from '#core/logic/dates.ts'
import type { Decision, DecisionPart, Rule, RuleAction } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { literal, quoted } from '#core/logic/source-text.ts'
import type { Tree } from '#core/logic/tree.ts'

/** What cannot be written, found while writing. */
class Unwritable extends Error {
  readonly what: string
  constructor(what: string) {
    super(what)
    this.what = what
  }
}

interface Writing {
  readonly parts: ReadonlySet<string>
  /** Helpers that the module needs. */
  readonly used: Set<string>
}

/**
 * The decision as a TypeScript module without imports: `decide(input, at?, tenant?)` with the same results. A part that
 * cannot be written would change the decision, so then there is no module, and the findings name the parts.
 */
export function exportTypeScript(decision: Decision): {
  readonly source: string | null
  readonly findings: readonly Finding[]
} {
  const findings: Finding[] = []
  const ordered = partsInOrder(decision.parts)
  const writing: Writing = { parts: new Set(ordered.map(({ id }) => id)), used: new Set() }
  const bodies = ordered.map((part) => {
    try {
      return writePart(part, writing)
    } catch (error) {
      if (!(error instanceof Unwritable)) throw error
      const params = { part: part.name, what: error.what }
      findings.push(
        report('EXPORT_TYPESCRIPT', `/parts/${decision.parts.indexOf(part)}`, { params }),
      )
      return ''
    }
  })
  if (findings.length > 0) return { source: null, findings }
  const output = ordered.find(({ kind }) => kind === 'output')
  const source = [
    `// ${oneLine(decision.name)}: written from the decision "${decision.id}". Change the decision, not this file.`,
    `export interface Input ${inputType(decision.input)}`,
    preamble,
    [
      `/** \`at\` is ms since the epoch and tells which rules are in force; \`tenant\` is whose. */`,
      `export function decide(given: Input, at: number = Date.now(), tenant?: string): Result {`,
      `  const input = given as unknown as Json`,
      `  const result = nothing()`,
      `  const parts: Record<string, Json> = {}`,
      ...ordered.map(({ id }) => `  parts[${quoted(id)}] = null`),
      `  let own: Own`,
      ...bodies.map((body) => indented(body)),
      `  void [input, at, tenant]`,
      `  Object.assign(result.values, parts)`,
      ...(output ? [`  result.output = parts[${quoted(output.id)}] ?? null`] : []),
      `  return result`,
      `}`,
    ].join('\n'),
    postamble,
    ...helpersOf(writing.used),
  ].join('\n\n')
  return { source: `${source}\n`, findings: [] }
}

/** Those that are used, each once and with what it needs, in the order of the table. */
function helpersOf(used: ReadonlySet<string>): string[] {
  const all = new Set<string>()
  const take = (name: string): void => {
    if (all.has(name)) return
    all.add(name)
    helperSources[name]?.needs?.forEach(take)
  }
  used.forEach(take)
  return Object.entries(helperSources).flatMap(([name, { source }]) =>
    all.has(name) ? [source] : [],
  )
}

const oneLine = (text: string): string => text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')
const indented = (body: string): string =>
  body
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n')

type PartWriters = {
  readonly [K in DecisionPart['kind']]: (
    part: Extract<DecisionPart, { kind: K }>,
    writing: Writing,
  ) => string
}

const needed = ({ used }: Writing, name: string): string => {
  used.add(name)
  return name
}

const writers: PartWriters = {
  rules: (part, writing) => {
    const rules = part.rules
      .filter(({ enabled }) => enabled)
      .toSorted((a, b) => b.priority - a.priority)
    return [
      ...rules.map((rule) => writeRule(part.id, rule, writing)),
      `${slot(part.id)} = { outcome: own.outcome, ...own.fields }`,
    ].join('\n')
  },
  table: (part, writing) => {
    const fields = part.outputs.map(fieldOf)
    const ranks = part.outputs.flatMap((column) => {
      const field = fieldOf(column)
      const values = column.values ?? (field === 'outcome' ? outcomes.toReversed() : undefined)
      return values ? [`${quoted(field)}: ${literal(values as Json)}`] : []
    })
    const rows = part.rows.map((row, index) => {
      const met = rowTests(part, row).map((test) => expression(test, writing))
      const gives = fields.map(
        (field, column) => `${quoted(field)}: ${written(row.then[column] ?? null, writing)}`,
      )
      return [
        `  {`,
        `    id: ${quoted(row.id)},`,
        `    name: ${quoted(row.note ?? '')},`,
        `    met: () => ${needed(writing, 'all_of')}(${met.join(', ')}),`,
        `    gives: () => ({ ${gives.join(', ')} }),`,
        `  }, // row ${index + 1}`,
      ].join('\n')
    })
    return [
      `${slot(part.id)} = ${needed(writing, 'table')}(result, own, ${quoted(part.id)}, {`,
      `  policy: ${quoted(part.hitPolicy)},`,
      ...(part.aggregate ? [`  total: ${quoted(part.aggregate)},`] : []),
      `  fields: ${literal(fields)},`,
      `  ranks: { ${ranks.join(', ')} },`,
      `  rows: [`,
      ...rows.map(indented),
      `  ],`,
      `})`,
    ].join('\n')
  },
  expression: (part, writing) => `${slot(part.id)} = ${written(part.value, writing)}`,
  scorecard: (part, writing) => {
    const { approveFrom, declineBelow } = part.cutoffs ?? {}
    const characteristics = part.characteristics.map((each) => {
      const tested = parseLogic(each.expression)
      const bins = each.bins.map(({ id, when, points, reason }) => {
        const met = when === null ? 'true' : expression(cellTest(parseLogic(when), tested), writing)
        const why = reason ? `, reason: ${literal(reason)}` : ''
        return `      { id: ${quoted(id)}, met: () => ${met}, points: ${points}${why} },`
      })
      return [
        `    {`,
        `      id: ${quoted(each.id)},`,
        `      value: ${expression(tested, writing)},`,
        ...(each.missing ? [`      missing: ${literal(each.missing as Json)},`] : []),
        `      bins: [`,
        ...bins.map((bin) => `  ${bin}`),
        `      ],`,
        `    },`,
      ].join('\n')
    })
    return [
      `${slot(part.id)} = ${needed(writing, 'scorecard')}(result, own, ${quoted(part.id)}, {`,
      `  base: ${part.base},`,
      `  most: ${part.reasons?.most ?? 4},`,
      `  hasCutoffs: ${part.cutoffs !== undefined},`,
      ...(approveFrom === undefined ? [] : [`  approveFrom: ${approveFrom},`]),
      ...(declineBelow === undefined ? [] : [`  declineBelow: ${declineBelow},`]),
      `  characteristics: [`,
      ...characteristics,
      `  ],`,
      `})`,
    ].join('\n')
  },
  switch: (part, writing) =>
    [
      `${slot(part.id)} = ${needed(writing, 'choose')}(result, ${quoted(part.id)}, [`,
      ...part.cases.map(({ id, when }) => `  [${quoted(id)}, () => ${written(when, writing)}],`),
      `])`,
    ].join('\n'),
  decision: () => {
    throw new Unwritable('another decision inside')
  },
  output: (part, writing) =>
    `${slot(part.id)} = { ${part.fields
      .map(({ name, value }) => `${quoted(name)}: ${written(value, writing)}`)
      .join(', ')} }`,
}

const slot = (id: string): string => `parts[${quoted(id)}]`

function writePart(part: DecisionPart, writing: Writing): string {
  // The kind selects the writer of that kind; the writer cannot see that the two belong together.
  const write = writers[part.kind] as (part: DecisionPart, writing: Writing) => string
  const body = `own = { outcome: null, fields: {} }\n${write(part, writing)}`
  const { only } = part
  const guarded = only
    ? `if (${literal(only.cases)}.includes(${expression(parseLogic({ var: only.switch }), writing)} as string)) {\n${indented(body)}\n}`
    : body
  return `\n// ${oneLine(part.name)}\n${guarded}`
}

function writeRule(part: string, rule: Rule, writing: Writing): string {
  const id = `${part}.${rule.id}`
  const conditions = [
    ...inForce(rule),
    `meets(result, ${quoted(id)}, ${written(rule.when, writing)})`,
  ]
  return [
    `// ${oneLine(rule.name)}`,
    `if (${conditions.join(' && ')}) {`,
    ...rule.then.map((action) => `  ${writeAction(id, action, writing)}`),
    `}`,
  ].join('\n')
}

const oneDay = 86_400_000

/** Whole days of India, where the engine counts them if nothing else is said. */
function inForce({ validFrom, validTo, tenant }: Rule): string[] {
  const first = validFrom === undefined ? null : parseDay(validFrom)
  const last = validTo === undefined ? null : parseDay(validTo)
  return [
    ...(tenant === undefined ? [] : [`tenant === ${quoted(tenant)}`]),
    ...(first ? [`at >= ${startOfDay(first)}`] : []),
    ...(last ? [`at < ${startOfDay(last) + oneDay}`] : []),
  ]
}

function writeAction(id: string, action: RuleAction, writing: Writing): string {
  switch (action.do) {
    case 'set':
      return `set(result, own, ${quoted(action.field)}, ${written(action.value, writing)})`
    case 'outcome':
      return `give(result, own, ${quoted(action.outcome)})`
    case 'reason':
      return `result.reasons.push({ code: ${quoted(action.code)}, text: ${quoted(action.text)}, source: ${quoted(id)} })`
    case 'condition':
      return `result.conditions.push(${quoted(action.text)})`
    case 'flag':
      return `if (!result.flags.includes(${quoted(action.flag)})) result.flags.push(${quoted(action.flag)})`
    case 'adjust':
      return `adjust(result, ${quoted(id)}, ${quoted(action.target)}, ${written(action.by, writing)})`
  }
}

const written = (logic: Json, writing: Writing): string => expression(parseLogic(logic), writing)

/** @throws Unwritable for operators and paths that have no form here */
function expression(tree: Tree, writing: Writing): string {
  if (tree.kind === 'value') return literal(tree.value)
  if (tree.kind === 'list')
    return `[${tree.items.map((item) => expression(item, writing)).join(', ')}]`
  if (tree.kind === 'path') return path(tree, writing)
  if (!Object.hasOwn(operatorSources, tree.operator) || tree.binds !== undefined)
    throw new Unwritable(`“${tree.operator}”`)
  const args = tree.args.map((arg) => expression(arg, writing))
  return `${needed(writing, tree.operator)}(${args.join(', ')})`
}

function path(tree: Extract<Tree, { kind: 'path' }>, writing: Writing): string {
  const [root, ...rest] = tree.path
  if (root === undefined || tree.fallback) throw new Unwritable('a path with a fallback')
  if (tree.path.some((key) => key === '__proto__' || key === 'constructor' || key === 'prototype'))
    return 'null'
  const isPart = writing.parts.has(root)
  const from = isPart ? `${slot(root)} ?? null` : 'input'
  const keys = isPart || root === 'input' ? rest : tree.path
  const asked = [from, ...keys.map(quoted)].join(', ')
  return keys.length === 0 ? `(${from})` : `${needed(writing, 'get')}(${asked})`
}

/** The type of what a JSON Schema allows, as far as TypeScript can say it. */
function inputType(schema: JsonSchema, depth = 0): string {
  const { properties } = schema
  if (!isObject(properties) || depth > 8) return `{ readonly [key: string]: unknown }`
  const required = Array.isArray(schema['required']) ? (schema['required'] as Json[]) : []
  const pad = '  '.repeat(depth + 1)
  const lines = Object.entries(properties as Record<string, Json>).map(
    ([name, of]) =>
      `${pad}readonly ${quoted(name)}${required.includes(name) ? '' : '?'}: ${typeOf(isObject(of) ? (of as JsonSchema) : {}, depth + 1)} | null`,
  )
  return `{\n${[...lines, `${pad}readonly [key: string]: unknown`].join('\n')}\n${'  '.repeat(depth)}}`
}

function typeOf(schema: JsonSchema, depth: number): string {
  const { type, items } = schema
  if (Array.isArray(schema['enum']))
    return (schema['enum'] as Json[]).map((one) => JSON.stringify(one)).join(' | ') || 'never'
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'string' || type === 'boolean') return type
  if (type === 'array')
    return `readonly (${typeOf(isObject(items) ? (items as JsonSchema) : {}, depth)})[]`
  return type === 'object' ? inputType(schema, depth) : 'unknown'
}
