import { createLiveRegistry } from '#engine/adapters/custom-nodes/live-registry.ts'
import { openCustomNodes } from '#engine/adapters/custom-nodes/open-custom-nodes.ts'
import { formatProblem } from '#engine/adapters/custom-nodes/node-problem.ts'
import type { Terminal } from '#engine/cli/command.ts'
import { nodeFolders } from '#engine/cli/node-folders.ts'
import type { Registry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'

/** The node types that a command knows, without an engine; what is wrong with custom ones is told. */
export async function openRegistry(
  given: readonly string[] | undefined,
  terminal: Terminal,
): Promise<Registry> {
  const registry = createLiveRegistry(builtInNodes, () => undefined)
  const folders = nodeFolders(given, terminal)
  if (folders.length === 0) return registry
  const custom = await openCustomNodes({
    folders,
    builtIn: builtInNodes,
    registry,
    watch: false,
    onLoad: ({ problems }) => problems.forEach((each) => terminal.err(formatProblem(each))),
  })
  await custom.close()
  return registry
}
