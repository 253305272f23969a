import { createHash } from 'node:crypto'
import type { CalendarSummary, CalendarView } from '#core/api/views.ts'
import { businessDeadline } from '#core/calendar/business-deadline.ts'
import { calendarSchema, type Calendar } from '#core/calendar/calendar.ts'
import { builtInCalendar, builtInCalendars } from '#core/calendar/india.ts'
import { TerminalError } from '#core/errors.ts'
import { canonicalJson } from '#core/json.ts'
import type { Clock, Command } from '#core/ports.ts'
import type { Store, VersionRow } from '#core/store.ts'
import { authorize } from './authorize.ts'
import type { CommandLog } from './command-log.ts'

/** A tenant's business calendars, each save a version that never changes; beside them those that are built in. */
export interface CalendarStore {
  list(tenant: string): CalendarSummary[]
  /** The newest version, or the one asked for. @throws NOT_FOUND */
  get(tenant: string, id: string, version?: number): CalendarView
  /** The same content makes no new version. @throws CALENDAR_INVALID, CALENDAR_NEVER_OPEN, DRAFT_CONFLICT (`ifMatch` is not the newest version) */
  put(command: Command & { calendar: unknown; ifMatch?: number }): { id: string; version: number }
}

// Stored after parsing.
const read = (row: VersionRow): Calendar => JSON.parse(row.body) as Calendar

/** The newest version of the tenant's own, else the one that is built in. */
export const calendarOf = (store: Store, tenant: string, id: string): Calendar | undefined => {
  const row = store.documents.version(tenant, 'calendar', id)
  return row ? read(row) : builtInCalendar(id)
}

export function calendars(parts: {
  store: Store
  commands: CommandLog
  clock: Clock
}): CalendarStore {
  const { documents } = parts.store
  const parse = (given: unknown, at: number): Calendar => {
    const parsed = calendarSchema.safeParse(given)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const detail = `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim()
      throw new TerminalError('CALENDAR_INVALID', { detail })
    }
    // Refuses one that closes every day.
    businessDeadline(parsed.data, at, { days: 1 })
    return parsed.data
  }

  return {
    list(tenant) {
      const own = documents.drafts(tenant, 'calendar').map((row): CalendarSummary => {
        const { id, draft: version, updatedAt, updatedBy } = row
        // Stored after parsing.
        const { name } = JSON.parse(row.body) as Calendar
        return { id, name, version, updatedAt, updatedBy }
      })
      const taken = new Set(own.map(({ id }) => id))
      const rest = builtInCalendars.filter(({ id }) => !taken.has(id))
      return [...own, ...rest.map(({ id, name }) => ({ id, name, version: null }))]
    },
    get(tenant, id, version) {
      const versions = documents.versions(tenant, 'calendar', id)
      const row = versions.find((each) => version === undefined || each.version === version)
      const calendar = row ? read(row) : version === undefined ? builtInCalendar(id) : undefined
      if (!calendar) {
        const what = version === undefined ? 'calendar' : 'calendar version'
        throw new TerminalError('NOT_FOUND', { what, id: version ? `${id}@${version}` : id })
      }
      return {
        calendar,
        version: row?.version ?? null,
        versions: versions.map((each) => ({
          version: each.version,
          hash: each.hash,
          publishedAt: each.publishedAt,
          publishedBy: each.publishedBy,
        })),
      }
    },
    put({ calendar: given, ifMatch, ...command }) {
      const { tenant } = command
      const named = calendarSchema.pick({ id: true }).safeParse(given).data?.id ?? ''
      authorize(command.actor, 'calendar.put', { tenant, kind: 'calendar', id: named })
      const calendar = parse(given, parts.clock.now())
      const { id } = calendar
      const body = canonicalJson(calendar)
      const hash = createHash('sha256').update(body).digest('hex')
      const newest = documents.version(tenant, 'calendar', id)
      if (ifMatch !== undefined && ifMatch !== (newest?.version ?? 0))
        throw new TerminalError('DRAFT_CONFLICT', {
          id,
          by: newest?.publishedBy ?? '',
          current: newest?.version ?? 0,
          expected: ifMatch,
        })
      if (newest?.hash === hash) return { id, version: newest.version }
      return parts.commands.write(command, { stream: `calendar/${id}`, type: 'save' }, (at) => {
        const version = (newest?.version ?? 0) + 1
        const by = { tenant, kind: 'calendar', id, body } as const
        const updatedBy = command.actor.id
        documents.saveDraft({ ...by, draft: version, updatedAt: at, updatedBy })
        documents.addVersion({ ...by, version, hash, publishedAt: at, publishedBy: updatedBy })
        return { answer: { id, version }, facts: { version, hash } }
      })
    },
  }
}
