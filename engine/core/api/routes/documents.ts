import { z } from 'zod'
import { documentSummary, documentView, page, validationView } from '#core/api/views.ts'
import { route } from '#core/api/route.ts'

export const idParams = z.object({ id: z.string().min(1) })
export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).optional(),
  /** The previous page's `next`. */
  cursor: z.string().optional(),
})
export const reason = z.string().max(500).optional()

/** A table of 5,000 rows and 40 columns is 6 MB. */
const documentLimit = 16 * 1024 * 1024

/** The verbs that flows and decisions share. */
export const documentRoutes = (path: string) => ({
  save: route({
    method: 'post',
    path: `/${path}`,
    summary:
      'Create a document, or save a new draft. `If-Match` with the draft number notices a conflict.',
    headers: z.object({ 'if-match': z.string().optional() }),
    body: z.unknown(),
    bodyLimit: documentLimit,
    responses: { 201: z.object({ id: z.string(), draft: z.int() }) },
    problems: [409, 413, 422],
  }),
  list: route({
    method: 'get',
    path: `/${path}`,
    summary: 'Documents, newest change first.',
    query: listQuery,
    responses: { 200: page(documentSummary) },
    problems: [],
  }),
  get: route({
    method: 'get',
    path: `/${path}/:id`,
    summary: 'The draft, or the version asked for, with the list of versions.',
    params: idParams,
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    responses: { 200: documentView },
    problems: [404],
  }),
  validate: route({
    method: 'post',
    path: `/${path}/:id/validate`,
    summary: 'Findings about the draft, or about the document in the body, which is not saved.',
    params: idParams,
    body: z.unknown().optional(),
    bodyLimit: documentLimit,
    responses: { 200: validationView },
    problems: [404, 413],
  }),
  publish: route({
    method: 'post',
    path: `/${path}/:id/publish`,
    summary: 'Make the draft the newest version. Versions never change.',
    params: idParams,
    body: z.strictObject({ reason }).optional(),
    responses: { 200: z.object({ version: z.int() }) },
    problems: [404, 422],
  }),
})
