import { isObject } from '#core/json.ts'
import type { EventView } from '#core/api/views.ts'
import type { Engine } from '#engine/run/engine.ts'

/** Runs whose flow is kept at hand. */
const mostRuns = 1_000

function typesIn(flow: unknown): Map<string, string> {
  const nodes = isObject(flow) && Array.isArray(flow['nodes']) ? flow['nodes'] : []
  const pairs = nodes
    .filter(isObject)
    .map((node): [string, string] => [String(node['id']), String(node['type'])])
  return new Map(pairs)
}

/** The node type behind an event: the operation of the metrics. */
export function createOperations(engine: Pick<Engine, 'getRunFlow'>) {
  const runs = new Map<string, Map<string, string>>()
  function typesOf(tenant: string, run: string): Map<string, string> {
    const known = runs.get(run)
    if (known) return known
    const types = typesIn(engine.getRunFlow(tenant, run).flow)
    if (runs.size >= mostRuns)
      for (const oldest of [...runs.keys()].slice(0, 1)) runs.delete(oldest)
    runs.set(run, types)
    return types
  }
  return {
    of(tenant: string, { run, node }: EventView): string {
      return (node === null ? undefined : typesOf(tenant, run).get(node)) ?? 'unknown'
    },
    forget: (run: string) => void runs.delete(run),
  }
}
