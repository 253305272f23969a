import type { Json } from '#core/json.ts'
import { watchOf, type Gathered, type Watch } from '#core/step/enough.ts'
import type { Effect, EffectId, Failure } from '#core/step/types.ts'
import type { FanOutTable } from '#core/store.ts'
import type { LiveRun } from './live-run.ts'
import { places } from './places.ts'
import type { ValueCodec } from './value-codec.ts'

type Each = Extract<Effect, { kind: 'each' }>

/** What lists have gathered so far. Read once where it is asked for, and kept while the run is in memory. */
export interface Gatherings {
  of(run: LiveRun, effect: Each): Gathered
  /** Whether the condition of the list is met by it. */
  meets(run: LiveRun, effect: Each, at: number): boolean
  /** An item has succeeded. */
  add(run: LiveRun, effect: EffectId, at: { readonly item: number; readonly output: Json }): void
  /** An item has failed, or was cancelled. */
  fail(run: LiveRun, effect: EffectId, at: { readonly item: number; readonly error: Failure }): void
  /** Something else has changed: it is read again. */
  drop(run: LiveRun, effect: EffectId): void
}

interface Kept {
  readonly results: Json[]
  /** In the order of the items. */
  readonly failed: { readonly index: number; readonly error: Json }[]
  /** From when the condition is asked for. */
  watch: Watch | null
}

export function createGatherings({
  fanOuts,
  codec,
}: {
  readonly fanOuts: Pick<FanOutTable, 'results'>
  readonly codec: Pick<ValueCodec, 'decode'>
}): Gatherings {
  const known = new WeakMap<LiveRun, Map<EffectId, Kept>>()
  const read = (run: LiveRun, effect: Each): Kept => {
    const results: Json[] = Array.from({ length: effect.items.length }, () => null)
    const failed: { index: number; error: Json }[] = []
    for (const { item, status, data } of fanOuts.results(effect.id)) {
      // Begun anew, or about to be.
      if (status === 'again' || status === 'begun') continue
      const value = codec.decode(run.scope, places.item(run.tenant, effect.id, item), data)
      if (status === 'done') results[item] = value
      else failed.push({ index: item, error: value })
    }
    return { results, failed, watch: null }
  }
  const keptOf = (run: LiveRun, effect: Each): Kept => {
    const lists = known.get(run) ?? new Map<EffectId, Kept>()
    known.set(run, lists)
    const kept = lists.get(effect.id) ?? read(run, effect)
    lengthen(kept, effect.items.length)
    lists.set(effect.id, kept)
    return kept
  }
  const watched = (kept: Kept, effect: Each): Watch | null => {
    if (kept.watch) return kept.watch
    kept.watch = watchOf(effect)
    for (const result of kept.results) kept.watch?.change(undefined, result)
    return kept.watch
  }
  return {
    of: keptOf,
    meets(run, effect, at) {
      const kept = keptOf(run, effect)
      return watched(kept, effect)?.meets(kept, at) ?? false
    },
    add(run, effect, { item, output }) {
      const kept = known.get(run)?.get(effect)
      if (!kept) return
      lengthen(kept, item + 1)
      kept.watch?.change(kept.results[item], output)
      kept.results[item] = output
    },
    fail(run, effect, { item, error }) {
      const kept = known.get(run)?.get(effect)
      if (!kept) return
      const before = kept.failed.findLastIndex(({ index }) => index < item)
      // A failure is plain data.
      kept.failed.splice(before + 1, 0, { index: item, error: error as unknown as Json })
    },
    drop(run, effect) {
      known.get(run)?.delete(effect)
    },
  }
}

/** Further items have been added since. */
function lengthen({ results, watch }: Kept, length: number): void {
  while (results.length < length) {
    results.push(null)
    watch?.change(undefined, null)
  }
}
