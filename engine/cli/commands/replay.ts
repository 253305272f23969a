import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openArchive } from '#engine/adapters/sqlite/open-archive.ts'
import { loadMasterKey } from '#engine/adapters/sqlite/master-key.ts'
import { exitCode, UsageError, type Command } from '#engine/cli/command.ts'
import { dataFiles } from '#engine/cli/data-option.ts'
import { openRegistry } from '#engine/cli/open-registry.ts'
import { checkMasterKey } from '#engine/run/master-key-check.ts'
import { replayer, type Replayed } from '#engine/run/replay.ts'

const help = `metis replay <run> [...] | --all   [--data DIR | --data FILE] [--key FILE] [--nodes DIR] [--json]

Folds the journals of runs again from nothing and compares every state, and every effect with its input, with what was
written, bit for bit. Nothing is performed and nothing changed; a server may go on meanwhile.

  --all        every run of the database
  --data DIR   ./data, or METIS_DATA; the file of a backup does too
  --key FILE   the master key, where it does not lie beside the database
  --nodes DIR  node types of your own that the runs use; may be repeated
  --json       one line for each run

Exit code: 0 all are the same, 1 one differs, 2 wrong call.`

const sentenceOf = (verdict: Replayed): string => {
  if ('erased' in verdict) return 'erased with its case, so there is nothing to replay'
  if (verdict.same) return `the same, ${verdict.entries} entries`
  return verdict.seq === null
    ? `cannot be replayed: ${verdict.differs}`
    : `differs at entry ${verdict.seq} in ${verdict.differs}`
}

export const replay: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: 'boolean', default: false },
        data: { type: 'string' },
        key: { type: 'string' },
        nodes: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
      },
    })
    if (values.all === positionals.length > 0) throw new UsageError('name runs, or say --all')
    const files = dataFiles(values.data, terminal)
    const keyFile = values.key === undefined ? files.masterKey : resolve(terminal.cwd, values.key)
    const masterKey = loadMasterKey(keyFile, { make: false })
    const { registry } = await openRegistry(values.nodes, terminal)
    const archive = await openArchive(files.database)
    let differing = 0
    let erased = 0
    try {
      checkMasterKey(archive.store, masterKey)
      const fold = replayer({ store: archive.store, registry, masterKey })
      const runs = values.all ? archive.runs().map(({ id }) => id) : positionals
      for (const run of runs) {
        const verdict = fold(run)
        if (!verdict.same) differing += 1
        if ('erased' in verdict) erased += 1
        if (values.json) terminal.out(JSON.stringify({ run, ...verdict }))
        else if (!verdict.same || !values.all) terminal.out(`${run}: ${sentenceOf(verdict)}`)
      }
      if (!values.json)
        terminal.out(
          `${runs.length - differing - erased} of ${runs.length} runs replay the same.${erased > 0 ? ` ${erased} were erased with their cases.` : ''}`,
        )
    } finally {
      archive.close()
    }
    return differing === 0 ? exitCode.done : exitCode.failed
  },
}
