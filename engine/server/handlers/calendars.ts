import { commandOf, defined, ok, type Handlers } from '#engine/server/handler.ts'
import { ifMatchOf } from '#engine/server/if-match.ts'
import { pageOf } from '#engine/server/page-of.ts'
import type { ServerContext } from '#engine/server/context.ts'

export const calendarHandlers = ({ engine }: ServerContext) =>
  ({
    listCalendars: ({ tenant }) => ok(pageOf(engine.calendars.list(tenant))),
    getCalendar({ tenant, params, query }) {
      const view = engine.calendars.get(tenant, params.id, query.version)
      return { ...ok(view), headers: { etag: `"${view.version ?? 0}"` } }
    },
    putCalendar: (call) =>
      ok(
        engine.calendars.put({
          ...commandOf(call, call.body.reason),
          calendar: { ...call.body.calendar, id: call.params.id },
          ...defined({ ifMatch: ifMatchOf(call.headers['if-match']) }),
        }),
      ),
  }) satisfies Partial<Handlers>
