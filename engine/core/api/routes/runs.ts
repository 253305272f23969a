import { z } from 'zod'
import { explanationQuery, stepExplanation } from '#core/api/explanation.ts'
import { idParams, listQuery, reason } from '#core/api/routes/documents.ts'
import { route } from '#core/api/route.ts'
import { runQueryFields } from '#core/api/verbs.ts'
import { eventView, page, runSummary, runView } from '#core/api/views.ts'
import { jsonValue } from '#core/graph/flow.ts'

const stepParams = idParams.extend({
  /** `node:epoch` */
  step: z.string().regex(/^[a-z][a-z0-9_]*:\d+$/, 'write node:epoch, for example bureau:1'),
})
const eventsQuery = z.object({
  /** The last event already seen. */
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
})
const eventPage = z.object({
  items: z.array(eventView),
  /** Send it as `from` to go on. */
  next: z.int(),
})
export const version = z.union([z.int().min(1), z.literal('draft')])

/** `ended` where nothing in the flow waits: the decision comes with the answer. */
const startedRun = z.object({
  id: z.string(),
  ended: z.object({ status: z.enum(['completed', 'failed']), output: jsonValue }).optional(),
})

export const runRoutes = {
  startRun: route({
    method: 'post',
    path: '/flows/:id/runs',
    summary:
      'Start a run of the newest version, of `version`, or of the draft. 200 and the same run where the case key stood already with the same input.',
    params: idParams,
    body: z.strictObject({
      input: jsonValue,
      caseKey: z.string().min(1).max(200).optional(),
      version: version.optional(),
      /** 0 goes last, 9 first. */
      priority: z.int().min(0).max(9).optional(),
      reason,
    }),
    responses: { 200: z.object({ id: z.string() }), 201: startedRun },
    problems: [404, 409, 410, 413, 422, 429],
  }),
  listRuns: route({
    method: 'get',
    path: '/runs',
    summary: 'Runs, newest first.',
    query: listQuery.extend({
      ...runQueryFields,
      /** The runs that this one asked for; absent: those that were started by themselves. */
      parent: z.string().optional(),
      /** Of these, the ones that this step (`node:epoch`) asked for. */
      step: z.string().optional(),
    }),
    responses: { 200: page(runSummary) },
    problems: [],
  }),
  getRun: route({
    method: 'get',
    path: '/runs/:id',
    summary: 'A run with every step, its input, output, attempts and error.',
    params: idParams,
    responses: { 200: runView },
    problems: [404],
  }),
  getRunFlow: route({
    method: 'get',
    path: '/runs/:id/flow',
    summary: 'The documents that the run keeps from its start.',
    params: idParams,
    responses: {
      200: z.object({ flow: z.unknown(), decisions: z.record(z.string(), z.unknown()) }),
    },
    problems: [404],
  }),
  getRunEvents: route({
    method: 'get',
    path: '/runs/:id/events',
    summary: 'Events of a run after `from`, oldest first.',
    params: idParams,
    query: eventsQuery,
    responses: { 200: eventPage },
    problems: [404],
  }),
  explainStep: route({
    method: 'get',
    path: '/runs/:id/steps/:step/explanation',
    summary:
      'Why a step’s decision came out so: every rule with its values, the nearest misses, the chain to the outcome, and the smallest change that would bring another one.',
    params: stepParams,
    query: explanationQuery,
    responses: { 200: stepExplanation },
    problems: [404, 409],
  }),
  cancelRun: route({
    method: 'post',
    path: '/runs/:id/cancel',
    summary: 'Cancel a run; what is under way is stopped.',
    params: idParams,
    body: z.strictObject({ reason }).optional(),
    responses: { 200: runView },
    problems: [404, 409],
  }),
  retryStep: route({
    method: 'post',
    path: '/runs/:id/steps/:step/retry',
    summary: 'A new attempt of a step that stands as an incident, under the same key.',
    params: stepParams,
    body: z.strictObject({ reason }).optional(),
    responses: { 200: runView },
    problems: [404, 409],
  }),
  completeStep: route({
    method: 'post',
    path: '/runs/:id/steps/:step/complete',
    summary: 'Leave an open step by hand, by `port` with `value`.',
    params: stepParams,
    body: z.strictObject({ port: z.string(), value: jsonValue, reason }),
    responses: { 200: runView },
    problems: [404, 409, 422],
  }),
  listEvents: route({
    method: 'get',
    path: '/events',
    summary: 'Events after `from`, oldest first; of one flow or of all.',
    query: eventsQuery.extend({ flow: z.string().optional() }),
    responses: { 200: eventPage },
    problems: [],
  }),
}
