import { z } from 'zod'
import { idParams, listQuery, reason } from '#core/api/routes/documents.ts'
import { route } from '#core/api/route.ts'
import { page, runView } from '#core/api/views.ts'
import { bulkItems, bulkQuery, bulkView, suspension, verb } from '#core/api/verbs.ts'

/** What operators do, to one run, to a flow or connection, and to many runs. */
export const operationRoutes = {
  operateRun: route({
    method: 'post',
    path: '/runs/:id/operations',
    summary:
      'One verb on a run: retry, complete, skip or fail a step, rewind to a node with edited values, cancel, suspend, resume, migrate.',
    params: idParams,
    body: z.strictObject({ verb, reason }),
    responses: { 200: runView },
    problems: [404, 409, 422],
  }),
  listSuspensions: route({
    method: 'get',
    path: '/suspensions',
    summary: 'Flows and connections that are suspended.',
    responses: { 200: page(suspension) },
    problems: [],
  }),
  setSuspension: route({
    method: 'put',
    path: '/suspensions/:kind/:name',
    summary:
      'Suspend or resume all runs of a flow, later ones too, or all effects that use a connection.',
    params: z.object({ kind: suspension.shape.kind, name: z.string().min(1) }),
    body: z.strictObject({ suspended: z.boolean(), reason }),
    responses: { 204: 'empty' },
    problems: [404],
  }),
  previewBulk: route({
    method: 'post',
    path: '/bulk',
    summary: 'Preview a verb on all runs that fit: which they are, and which would be refused.',
    body: z.strictObject({ query: bulkQuery, verb }),
    responses: { 201: bulkView },
    problems: [422],
  }),
  listBulks: route({
    method: 'get',
    path: '/bulk',
    summary: 'Bulk commands that were applied, newest first.',
    responses: { 200: page(bulkView) },
    problems: [],
  }),
  getBulk: route({
    method: 'get',
    path: '/bulk/:id',
    summary: 'How far a bulk command is.',
    params: idParams,
    responses: { 200: bulkView },
    problems: [404],
  }),
  listBulkItems: route({
    method: 'get',
    path: '/bulk/:id/items',
    summary: 'Its runs, each with its verdict.',
    params: idParams,
    query: listQuery,
    responses: { 200: bulkItems },
    problems: [404],
  }),
  applyBulk: route({
    method: 'post',
    path: '/bulk/:id/apply',
    summary: 'Apply a preview to exactly the runs that it named.',
    params: idParams,
    body: z.strictObject({ reason }).optional(),
    responses: { 202: bulkView },
    problems: [404, 409],
  }),
}
