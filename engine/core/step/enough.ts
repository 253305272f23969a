import type { Json } from '#core/json.ts'
import { tallied } from '#core/logic/tally.ts'
import type { Effect } from '#core/step/types.ts'

type Each = Extract<Effect, { kind: 'each' }>

/** What an each would leave with now. */
export type Gathered = {
  readonly results: readonly Json[]
  readonly failed: readonly { readonly index: number; readonly error: Json }[]
}

/** How far an each is; `meets` is asked only where there is a condition to ask. */
export interface Progressed {
  readonly succeeded: number
  readonly failed: number
  /** ms since the epoch */
  readonly at: number
  readonly meets: () => boolean
}

/** Whether an each may go on now. */
export function isEnough(
  { enough }: Pick<Each, 'enough'>,
  { succeeded, failed, at, meets }: Progressed,
): boolean {
  if (!enough) return false
  const { count, when, dueAt } = enough
  if (count !== undefined && succeeded >= count) return true
  if (dueAt !== undefined && at >= dueAt) return true
  return when !== undefined && succeeded + failed > 0 && meets()
}

/** The condition of an each, over what it gathers result by result. */
export interface Watch {
  /** A result stands where another was, or none. */
  change(was: Json | undefined, now: Json): void
  /** A condition that is unknown, or cannot be told, is not met. */
  meets(gathered: Gathered, at: number): boolean
}

export function watchOf({ node, enough }: Pick<Each, 'node' | 'enough'>): Watch | null {
  if (!enough?.when) return null
  const { logic, scope } = enough.when
  const condition = tallied(logic, [node, 'results'], scope)
  return {
    change: (was, now) => condition.change(was, now),
    meets(gathered, at) {
      try {
        // Logic reads, and keeps nothing of, what it is given.
        return (
          condition.evaluate({ ...scope, [node]: gathered as unknown as Json }, { at }) === true
        )
      } catch {
        // Operators of imported rules may throw on data that they do not expect.
        return false
      }
    },
  }
}
