import type { Registry } from '#core/node/registry.ts'
import type { Holds } from './holds.ts'
import { effectStatus, type LiveRun, type OpenEffect } from './live-run.ts'
import { referencesOf } from './references.ts'

type HoldableRun = Pick<LiveRun, 'tenant' | 'flow' | 'suspended' | 'lineage'>

/** What may not move by itself now. An attempt that is under way ends, and its result is kept. */
export interface Suspension {
  /** What holds the run, in a word; undefined where nothing does. */
  heldBy(run: HoldableRun): 'the run' | 'its flow' | 'the run that asked for it' | undefined
  /** Whether no attempt of the effect may begin: its run is held, or a connection that it uses. */
  holdsBack(run: LiveRun, open: OpenEffect): boolean
  /** Whether the engine will do something with the run without being asked, at once or after a back-off. */
  isBusy(run: LiveRun): boolean
}

export function suspension(
  holds: Holds,
  registry: Registry,
  find: (run: string) => LiveRun | undefined,
): Suspension {
  const connections = new WeakMap<object, readonly string[]>()
  const connectionsOf = ({ bundle }: LiveRun, id: string): readonly string[] => {
    const node = bundle.nodes.get(id)
    if (!node) return []
    const known = connections.get(node)
    if (known) return known
    const descriptor = registry.descriptor(node.type, bundle.release.nodes[node.type])
    const found = descriptor
      ? referencesOf(node, descriptor.config)
          .filter(({ ref }) => ref === 'connection')
          .map(({ name }) => name)
      : []
    connections.set(node, found)
    return found
  }
  const heldBy: Suspension['heldBy'] = ({ tenant, flow, suspended, lineage }) => {
    if (suspended) return 'the run'
    if (holds.has({ tenant, kind: 'flow', name: flow })) return 'its flow'
    const parent = lineage.parent === null ? undefined : find(lineage.parent)
    // One that has just ended may still be in memory, and holds nothing any more.
    return parent?.status === 'active' && heldBy(parent) ? 'the run that asked for it' : undefined
  }
  const holdsBack: Suspension['holdsBack'] = (run, { effect }) =>
    heldBy(run) !== undefined ||
    (holds.any('connection') &&
      connectionsOf(run, effect.node).some((name) =>
        holds.has({ tenant: run.tenant, kind: 'connection', name }),
      ))
  return {
    heldBy,
    holdsBack,
    isBusy: (run) =>
      [...run.open.values()].some(
        (open) =>
          ['running', 'retrying'].includes(effectStatus(run, open)) && !holdsBack(run, open),
      ),
  }
}
