import { z } from 'zod'
import { duration, nodeId } from '#core/graph/flow.ts'
import type { Json, JsonSchema } from '#core/json.ts'
import type { NodeKind } from '#core/node/define-node.ts'

/** Any JSON value. A plain `any` inside: documents and step values are JSON before they are parsed here. */
export const anyJson = z.any() as z.ZodType<Json>

/** A config field that holds logic: forms show the condition builder, renaming a node rewrites it. */
const logicField = anyJson.meta({ 'x-logic': true })

/** Logic that also reads, under the node's own id, the value with which the node would leave now. */
const ownLogicField = anyJson.meta({ 'x-logic': true, 'x-own-value': true })

/** A config field that holds a JSON Schema. */
export const schemaField = (z.record(z.string(), anyJson) as z.ZodType<JsonSchema>).meta({
  'x-schema': true,
})

/** What the compiler reads from the config of a control node, by kind; every node of the kind has these fields. */
export const branchConfig = z.object({
  cases: z
    .array(z.object({ id: nodeId, name: z.string().default(''), when: logicField }))
    .default([]),
})
export const forkConfig = z.object({
  branches: z
    .array(z.object({ id: nodeId, name: z.string().default(''), when: logicField.optional() }))
    .min(1),
})
export const joinConfig = z.object({
  mode: z.enum(['all', 'any', 'count']).default('all'),
  /** With `count`: how many branches must arrive. */
  count: z.int().min(1).optional(),
  rest: z.enum(['stop', 'finish']).default('stop').meta({
    title: 'The others',
    description: 'With “any” and “count”: the other branches are stopped, or finish unheeded.',
  }),
})
const remind = z
  .object({
    after: duration.meta({ title: 'After' }),
    every: duration.optional().meta({ title: 'Then every' }),
  })
  .optional()
  .meta({ title: 'Remind' })
const escalate = z
  .object({ after: duration.meta({ title: 'After' }) })
  .optional()
  .meta({ title: 'Escalate' })

/** One of `duration`, `business` and the input `until`. */
export const timerConfig = z.object({
  duration: duration.optional().meta({ title: 'Duration' }),
  business: z
    .object({
      days: z.int().min(1).max(3_650).optional().meta({
        title: 'Business days',
        description: 'Ends when the last of these days closes; the day of arrival does not count.',
      }),
      hours: z.number().positive().max(10_000).optional().meta({
        title: 'Business hours',
        description: 'Counts only the hours in which the calendar is open.',
      }),
      calendar: z.string().default('india').meta({ title: 'Calendar', 'x-ref': 'calendar' }),
    })
    .optional()
    .meta({ title: 'Business time' }),
  remind,
  escalate,
})
export const messageConfig = z.object({
  message: z.string().min(1).meta({ title: 'Message' }),
  timeout: duration.optional().meta({ title: 'Timeout' }),
  remind,
  escalate,
  schema: schemaField.default({}).meta({ title: 'Value' }),
})
export const endConfig = z.object({
  status: z.enum(['completed', 'failed']).default('completed'),
  /** With `branch`: only the branch of the fork that it is in, or the path of a reminder. */
  ends: z.enum(['flow', 'branch']).default('flow').meta({
    title: 'Ends',
    description: 'The whole flow, or only the branch that leads here.',
  }),
})
/** How an each runs over its list. */
export const eachConfig = z.object({
  mode: z.enum(['sequential', 'concurrent']).default('sequential').meta({
    title: 'Mode',
    description: 'One item after the other, or several at a time.',
  }),
  limit: z.int().min(1).max(1_000).default(10).meta({
    title: 'At a time',
    description: 'With “concurrent”: how many items are under way at once, at most.',
  }),
  onFailure: z.enum(['stop', 'collect', 'tolerate']).default('stop').meta({
    title: 'When an item fails',
    description: 'Stop the others and leave by “error”; go on with all; or go on up to a number.',
  }),
  tolerate: z.int().min(0).default(0).meta({
    title: 'Tolerated failures',
    description: 'With “tolerate”: how many items may fail before the rest is stopped.',
  }),
  enough: z
    .object({
      count: z.int().min(1).max(100_000).optional().meta({
        title: 'Items that succeeded',
        description: 'Goes on once so many have succeeded.',
      }),
      when: ownLogicField.optional().meta({
        title: 'Condition',
        description: 'Goes on once it is met; it reads what this step has gathered so far.',
      }),
      after: duration.optional().meta({
        title: 'At the latest after',
        description: 'Goes on then with what there is.',
      }),
      rest: z.enum(['stop', 'finish']).default('stop').meta({
        title: 'The others',
        description: 'Items under way are stopped, or finish unheeded. No further item begins.',
      }),
    })
    .optional()
    .meta({ title: 'Enough', description: 'When to go on before all items have ended.' }),
  adds: z
    .object({
      message: z.string().min(1).meta({ title: 'Message' }),
      schema: schemaField.default({}).meta({ title: 'Item' }),
    })
    .optional()
    .meta({
      title: 'Further items',
      description: 'A message of this name, with the key of the input, adds its value to the list.',
    }),
  remind,
  escalate,
})

/** Which flow a call runs: its newest published version when the calling flow is published. */
export const callConfig = z.object({
  flow: z.string().min(1).meta({ title: 'Flow', 'x-ref': 'flow' }),
  depth: z.int().min(1).max(100).default(10).meta({
    title: 'Depth',
    description: 'Where a flow calls itself: how many such calls may stand within each other.',
  }),
  timeout: duration.optional().meta({ title: 'Timeout' }),
  remind,
  escalate,
})

/** Whose body only one run is in at a time. */
export const lockConfig = z.object({
  lock: z.string().min(1).meta({
    title: 'Lock',
    description: 'Steps under a lock of this name, and with the same key, wait for each other.',
  }),
  timeout: duration.optional().meta({
    title: 'Timeout',
    description: 'For waiting and for the steps inside, together.',
  }),
  remind,
  escalate,
})

/** The port of an each that begins its body, once for every item. */
export const itemPort = 'item'

export const taskConfig = z.object({
  title: z.string().min(1).meta({ title: 'Title' }),
  role: z.string().default('').meta({ title: 'Role' }),
  form: schemaField.default({ type: 'object', properties: {} }),
  outcomes: z.array(z.object({ id: nodeId, name: z.string().default('') })).min(1),
  due: duration.optional(),
  remind,
  escalate,
})

/** The port that begins what a node contains. */
export const bodyPorts: Readonly<Partial<Record<NodeKind, string>>> = {
  try: 'body',
  each: itemPort,
  lock: 'body',
}

/** What lies inside of these runs apart, as runs of their own. */
export const runsApart: ReadonlySet<NodeKind | undefined> = new Set(['each', 'lock'])

/** The port of a task or a message whose path runs beside it, while it goes on waiting. */
export const remindPort = 'remind'

export type JoinConfig = z.output<typeof joinConfig>

/** Whether branches go on beside what follows the join. */
export function letsFinish(config: unknown): boolean {
  const { data } = joinConfig.safeParse(config)
  return data?.rest === 'finish' && data.mode !== 'all'
}

/** In place of a branch's id: what follows a join that lets the other branches finish. */
export const afterJoin = '!after'

/** Which port each control kind is left by where it has only one. */
export const onlyPort = 'out'
export const elsePort = 'else'
