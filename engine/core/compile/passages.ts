import type { ActionReference, StateDefinition } from '#core/compile/definition.ts'
import { leftState } from '#core/compile/fragment.ts'
import { doneState, endedState, overState, to, type Entering } from '#core/compile/states.ts'
import { afterJoin } from '#core/graph/control.ts'
import { isInner } from '#core/graph/fragments.ts'
import { isWithin, type Region, type Regions } from '#core/graph/regions.ts'
import type { Way } from '#core/graph/topology.ts'

/** The states through which ways leave a fork whose join lets branches finish. */
export interface Passages {
  take(way: Way, from: Region | null): Entering
  /** Where a node ends its branch, or branches that never meet end the run; null where it does neither. */
  ending(node: string, from: Region | null, branch: Region | null): string | null
  /** What has been passed on the way out of a region; complete once all inside has been laid out. */
  in(region: Region): Readonly<Record<string, StateDefinition>>
}

/**
 * A way out of a branch that is heeded no more ends the branch; one out of what follows the join waits until all
 * branches are through. All other ways lead straight to where they enter.
 */
export function passagesOf(regions: Regions): Passages {
  const passed = new Map<Region, Record<string, StateDefinition>>()
  const pass = (region: Region, name: string, onward: Entering): Entering => {
    const { fork, branch, after } = region
    if (!regions.region(fork, afterJoin)) return onward
    const id = `${fork}/${branch}!out:${name}`
    const always: StateDefinition['always'] =
      after === undefined
        ? [
            { guard: { type: 'unheeded', params: { fork } }, ...to(endedState(fork, branch)) },
            onward,
          ]
        : [{ guard: { type: 'through', params: { fork } }, ...onward }]
    const states = passed.get(region) ?? {}
    passed.set(region, states)
    states[id] = { id, always }
    return to(id)
  }
  /** Where the way arrives in the region; undefined where it leads out of it. */
  const arrival = (way: Way, region: Region | null): string | undefined => {
    if (region && region.after === undefined) {
      const { fork, branch } = region
      const fragment = regions.fragments.get(fork)
      if (fragment && isInner(fragment, way)) return leftState(fork, branch, way.sourcePort)
      if (regions.joinOf.get(fork) === way.target) return doneState(fork, branch)
    }
    return region === null || isWithin(regions.of.get(way.target) ?? null, region)
      ? way.target
      : undefined
  }
  const leave = (way: Way, from: Region | null): Entering => {
    const target = arrival(way, from)
    if (target !== undefined || from === null) return { ...to(target ?? way.target), ...left(way) }
    return pass(from, `${way.source}:${way.sourcePort}`, leave(way, from.parent))
  }
  return {
    take: leave,
    ending(node, from, branch) {
      let target = branch ? to(endedState(branch.fork, branch.branch)) : undefined
      const after: Region[] = []
      for (let at = from; at?.after !== undefined && at !== branch; at = at.parent) after.push(at)
      if (!target && after.length === 0) return null
      target ??= to(overState(node))
      for (const region of after.toReversed()) target = pass(region, node, target)
      return target.target.slice(1)
    },
    in: (region) => passed.get(region) ?? {},
  }
}

/** What is done on a way: leaving a try as well, where it leads out of one. */
const left = ({ source, leaves }: Way): { readonly actions?: readonly ActionReference[] } =>
  leaves ? { actions: [{ type: 'escape', params: { node: source, ...leaves } }] } : {}
