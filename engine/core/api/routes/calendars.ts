import { z } from 'zod'
import { route } from '#core/api/route.ts'
import { idParams, reason } from '#core/api/routes/documents.ts'
import { calendarSummary, calendarView, page } from '#core/api/views.ts'
import { calendarSchema } from '#core/calendar/calendar.ts'

export const calendarRoutes = {
  listCalendars: route({
    method: 'get',
    path: '/calendars',
    summary: 'Business calendars: those of the tenant, and those that are built in.',
    responses: { 200: page(calendarSummary) },
    problems: [],
  }),
  getCalendar: route({
    method: 'get',
    path: '/calendars/:id',
    summary: 'The newest version of a calendar, or the one asked for, with the list of versions.',
    params: idParams,
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    responses: { 200: calendarView },
    problems: [404],
  }),
  putCalendar: route({
    method: 'put',
    path: '/calendars/:id',
    summary:
      'Create a calendar, or a new version of it. Flows take it over when they are next published. `If-Match` with the version number notices a conflict.',
    params: idParams,
    headers: z.object({ 'if-match': z.string().optional() }),
    body: z.strictObject({ calendar: calendarSchema.omit({ id: true }), reason }),
    responses: { 200: z.object({ id: z.string(), version: z.int() }) },
    problems: [409, 413, 422],
  }),
}
