import type { Calendar } from '#core/calendar/calendar.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Flow } from '#core/graph/flow.ts'

/** What a run keeps from its start to its end: immutable and named by its hash. */
export interface Release {
  readonly flow: Flow
  /** By id, every decision that the flow's nodes name. */
  readonly decisions: Readonly<Record<string, Decision>>
  /** Node type → version. */
  readonly nodes: Readonly<Record<string, number>>
  /** Model name → version. */
  readonly models: Readonly<Record<string, string>>
  /** Flow id → hash of the release that a call runs; absent where nothing is called. */
  readonly flows?: Readonly<Record<string, string>>
  /** By id, every calendar that the flow's nodes name; absent where none is named. */
  readonly calendars?: Readonly<Record<string, Calendar>>
}
