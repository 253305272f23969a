import { partsInOrder, type NestedDecisions } from '#core/decision/compile.ts'
import {
  expression,
  needed,
  slot,
  Unwritable,
  written,
  type Writing,
} from '#core/decision/exchange/typescript-expression.ts'
import { inputType } from '#core/decision/exchange/typescript-input.ts'
import { helperSources, postamble, preamble } from '#core/decision/exchange/typescript-runtime.ts'
import { report } from '#core/decision/report.ts'
import { outcomes } from '#core/decision/severity.ts'
import { cellTest, fieldOf, rowTests } from '#core/decision/table.ts'
import { parseDay, startOfDay } from '#core/logic/dates.ts'
import type { Decision, DecisionPart, Rule, RuleAction } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Json } from '#core/json.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { literal, quoted } from '#core/logic/source-text.ts'

/**
 * The decision as a TypeScript module without imports: `decide(input, at?, tenant?)` with the same results, and a
 * function for each decision that it asks. A part that cannot be written would change the decision, so then there is no
 * module, and the findings name the parts.
 */
export function exportTypeScript(
  decision: Decision,
  nested: NestedDecisions = () => undefined,
): {
  readonly source: string | null
  readonly findings: readonly Finding[]
} {
  const findings: Finding[] = []
  const ordered = partsInOrder(decision.parts)
  const asked: Asked = { nested, functions: new Map() }
  const writing: PartWriting = { ...newWriting(decision, new Set(), asked), inside: [decision.id] }
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
  const source = [
    `// ${oneLine(decision.name)}: written from the decision "${decision.id}". Change the decision, not this file.`,
    `export interface Input ${inputType(decision.input)}`,
    preamble,
    [
      `/** \`at\` is ms since the epoch and tells which rules are in force; \`tenant\` is whose. */`,
      `export function decide(given: Input, at: number = Date.now(), tenant?: string): Result {`,
      `  const input = given as unknown as Json`,
      functionBody(decision, bodies),
    ].join('\n'),
    ...asked.functions.values(),
    postamble,
    ...helpersOf(writing.used),
  ].join('\n\n')
  return { source: `${source}\n`, findings: [] }
}

/** The other decisions, as functions. */
interface Asked {
  readonly nested: NestedDecisions
  readonly functions: Map<string, string>
}

interface PartWriting extends Writing {
  readonly asked: Asked
  /** The decisions that this one is written for, outermost first. */
  readonly inside: readonly string[]
}

const newWriting = (
  { parts }: Decision,
  used: Set<string>,
  asked: Asked,
): Omit<PartWriting, 'inside'> => ({ parts: new Set(parts.map(({ id }) => id)), used, asked })

function functionBody({ parts }: Decision, bodies: readonly string[]): string {
  const output = parts.find(({ kind }) => kind === 'output')
  return [
    `  const env: Env = { at }`,
    `  const result = nothing()`,
    `  const parts: Record<string, Json> = {}`,
    ...parts.map(({ id }) => `  ${slot(id)} = null`),
    `  let own: Own`,
    ...bodies.map(indented),
    `  void [input, env, tenant]`,
    `  Object.assign(result.values, parts)`,
    ...(output ? [`  result.output = ${slot(output.id)} ?? null`] : []),
    `  return result`,
    `}`,
  ].join('\n')
}

/** The name of the function that another decision is written as. */
function functionFor(id: string, { asked, inside, used }: PartWriting): string {
  if (inside.includes(id)) throw new Unwritable(`“${id}”, which asks itself`)
  const name = `decide_${id.replaceAll(/\W/g, '_')}`
  if (asked.functions.has(id)) return name
  const decision = asked.nested(id)
  if (!decision) throw new Unwritable(`another decision, “${id}”, which is not there`)
  const writing = { ...newWriting(decision, used, asked), inside: [...inside, id] }
  const bodies = partsInOrder(decision.parts).map((part) => writePart(part, writing))
  const header = [
    `// ${oneLine(decision.name)}`,
    `function ${name}(input: Json, at: number, tenant: string | undefined): Result {`,
  ]
  asked.functions.set(id, [...header, functionBody(decision, bodies)].join('\n'))
  return name
}

/** What is used, each once and after what it needs. */
function helpersOf(used: ReadonlySet<string>): readonly string[] {
  const all = new Map<string, string>()
  const open = new Set<string>()
  const take = (name: string): void => {
    const helper = helperSources[name]
    if (!helper || open.has(name)) return
    open.add(name)
    helper.needs?.forEach(take)
    all.set(name, helper.source)
  }
  for (const name of ['Env', ...used]) take(name)
  return [...all.values()]
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
    writing: PartWriting,
  ) => string
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
  decision: (part, writing) => {
    const inputs = Object.entries(part.inputs).map(
      ([name, logic]) => `${quoted(name)}: ${written(logic, writing)}`,
    )
    const call = `${functionFor(part.decision, writing)}({ ${inputs.join(', ')} }, at, tenant)`
    return `${slot(part.id)} = ${needed(writing, 'ask')}(result, own, ${quoted(part.id)}, ${call}, ${part.joins ?? true})`
  },
  output: (part, writing) =>
    `${slot(part.id)} = { ${part.fields
      .map(({ name, value }) => `${quoted(name)}: ${written(value, writing)}`)
      .join(', ')} }`,
}

function writePart(part: DecisionPart, writing: PartWriting): string {
  // The kind selects the writer of that kind; the writer cannot see that the two belong together.
  const write = writers[part.kind] as (part: DecisionPart, writing: PartWriting) => string
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
    `isMet(result, ${quoted(id)}, ${written(rule.when, writing)})`,
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
