import type { CalendarSummary } from '#core/api/views.ts'
import { requestList } from './http.ts'

export const listCalendars = (): Promise<CalendarSummary[]> => requestList('/calendars')
