import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { exitCode, UsageError, type Command, type Terminal } from '#engine/cli/command.ts'
import { createNode } from '#engine/cli/scaffold/create-node.ts'
import { testNodes } from '#engine/cli/scaffold/test-nodes.ts'

const help = `metis node new <type> [--dir DIR]
metis node test <dir>

new     makes a folder with a node type that works: definition, test, help. <type> is area.verb, for
        example kyc.liveness; the folder is made in DIR, by default the current one.
test    checks every node type below the folder against the contract and runs the tests beside them.

Start the product with --nodes DIR to have them in the palette. docs/custom-nodes.md tells the rest.
Exit code: 0 good, 1 a problem or a failed test, 2 wrong call.`

/** `kyc.limitCheck` → `kyc-limit-check` */
const kebab = (type: string): string => type.replaceAll(/\.|(?=[A-Z])/g, '-').toLowerCase()

async function create(type: string | undefined, dir: string, terminal: Terminal) {
  if (type === undefined || !/^[a-z][a-z0-9]*\.[a-z][A-Za-z0-9]*$/.test(type))
    throw new UsageError(`name the type as area.verb, for example kyc.liveness`)
  const folder = join(dir, kebab(type))
  const files = await createNode(type, folder)
  terminal.out(
    [
      ...files.map((file) => `made ${file}`),
      '',
      `Next: npx metis node test ${folder}`,
      `      npx metis start --nodes ${dir}`,
    ].join('\n'),
  )
  return exitCode.done
}

export const node: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { dir: { type: 'string', default: '.' } },
    })
    const [verb, what] = positionals
    if (verb === 'new') return create(what, resolve(terminal.cwd, values.dir), terminal)
    if (verb !== 'test') throw new UsageError('say new or test')
    if (what === undefined) throw new UsageError('name the folder to test')
    const good = await testNodes(resolve(terminal.cwd, what), terminal)
    return good ? exitCode.done : exitCode.failed
  },
}
