import type { Json } from '#core/json.ts'
import type { Actor } from '#core/ports.ts'
import type { Bundle, Lineage } from './live-run.ts'
import type { ValueScope } from './value-codec.ts'

/** What the engine does by itself. */
export const engineActor: Actor = { id: 'engine', kind: 'system' }

/** Of a run that is started by itself. */
export const ownLineage: Omit<Lineage, 'version'> = {
  parent: null,
  parentEffect: null,
  item: null,
  body: null,
  priority: 5,
  previous: null,
}

/** A run that is to begin. */
export interface NewRun {
  readonly id: string
  readonly tenant: string
  readonly bundle: Bundle
  readonly lineage: Lineage
  readonly input: Json
  readonly scope: ValueScope
  readonly caseKey: string | null
  /** As in the case; null where a case key does not lead to this run. */
  readonly token: Uint8Array | null
}

/** The run that a run goes on as: `r`, `r~2`, `r~3`, … */
export const successorOf = (id: string): string => {
  const [, first = id, place = '1'] = /^(.*)~(\d+)$/.exec(id) ?? []
  return `${first}~${Number(place) + 1}`
}
export const firstOf = (id: string): string => id.replace(/~\d+$/, '')
