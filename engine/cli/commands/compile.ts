import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compile } from '#core/compile/compile.ts'
import { builtInSource, printMachine, printModule, type NodeSource } from '#core/compile/print.ts'
import type { CustomNode } from '#engine/adapters/custom-nodes/load-node.ts'
import { bundleModule } from '#engine/cli/bundle-module.ts'
import { exitCode, UsageError, type Command } from '#engine/cli/command.ts'
import { checkFolder, hasErrors } from '#engine/cli/check-folder.ts'
import { readFlowFolder } from '#engine/cli/flow-folder.ts'
import { formatFinding } from '#engine/cli/format-finding.ts'
import { openRegistry } from '#engine/cli/open-registry.ts'
import { projectRoot } from '#engine/cli/root.ts'

const help = `metis compile <flow.json | template> [--ts] [--nodes DIR]

Prints the state machine of a flow: its XState configuration as JSON, or with --ts a module that runs
on xstate alone.

  --nodes DIR    node types of your own; may be repeated

Exit code: 0 printed, 1 the flow has errors, 2 wrong call.`

/** Where the module takes a node type from: the folders of the author, else the repository. */
const sourceIn =
  (custom: readonly CustomNode[]) =>
  (type: string): NodeSource | undefined => {
    const own = custom.find(({ node }) => node.type === type)
    return own ? { module: own.file, name: own.name } : builtInSource(type)
  }

/** The newest models do not matter to the machine: a release that is never run pins none. */
const noModels = {}

export const compileFlow: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        nodes: { type: 'string', multiple: true },
        ts: { type: 'boolean', default: false },
      },
    })
    const [target, ...rest] = positionals
    if (target === undefined || rest.length > 0) throw new UsageError('name one flow')
    const folder = readFlowFolder(target, terminal.cwd, join(projectRoot, 'templates'))
    const { registry, custom } = await openRegistry(values.nodes, terminal)
    const { flow, decisions, findings } = checkFolder(folder, registry)
    for (const finding of findings) terminal.err(formatFinding(finding))
    if (!flow || hasErrors(findings)) return exitCode.failed
    const nodes = Object.fromEntries(flow.nodes.map(({ type, version }) => [type, version]))
    const program = compile({ flow, decisions, nodes, models: noModels }, registry)
    if (values.ts) terminal.out(await bundleModule(printModule(program, sourceIn(custom))))
    else terminal.out(JSON.stringify(printMachine(program), null, 2))
    return exitCode.done
  },
}
