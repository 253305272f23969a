import { z } from 'zod'
import { calendarSchema } from '#core/calendar/calendar.ts'
import { finding } from '#core/graph/finding.ts'
import { duration, jsonSchema, jsonValue } from '#core/graph/flow.ts'

/** Shapes of what the API returns; OpenAPI, the server and the designer read them here. Times are ms since the epoch. */
export const runStatus = z.enum([
  'running',
  'waiting',
  'incident',
  'suspended',
  'undoing',
  'completed',
  'failed',
  'cancelled',
  'continued',
])
const stepStatus = z.enum([
  'running',
  'waiting',
  'retrying',
  'incident',
  'completed',
  'failed',
  'stopped',
])

const stepError = z.object({
  code: z.string(),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

const stepProgress = z.object({
  done: z.number().optional(),
  total: z.number().optional(),
  note: z.string().optional(),
})

export const stepView = z.object({
  /** `node:epoch` */
  step: z.string(),
  node: z.string(),
  status: stepStatus,
  port: z.string().nullable(),
  attempts: z.int(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  input: jsonValue,
  output: jsonValue,
  error: stepError.nullable(),
  /** How far the attempt is, in the words of the node's author. */
  progress: stepProgress.optional(),
  /** A connection that is down, and tried again then; or a lock that another step is inside of. */
  waitsFor: z
    .union([
      z.object({ connection: z.string(), nextTry: z.number().nullable() }),
      z.object({
        lock: z.string(),
        /** Who is inside. */
        run: z.string(),
        step: z.string(),
        /** How many come before this one, besides who is inside. */
        ahead: z.int(),
      }),
    ])
    .optional(),
  /** Of a step that is answered by runs: how many there are by now, and how they stand. */
  children: z
    .object({ total: z.int(), started: z.int(), done: z.int(), failed: z.int() })
    .optional(),
  /** When the answer was got that was given again here: no call was made. */
  cachedAt: z.number().optional(),
})

/** Who gave a command. */
export const actor = z.object({ id: z.string(), kind: z.enum(['user', 'token', 'system', 'cli']) })

export const runSummary = z.object({
  id: z.string(),
  flow: z.string(),
  flowName: z.string(),
  /** A published number, or `draft`. */
  version: z.union([z.int(), z.literal('draft')]),
  release: z.string(),
  caseKey: z.string().nullable(),
  status: runStatus,
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** Nodes that the run is at now. */
  at: z.array(z.string()),
  /** Of a run that another one asked for: that run, its step, and the place in its list (null for a called flow). */
  parent: z
    .object({ run: z.string(), step: z.string(), index: z.int().nullable() })
    .nullable()
    .optional(),
  /** 0 goes last, 9 first. */
  priority: z.int().optional(),
  /** The run that went on as this one, and as which run this one went on. */
  previous: z.string().nullable().optional(),
  next: z.string().nullable().optional(),
  /** Its case was erased: nothing that it held can be read any more. */
  erased: z.literal(true).optional(),
})
export const runView = runSummary.extend({
  input: jsonValue,
  output: jsonValue,
  error: stepError.nullable(),
  steps: z.array(stepView),
  /** The number of the newest event that this view contains. */
  seq: z.int(),
})

/** Events carry states, never values: who may see a value fetches the run. */
export const eventView = z.object({
  /** Grows by commit; subscribe from the last one seen. */
  seq: z.int(),
  at: z.number(),
  run: z.string(),
  flow: z.string(),
  type: z.enum([
    'run.started',
    'run.completed',
    'run.failed',
    'run.cancelled',
    'run.continued',
    'run.status',
    'step.started',
    'step.waiting',
    'step.retrying',
    'step.progress',
    'step.completed',
    'step.failed',
    'step.incident',
    'step.stopped',
    'task.created',
    'task.completed',
    'task.cancelled',
    'command',
  ]),
  step: z.string().nullable(),
  node: z.string().nullable(),
  /** Small facts without personal data: port, attempt, code, status, task id, actor, reason. */
  data: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})

export const taskView = z.object({
  id: z.string(),
  run: z.string(),
  flow: z.string(),
  node: z.string(),
  caseKey: z.string().nullable(),
  title: z.string(),
  role: z.string(),
  status: z.enum(['open', 'completed', 'cancelled']),
  createdAt: z.number(),
  dueAt: z.number().nullable(),
  completedAt: z.number().nullable(),
  completedBy: z.string().nullable(),
  /** JSON Schema of the answer. */
  form: jsonSchema,
  /** What the person needs to see. */
  data: jsonValue,
  outcomes: z.array(z.object({ id: z.string(), name: z.string() })),
})

export const documentSummary = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Counts saves; send it back as `If-Match` to have a conflict noticed. */
  draft: z.int(),
  version: z.int().nullable(),
  /** Whether the draft differs in meaning from the newest version. */
  changed: z.boolean(),
  updatedAt: z.number(),
  updatedBy: z.string(),
})
const documentVersion = z.object({
  version: z.int(),
  hash: z.string(),
  publishedAt: z.number(),
  publishedBy: z.string(),
})
/** `document` is the draft, or the version asked for with `?version=`. */
export const documentView = documentSummary.extend({
  document: z.unknown(),
  versions: z.array(documentVersion),
})

export const calendarSummary = z.object({
  id: z.string(),
  name: z.string(),
  /** The newest; null where it is built in. */
  version: z.int().nullable(),
  updatedAt: z.number().optional(),
  updatedBy: z.string().optional(),
})
export type CalendarSummary = z.infer<typeof calendarSummary>
export const calendarView = z.object({
  calendar: calendarSchema,
  /** Null where it is built in. */
  version: z.int().nullable(),
  versions: z.array(documentVersion),
})
export type CalendarView = z.infer<typeof calendarView>

export const validationView = z.object({ valid: z.boolean(), findings: z.array(finding) })

/** What may be asked of a connection. Lengths of time as `8s`, `15m`, `30d`. */
const connectionLimits = z.strictObject({
  /** At most so many calls `per` time, evenly after a first burst of as many. */
  rate: z.strictObject({ calls: z.int().min(1).max(1_000_000), per: duration }).optional(),
  /** Calls at the same time. */
  concurrency: z.int().min(1).max(10_000).optional(),
  /** When it is left alone because it fails; see the policy of a node type. */
  breaker: z
    .union([
      z.literal('off'),
      z.strictObject({
        share: z.number().gt(0).max(1).optional(),
        calls: z.int().min(1).optional(),
        window: duration.optional(),
        coolDown: duration.optional(),
      }),
    ])
    .optional(),
})

const connectionHealth = z.object({
  /** Open: it fails and is left alone. Half-open: one call tries. */
  state: z.enum(['closed', 'open', 'half-open']),
  since: z.number().nullable(),
  /** Within the breaker's window. */
  calls: z.int(),
  failures: z.int(),
  nextTry: z.number().nullable(),
})

export const connectionView = z.object({
  name: z.string(),
  kind: z.enum(['bureau', 'smtp', 'sms', 'http']),
  /** Origin and base path, or `smtp://host:port`. */
  address: z.string(),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Name of the secret sent as credential; it is bound to this address. */
  secret: z.string().nullable(),
  /** Where it comes from: set by a person, or the built-in sandbox. */
  source: z.enum(['configured', 'sandbox']),
  limits: connectionLimits.optional(),
  health: connectionHealth.optional(),
})

export const blobView = z.object({
  blob: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.int(),
})
export const modelView = z.object({
  name: z.string(),
  version: z.string(),
  hash: z.string(),
  card: jsonValue,
})

export const templateView = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  flow: z.unknown(),
  decisions: z.array(z.unknown()),
  cases: z.array(
    z.object({ id: z.string(), name: z.string(), input: jsonValue, expect: jsonValue }),
  ),
})

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.int(), next: z.string().nullable() })

/** RFC 9457 problem details, as `application/problem+json`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  findings: z.array(finding).optional(),
})

export type RunStatusView = z.output<typeof runStatus>
export type StepView = z.output<typeof stepView>
export type StepStatus = z.output<typeof stepStatus>
export type RunSummary = z.output<typeof runSummary>
export type RunView = z.output<typeof runView>
export type EventView = z.output<typeof eventView>
export type TaskView = z.output<typeof taskView>
export type DocumentSummary = z.output<typeof documentSummary>
export type DocumentView = z.output<typeof documentView>
export type ConnectionView = z.output<typeof connectionView>
export type ConnectionLimits = z.output<typeof connectionLimits>
export type ConnectionHealth = z.output<typeof connectionHealth>
export type BlobView = z.output<typeof blobView>
export type ModelView = z.output<typeof modelView>
export type TemplateView = z.output<typeof templateView>
export type Problem = z.output<typeof problem>
export interface Page<T> {
  readonly items: T[]
  readonly total: number
  readonly next: string | null
}
