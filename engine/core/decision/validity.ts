import type { Env } from '#core/logic/evaluation.ts'
import { parseDay, startOfDay } from '#core/logic/dates.ts'

interface Valid {
  /** `YYYY-MM-DD`, the first day. */
  readonly validFrom?: string | undefined
  /** `YYYY-MM-DD`, the last day. */
  readonly validTo?: string | undefined
  readonly tenant?: string | undefined
}

const DAY = 86_400_000

/** Whether a rule is in force for the tenant and at the step's time, in whole days of its zone; null where it always is. */
export function validity({
  validFrom,
  validTo,
  tenant: whose,
}: Valid): ((env: Env) => boolean) | null {
  const first = validFrom === undefined ? null : parseDay(validFrom)
  const last = validTo === undefined ? null : parseDay(validTo)
  if (!first && !last && whose === undefined) return null
  return ({ at, offset, tenant }) =>
    (whose === undefined || whose === tenant) &&
    (!first || at >= startOfDay(first, offset)) &&
    (!last || at < startOfDay(last, offset) + DAY)
}
