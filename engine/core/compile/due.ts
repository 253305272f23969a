import { bindLogic, type Names } from '#core/compile/bind.ts'
import type { CompiledNode } from '#core/compile/program.ts'
import { businessDeadline, type BusinessTime } from '#core/calendar/business-deadline.ts'
import { TerminalError } from '#core/errors.ts'
import { timerConfig } from '#core/graph/control.ts'
import { durationMs } from '#core/graph/duration.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { parseDay, startOfDay } from '#core/logic/dates.ts'
import type { Release } from '#core/release.ts'

/**
 * When a wait is over: at a moment that an input tells, after business time on a calendar of the release, or after a
 * duration. @throws TerminalError CALENDAR_UNKNOWN; and the function UNTIL_NO_TIME
 */
export function compileDue(
  node: FlowNode,
  config: Json,
  { names, release }: { readonly names: Names; readonly release: Release },
): NonNullable<CompiledNode['due']> {
  const { duration, business } = timerConfig.parse(config)
  const { until } = node.inputs
  if (until !== undefined) {
    const evaluate = bindLogic(until, names)
    return (context) => moment(evaluate(context), node.id)
  }
  if (business) {
    const calendar = release.calendars?.[business.calendar]
    if (!calendar)
      throw new TerminalError('CALENDAR_UNKNOWN', { node: node.id, calendar: business.calendar })
    const time: BusinessTime =
      business.days === undefined ? { hours: business.hours ?? 0 } : { days: business.days }
    return ({ at }) => businessDeadline(calendar, at, time)
  }
  const delay = duration === undefined ? 0 : durationMs(duration)
  return ({ at }) => at + delay
}

/** Times with an offset, as `2026-03-04T18:00:00+05:30` or with `Z`; without one the text is a day. */
const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/
/** The last moment that a date can tell. */
const latest = 8.64e15

/** ms since the epoch, a date-time with its offset, or a day, which begins in the zone of the logic. */
function moment(value: Json, node: string): number {
  const day = typeof value === 'string' && !value.includes('T') ? parseDay(value) : null
  const at =
    typeof value === 'number'
      ? value
      : day
        ? startOfDay(day)
        : typeof value === 'string' && withOffset.test(value)
          ? Date.parse(value)
          : Number.NaN
  if (!(Math.abs(at) <= latest)) throw new TerminalError('UNTIL_NO_TIME', { node })
  return Math.round(at)
}
