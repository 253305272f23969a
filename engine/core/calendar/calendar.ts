import { z } from 'zod'
import { documentId } from '#core/graph/flow.ts'

/** A time of day as `09:30`; `24:00` is the end of the day. */
const timeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write 09:30')
const hours = z
  .strictObject({ opens: timeOfDay, closes: timeOfDay })
  .refine(({ opens, closes }) => opens < closes, 'it must open before it closes')

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** A year that is left out may be a leap year. */
const isDay = (date: string): boolean => {
  const full = date.length === 5 ? `2024-${date}` : date
  const at = new Date(`${full}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(full)
}

/** When an organisation works: what business days and hours are counted on. */
export const calendarSchema = z.strictObject({
  id: documentId,
  name: z.string().min(1),
  /** Minutes ahead of UTC, all year: 330 in India. */
  offset: z.int().min(-720).max(840),
  /** A day of the week that is not named is closed. */
  workdays: z
    .partialRecord(z.enum(weekdays), hours)
    .refine((days) => Object.keys(days).length > 0, 'at least one day of the week must be open'),
  /** Closed days: `2026-03-04`, or `01-26` for every year. */
  holidays: z
    .array(
      z.strictObject({
        date: z
          .string()
          .regex(/^(\d{4}-)?\d{2}-\d{2}$/, 'write 2026-03-04, or 01-26')
          .refine(isDay, 'there is no such day'),
        name: z.string(),
      }),
    )
    .max(10_000),
})
export type Calendar = z.output<typeof calendarSchema>
