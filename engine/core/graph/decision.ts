import { z } from 'zod'
import { documentId, jsonSchema, jsonValue, logic, nodeId } from '#core/graph/flow.ts'

/** What a rule does when its condition is true. `value` and `by` are expressions over the inputs. */
const ruleAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('set'), field: z.string(), value: logic }),
  z.strictObject({
    do: z.literal('outcome'),
    outcome: z.enum(['approve', 'approve_with_conditions', 'refer', 'decline']),
  }),
  z.strictObject({ do: z.literal('reason'), code: z.string(), text: z.string() }),
  z.strictObject({ do: z.literal('condition'), text: z.string() }),
  z.strictObject({ do: z.literal('adjust'), target: z.enum(['limit', 'rate']), by: logic }),
  z.strictObject({ do: z.literal('flag'), flag: z.string() }),
])

const rule = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Not met when it evaluates to anything but true; null means unknown. */
  when: logic,
  then: z.array(ruleAction),
  /** Higher goes first. @default 0 */
  priority: z.int().default(0),
  enabled: z.boolean().default(true),
  validFrom: z.string().optional(),
  validTo: z.string().optional(),
  /** In force only for this tenant. */
  tenant: z.string().optional(),
})

export const tableColumn = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** For an input column the expression whose value the cells test; for an output column its field name. */
  expression: logic,
  type: z.enum(['number', 'string', 'boolean', 'date', 'any']).default('any'),
  /** Of an output column: its possible values, best first. Hit policies `priority` and `output order` rank by it. */
  values: z.array(jsonValue).optional(),
})

/** A cell holds a condition with `{ var: '?' }` as the tested value, or null for "any". */
const tableRow = z.strictObject({
  id: z.string(),
  when: z.array(logic),
  then: z.array(logic),
  note: z.string().optional(),
})

/** What every part has. */
const part = {
  id: nodeId,
  name: z.string(),
  /** It runs only where the switch chose one of the cases; else its value is null, and nothing of it acts. */
  only: z.strictObject({ switch: nodeId, cases: z.array(z.string()) }).optional(),
}

const binReason = z.strictObject({ code: z.string(), text: z.string() })

/** A fact that is worth points. The first bin that takes its value counts. */
const characteristic = z.strictObject({
  id: z.string(),
  name: z.string(),
  expression: logic,
  bins: z.array(
    z.strictObject({
      id: z.string(),
      /** As a table's cell: a condition on `{ var: '?' }`, a value, a list, or null for any. */
      when: logic,
      points: z.number(),
      reason: binReason.optional(),
    }),
  ),
  /** Where the value is null. Without it the score is unknown. */
  missing: z.strictObject({ points: z.number(), reason: binReason.optional() }).optional(),
})

export const decisionPart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rules'), ...part, rules: z.array(rule) }),
  z.strictObject({
    kind: z.literal('table'),
    ...part,
    hitPolicy: z.enum([
      'unique',
      'first',
      'any',
      'priority',
      'rule order',
      'output order',
      'collect',
    ]),
    aggregate: z.enum(['sum', 'min', 'max', 'count']).optional(),
    inputs: z.array(tableColumn),
    outputs: z.array(tableColumn),
    rows: z.array(tableRow),
  }),
  z.strictObject({ kind: z.literal('expression'), ...part, value: logic }),
  z.strictObject({
    kind: z.literal('scorecard'),
    ...part,
    /** Points to begin with. */
    base: z.number().default(0),
    characteristics: z.array(characteristic),
    /** At most so many reasons, those that cost most points first. */
    reasons: z.strictObject({ most: z.int().min(0) }).optional(),
    /** From `approveFrom` approve, below `declineBelow` decline, between them refer. */
    cutoffs: z
      .strictObject({ approveFrom: z.number().optional(), declineBelow: z.number().optional() })
      .optional(),
  }),
  z.strictObject({
    kind: z.literal('switch'),
    ...part,
    /** The first whose condition is true is chosen, else `otherwise`. */
    cases: z.array(z.strictObject({ id: nodeId, name: z.string(), when: logic })),
  }),
  z.strictObject({
    kind: z.literal('decision'),
    ...part,
    decision: documentId,
    /** By field of the other decision's input. */
    inputs: z.record(z.string(), logic),
    /** Whether its outcome, reasons, conditions, flags and adjustments count as this decision's own. @default true */
    joins: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('output'),
    ...part,
    fields: z.array(z.strictObject({ name: z.string(), value: logic })),
  }),
])

/** The rules document. A part reads others under their id, and is evaluated after them. */
export const decisionSchema = z.strictObject({
  kind: z.literal('decision'),
  format: z.literal(1),
  id: documentId,
  name: z.string().min(1),
  description: z.string().default(''),
  input: jsonSchema,
  parts: z.array(decisionPart),
  /** Places on the canvas, of the parts and of `input` and `result`; no part of what the decision means. */
  layout: z.record(z.string(), z.strictObject({ x: z.number(), y: z.number() })).optional(),
  tests: z
    .array(
      z.strictObject({
        name: z.string(),
        input: jsonValue,
        expect: jsonValue,
        /** The day on which it is decided, `YYYY-MM-DD`. @default the day on which the test runs */
        on: z.iso.date().optional(),
      }),
    )
    .default([]),
})

export type Decision = z.output<typeof decisionSchema>
export type DecisionPart = z.output<typeof decisionPart>
export type Rule = z.output<typeof rule>
export type RuleAction = z.output<typeof ruleAction>
