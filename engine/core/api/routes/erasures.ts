import { z } from 'zod'
import { caseOf, erasurePreview, erasureView } from '#core/api/erasures.ts'
import { route } from '#core/api/route.ts'
import { page } from '#core/api/views.ts'

/** Case keys stand in bodies, never in paths: paths are logged. */
export const erasureRoutes = {
  previewErasure: route({
    method: 'post',
    path: '/erasures/preview',
    summary: 'What erasing a case would take: its runs and files, and what would stay.',
    body: z.strictObject({ of: caseOf }),
    responses: { 200: erasurePreview },
    problems: [404, 410],
  }),
  eraseCase: route({
    method: 'post',
    path: '/erasures',
    summary:
      'Erase a case for good: its key is destroyed, its files go. Its runs must have ended. `confirm` is the case key once more, or the id of the run where there is none.',
    body: z.strictObject({
      of: caseOf,
      confirm: z.string(),
      reason: z.string().trim().min(1).max(500),
    }),
    responses: { 201: erasureView },
    problems: [404, 409, 410, 422],
  }),
  listErasures: route({
    method: 'get',
    path: '/erasures',
    summary: 'Cases that were erased, newest first.',
    responses: { 200: page(erasureView) },
    problems: [],
  }),
}
