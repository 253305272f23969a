import type { CustomNode } from '#engine/adapters/custom-nodes/load-node.ts'
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
): Promise<{ registry: Registry; custom: readonly CustomNode[] }> {
  const registry = createLiveRegistry(builtInNodes, () => undefined)
  const folders = nodeFolders(given, terminal)
  if (folders.length === 0) return { registry, custom: [] }
  const opened = await openCustomNodes({
    folders,
    builtIn: builtInNodes,
    registry,
    watch: false,
    onLoad: ({ problems }) => problems.forEach((each) => terminal.err(formatProblem(each))),
  })
  const { nodes } = opened.current()
  await opened.close()
  return { registry, custom: nodes }
}
