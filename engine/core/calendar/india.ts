import type { Calendar } from '#core/calendar/calendar.ts'

const hours = { opens: '10:00', closes: '18:00' }

/**
 * Monday to Saturday with the three national holidays, which every state keeps. What a bank or a state adds (second
 * and fourth Saturdays, festivals by the moon) belongs into a calendar of one's own.
 */
const india: Calendar = {
  id: 'india',
  name: 'India',
  offset: 330,
  workdays: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours },
  holidays: [
    { date: '01-26', name: 'Republic Day' },
    { date: '08-15', name: 'Independence Day' },
    { date: '10-02', name: 'Gandhi Jayanti' },
  ],
}

/** The calendars that ship with the product. */
export const builtInCalendars: readonly Calendar[] = [india]

export const builtInCalendar = (id: string): Calendar | undefined =>
  builtInCalendars.find((calendar) => calendar.id === id)
