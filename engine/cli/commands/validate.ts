import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { exitCode, UsageError, type Command } from '#engine/cli/command.ts'
import { checkFolder, hasErrors } from '#engine/cli/check-folder.ts'
import { readFlowFolder } from '#engine/cli/flow-folder.ts'
import { formatFinding } from '#engine/cli/format-finding.ts'
import { openRegistry } from '#engine/cli/open-registry.ts'
import { projectRoot } from '#engine/cli/root.ts'

const help = `metis validate <flow.json | template> … [--nodes DIR] [--json]

Checks flows with the decisions and the flows beside them, without running anything.

  --nodes DIR    node types of your own; may be repeated
  --json         one line for each flow: { target, valid, findings }

Exit code: 0 no errors, 1 errors, 2 wrong call.`

export const validate: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        nodes: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
      },
    })
    if (positionals.length === 0) throw new UsageError('name a flow file or a template')
    const folders = positionals.map((target) => ({
      target,
      ...readFlowFolder(target, terminal.cwd, join(projectRoot, 'templates')),
    }))
    const { registry } = await openRegistry(values.nodes, terminal)
    let valid = true
    for (const folder of folders) {
      const { target } = folder
      const { findings } = checkFolder(folder, registry)
      const good = !hasErrors(findings)
      valid &&= good
      if (values.json) terminal.out(JSON.stringify({ target, valid: good, findings }))
      else {
        terminal.out(`${target}: ${good ? 'valid' : 'has errors'}`)
        for (const finding of findings) terminal.out(`  ${formatFinding(finding)}`)
      }
    }
    return valid ? exitCode.done : exitCode.failed
  },
}
