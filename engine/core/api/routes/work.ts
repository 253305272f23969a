import { z } from 'zod'
import { idParams, listQuery, reason } from '#core/api/routes/documents.ts'
import { route } from '#core/api/route.ts'
import { blobView, page, taskView } from '#core/api/views.ts'
import { duration, jsonValue } from '#core/graph/flow.ts'

/** Uploads: 25 MB. */
const uploadLimit = 25 * 1024 * 1024

export const workRoutes = {
  listTasks: route({
    method: 'get',
    path: '/tasks',
    summary: 'Tasks, oldest first.',
    query: listQuery.extend({
      status: z.enum(['open', 'completed', 'cancelled']).optional(),
      role: z.string().optional(),
      run: z.string().optional(),
    }),
    responses: { 200: page(taskView) },
    problems: [],
  }),
  getTask: route({
    method: 'get',
    path: '/tasks/:id',
    summary: 'A task with its form and what the person needs to see.',
    params: idParams,
    responses: { 200: taskView },
    problems: [404],
  }),
  completeTask: route({
    method: 'post',
    path: '/tasks/:id/complete',
    summary: 'Answer a task; the value must fit its form.',
    params: idParams,
    body: z.strictObject({ outcome: z.string(), value: jsonValue.default({}), reason }),
    responses: { 200: taskView },
    problems: [404, 409, 422],
  }),
  sendMessage: route({
    method: 'post',
    path: '/messages',
    summary:
      'Send a message to the runs that wait for its name and key, of each flow the one that has waited longest; it is kept where none can take it now, for 7 days unless `keepFor` says another time; 429 where too many are kept already. With an `id` the same message counts once.',
    body: z.strictObject({
      name: z.string().min(1).max(200),
      key: z.union([z.string().min(1).max(1000), z.number()]),
      value: jsonValue.default(null),
      id: z.string().min(1).max(200).optional(),
      /** At most 90d; `0s` for not at all. */
      keepFor: duration.optional(),
      reason,
    }),
    responses: {
      200: z.object({
        /** The runs that took it. */
        delivered: z.array(z.string()),
        kept: z.boolean(),
        duplicate: z.boolean(),
      }),
    },
    problems: [413, 422, 429],
  }),
  putBlob: route({
    method: 'post',
    path: '/blobs',
    summary: 'Upload a file: the raw bytes as body, its MIME type as Content-Type.',
    query: z.object({ name: z.string().min(1).max(255).default('file') }),
    upload: { limit: uploadLimit },
    responses: { 201: blobView },
    problems: [413],
  }),
  getBlob: route({
    method: 'get',
    path: '/blobs/:hash',
    summary: 'The bytes of an upload, by `sha256:…` or the bare digest.',
    params: z.object({ hash: z.string().regex(/^(sha256:)?[0-9a-f]{64}$/, 'write a SHA-256') }),
    responses: { 200: 'bytes' },
    problems: [404],
  }),
}
