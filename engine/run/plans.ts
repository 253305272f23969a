import type { FlowNode } from '#core/graph/flow.ts'
import type { AnyNode } from '#core/node/define-node.ts'
import type { Registry } from '#core/node/registry.ts'
import { places, type Gate } from './gate.ts'
import type { Guards } from './guards.ts'
import type { LiveRun } from './live-run.ts'
import type { Lane } from './offer-queue.ts'
import { effectivePolicy, type EffectivePolicy } from './policy.ts'
import { referencesOf } from './references.ts'

/** How the effects of one node are performed. */
export interface Plan {
  readonly node: FlowNode
  readonly type: AnyNode & { readonly kind: 'effect' }
  readonly policy: EffectivePolicy
  readonly lane: Lane
  /** The same for who waits while the connection is down. */
  readonly patient: Lane
  /** The first connection that its config names. */
  readonly connection: string | null
}

export interface Plans {
  /** Undefined where the node's type is not installed. */
  of(run: Pick<LiveRun, 'tenant' | 'bundle'>, node: string): Plan | undefined
  /** For what has no plan: it fails at once, yet takes turns. */
  lane(tenant: string): Lane
}

/** Plans are made once for each node of a release and type; their lanes are shared by all nodes that pass the same gates. */
export function plans(parts: {
  readonly registry: Registry
  readonly guards: Guards
  /** Attempts of one tenant under way at once, Infinity for no limit. */
  readonly tenantPlaces: number
}): Plans {
  const { registry } = parts
  const made = new WeakMap<FlowNode, Plan>()
  const lanes = new Map<string, Lane>()
  const tenants = new Map<string, Gate>()

  const tenantGates = (tenant: string): Gate[] => {
    if (parts.tenantPlaces === Infinity) return []
    const gate = tenants.get(tenant) ?? places(() => parts.tenantPlaces)
    tenants.set(tenant, gate)
    return [gate]
  }
  const laneOf = (key: string, make: () => Lane): Lane => {
    const lane = lanes.get(key) ?? make()
    lanes.set(key, lane)
    return lane
  }
  const plan = (
    run: Pick<LiveRun, 'tenant' | 'bundle'>,
    node: FlowNode,
    type: Plan['type'],
  ): Plan => {
    const { tenant, bundle } = run
    const descriptor = registry.descriptor(node.type, bundle.release.nodes[node.type])
    const connection =
      (descriptor ? referencesOf(node, descriptor.config) : []).find(
        ({ ref }) => ref === 'connection',
      )?.name ?? null
    const policy = effectivePolicy(type.policy, node.policy)
    const laneFor = (whenDown: EffectivePolicy['whenDown']): Lane =>
      laneOf([tenant, type.type, connection ?? '', whenDown].join('\n'), () => {
        const { concurrency, breaker } = type.policy
        const rule = {
          ...(concurrency === undefined ? {} : { concurrency }),
          ...(breaker === undefined || connection !== null ? {} : { breaker }),
        }
        const own = Object.keys(rule).length > 0 ? parts.guards.type(type.type, rule) : undefined
        const peer = connection === null ? own : parts.guards.connection(tenant, connection)
        const gates = [...(peer?.gates ?? []), ...(own?.gates ?? []), ...tenantGates(tenant)]
        return {
          tenant,
          gates: [...new Set(gates)],
          ...(whenDown === 'fail' && peer ? { failsAt: peer.breaker } : {}),
        }
      })
    const [lane, patient] = [laneFor(policy.whenDown), laneFor('wait')]
    return { node, type, policy, lane, patient, connection }
  }

  return {
    of(run, id) {
      const node = run.bundle.nodes.get(id)
      if (!node) return undefined
      const type = registry.get(node.type, run.bundle.release.nodes[node.type])
      if (type?.kind !== 'effect') return undefined
      const known = made.get(node)
      // A type that was loaded anew has another policy.
      if (known?.type === type) return known
      const fresh = plan(run, node, type)
      made.set(node, fresh)
      return fresh
    },
    lane: (tenant) => laneOf(tenant, () => ({ tenant, gates: tenantGates(tenant) })),
  }
}
