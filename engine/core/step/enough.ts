import type { Json } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import type { Effect } from '#core/step/types.ts'

type Each = Extract<Effect, { kind: 'each' }>

/** What an each would leave with now. */
export type Gathered = {
  readonly results: readonly Json[]
  readonly failed: readonly { readonly index: number; readonly error: Json }[]
}

/** How far an each is; `gathered` is asked only where a condition reads it. */
export interface Progressed {
  readonly succeeded: number
  readonly failed: number
  /** ms since the epoch */
  readonly at: number
  readonly gathered: () => Gathered
}

/** Whether an each may go on now. Pure: a condition that is unknown, or cannot be told, is not met. */
export function isEnough(
  { node, enough }: Pick<Each, 'node' | 'enough'>,
  { succeeded, failed, at, gathered }: Progressed,
): boolean {
  if (!enough) return false
  const { count, when, dueAt } = enough
  if (count !== undefined && succeeded >= count) return true
  if (dueAt !== undefined && at >= dueAt) return true
  if (!when || succeeded + failed === 0) return false
  const { results, failed: failures } = gathered()
  const own = { results: [...results], failed: failures.map((each) => ({ ...each })) }
  try {
    return compileLogic(when.logic)({ ...when.scope, [node]: own }, { at }) === true
  } catch {
    // Operators of imported rules may throw on data that they do not expect.
    return false
  }
}
