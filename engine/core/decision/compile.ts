import { beginPart, newDraft, toResult } from '#core/decision/draft.ts'
import { Layout } from '#core/decision/layout.ts'
import { generate, type BuildFunction, type EvaluateDecision } from '#core/decision/generate.ts'
import { bind, tryUnits, type DecisionProgram, type PartProgram } from '#core/decision/program.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import { compileNested } from '#core/decision/nested.ts'
import { compileScorecard } from '#core/decision/scorecard.ts'
import { compileSwitch } from '#core/decision/switch.ts'
import { namesRead } from '#core/decision/validate-references.ts'
import { compileRules } from '#core/decision/rules.ts'
import { compileTable } from '#core/decision/table.ts'
import { TerminalError } from '#core/errors.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import { hashJson } from '#core/hash.ts'
import { isForbiddenKey, type Json, type JsonObject } from '#core/json.ts'
import { parseLogic } from '#core/logic/parse.ts'

/**
 * `at`: ms since the epoch; `tenant`: whose rules are in force.
 * @throws TerminalError TABLE_NOT_UNIQUE, TABLE_ANY_DIFFERS
 */
export type CompiledDecision = (input: JsonObject, at: number, tenant?: string) => DecisionResult

/** The decision that another one names; undefined where there is none. */
export type NestedDecisions = (id: string) => Decision | undefined

interface Surroundings {
  readonly build: BuildFunction | null
  readonly nested: NestedDecisions
  /** The decisions that this one is evaluated for, outermost first. */
  readonly inside: readonly string[]
}

type PartCompilers = {
  readonly [K in DecisionPart['kind']]: (
    part: Extract<DecisionPart, { kind: K }>,
    layout: Layout,
    around: Surroundings,
  ) => PartProgram
}

const compilers: PartCompilers = {
  rules: compileRules,
  table: compileTable,
  expression: (part, layout) => {
    const value = bind(parseLogic(part.value), layout)
    return { id: part.id, units: [], first: false, conclude: (_, frame, env) => value(frame, env) }
  },
  scorecard: compileScorecard,
  switch: compileSwitch,
  decision: (part, layout, { nested, inside, build }) => {
    const document = nested(part.decision)
    if (!document) throw new TerminalError('DECISION_UNKNOWN', { decision: part.decision })
    if (inside.includes(part.decision)) {
      const path = [...inside, part.decision].join(' → ')
      throw new TerminalError('DECISION_CYCLE', { path })
    }
    return compileNested(
      part,
      layout,
      evaluator(compileProgram(document, nested, { inside, build }), build),
    )
  },
  output: (part, layout) => {
    const fields = part.fields.map(({ name, value }) => ({
      name,
      value: bind(parseLogic(value), layout),
    }))
    return {
      id: part.id,
      units: [],
      first: false,
      conclude: (_, frame, env) =>
        Object.fromEntries(fields.map(({ name, value }) => [name, value(frame, env)])),
    }
  },
}

/**
 * A part is evaluated after those that it reads, else in the order of the document. The most severe outcome stands.
 * With `build` what is evaluated often becomes generated code, of the same results.
 * @throws LogicError where logic does not compile, TerminalError DECISION_FIELD_FORBIDDEN, DECISION_UNKNOWN,
 * DECISION_CYCLE
 */
export function compileDecision(
  decision: Decision,
  nested: NestedDecisions = () => undefined,
  build: BuildFunction | null = null,
): CompiledDecision {
  const evaluate = evaluator(compileProgram(decision, nested, { inside: [], build }), build)
  return (input, at, tenant) => evaluate(input, tenant === undefined ? { at } : { at, tenant })
}

/** Evaluations after which generated code has paid for itself. */
const worthGenerating = 100

function evaluator(program: DecisionProgram, build: BuildFunction | null): EvaluateDecision {
  let evaluate = interpreter(program)
  if (!build) return evaluate
  let asked = 0
  return (input, env) => {
    asked += 1
    if (asked === worthGenerating) evaluate = generate(program, build) ?? evaluate
    return evaluate(input, env)
  }
}

const interpreter =
  (program: DecisionProgram): EvaluateDecision =>
  (input, env) => {
    const { parts, layout } = program
    const frame = layout.start(input)
    const draft = newDraft()
    for (let index = 0; index < parts.length; index += 1) {
      const part = parts[index] as PartProgram
      if (part.runs && !part.runs(frame, env)) continue
      if (index > 0) beginPart(draft)
      tryUnits(part, draft, frame, env)
      layout.settle(frame, index, part.conclude(draft, frame, env))
    }
    return toResult(draft, program, layout.values(frame, draft.fields))
  }

export function compileProgram(
  decision: Decision,
  nested: NestedDecisions = () => undefined,
  { inside, build }: Pick<Surroundings, 'inside' | 'build'> = { inside: [], build: null },
): DecisionProgram {
  for (const field of decision.parts.flatMap(writtenFields)) {
    if (isForbiddenKey(field)) throw new TerminalError('DECISION_FIELD_FORBIDDEN', { field })
  }
  const ordered = partsInOrder(decision.parts)
  const layout = new Layout(ordered.map((part) => part.id))
  const around = { nested, build, inside: [...inside, decision.id] }
  return {
    decision: { id: decision.id, version: contentVersion(decision) },
    parts: ordered.map((part) => guarded(part, compilePart(part, layout, around), layout)),
    layout,
    output: decision.parts.find(({ kind }) => kind === 'output')?.id ?? null,
  }
}

/** Each part after those that it reads; parts in a cycle stay as written, which validation refuses. */
export function partsInOrder(parts: readonly DecisionPart[]): readonly DecisionPart[] {
  const byId = new Map(parts.map((part) => [part.id, part]))
  const ordered = new Set<DecisionPart>()
  const seen = new Set<DecisionPart>()
  /** Without recursion: a chain may be as long as a document. */
  const open: { readonly part: DecisionPart; readonly reads: readonly string[]; next: number }[] =
    []
  const enter = (part: DecisionPart): void => {
    if (seen.has(part)) return
    seen.add(part)
    open.push({ part, reads: namesRead(part), next: 0 })
  }
  for (const part of parts) {
    enter(part)
    for (let frame = open.at(-1); frame; frame = open.at(-1)) {
      const name = frame.reads[frame.next++]
      const read = name === undefined ? undefined : byId.get(name)
      if (read) enter(read)
      if (name !== undefined) continue
      ordered.add(frame.part)
      open.pop()
    }
  }
  return [...ordered]
}

/** A part that hangs on a switch runs only for the cases that it names. */
function guarded({ only }: DecisionPart, program: PartProgram, layout: Layout): PartProgram {
  if (!only) return program
  const chosen = bind(parseLogic({ var: only.switch }), layout)
  const cases: ReadonlySet<Json> = new Set(only.cases)
  return { ...program, runs: (frame, env) => cases.has(chosen(frame, env)) }
}

const compilePart = (part: DecisionPart, layout: Layout, around: Surroundings): PartProgram =>
  // The kind selects the compiler of that kind; the compiler cannot see that the two belong together.
  (
    compilers[part.kind] as (
      part: DecisionPart,
      layout: Layout,
      around: Surroundings,
    ) => PartProgram
  )(part, layout, around)

export function writtenFields(part: DecisionPart): readonly string[] {
  if (part.kind === 'rules') {
    return part.rules.flatMap((rule) =>
      rule.then.flatMap((action) => (action.do === 'set' ? [action.field] : [])),
    )
  }
  if (part.kind === 'output') return part.fields.map(({ name }) => name)
  if (part.kind === 'decision') return Object.keys(part.inputs)
  if (part.kind === 'scorecard') return part.characteristics.map(({ id }) => id)
  if (part.kind !== 'table') return []
  return part.outputs
    .map(({ expression }) => expression)
    .filter((field) => typeof field === 'string')
}

/** Twelve hex digits over what the decision means: names and tests are no part of it. */
const contentVersion = ({ id, parts, input }: Decision): string =>
  // Parsed documents are JSON; optional members that are undefined are left out of the canonical form.
  hashJson({ id, parts, input } as unknown as Json).slice(0, 12)
