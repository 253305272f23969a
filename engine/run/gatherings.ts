import type { Json } from '#core/json.ts'
import type { Gathered } from '#core/step/enough.ts'
import type { Effect, EffectId } from '#core/step/types.ts'
import type { FanOutTable } from '#core/store.ts'
import type { LiveRun } from './live-run.ts'
import { places } from './places.ts'
import type { ValueCodec } from './value-codec.ts'

/** What lists have gathered so far. Read once where it is asked for item by item, and kept while the run is in memory. */
export interface Gatherings {
  of(run: LiveRun, effect: Extract<Effect, { kind: 'each' }>): Gathered
  /** An item has succeeded. */
  add(run: LiveRun, effect: EffectId, at: { readonly item: number; readonly output: Json }): void
  /** Something else has changed: it is read again. */
  drop(run: LiveRun, effect: EffectId): void
}

interface Kept {
  readonly results: Json[]
  readonly failed: Gathered['failed']
}

export function createGatherings({
  fanOuts,
  codec,
}: {
  readonly fanOuts: Pick<FanOutTable, 'results'>
  readonly codec: ValueCodec
}): Gatherings {
  const known = new WeakMap<LiveRun, Map<EffectId, Kept>>()
  const read = (run: LiveRun, effect: Extract<Effect, { kind: 'each' }>): Kept => {
    const results: Json[] = Array.from({ length: effect.items.length }, () => null)
    const failed: { index: number; error: Json }[] = []
    for (const { item, status, data } of fanOuts.results(effect.id)) {
      // Begun anew, or about to be.
      if (status === 'again' || status === 'begun') continue
      const value = codec.decode(run.scope, places.item(run.tenant, effect.id, item), data)
      if (status === 'done') results[item] = value
      else failed.push({ index: item, error: value })
    }
    return { results, failed }
  }
  return {
    of(run, effect) {
      const lists = known.get(run) ?? new Map<EffectId, Kept>()
      known.set(run, lists)
      const kept = lists.get(effect.id) ?? read(run, effect)
      // Further items have been added since.
      while (kept.results.length < effect.items.length) kept.results.push(null)
      lists.set(effect.id, kept)
      return kept
    },
    add(run, effect, { item, output }) {
      const kept = known.get(run)?.get(effect)
      if (kept) kept.results[item] = output
    },
    drop(run, effect) {
      known.get(run)?.delete(effect)
    },
  }
}
