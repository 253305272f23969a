import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openArchive } from '#engine/adapters/sqlite/open-archive.ts'
import { loadMasterKey } from '#engine/adapters/sqlite/master-key.ts'
import { exitCode, UsageError, type Command } from '#engine/cli/command.ts'
import { dataFiles } from '#engine/cli/data-option.ts'
import { audit } from '#engine/run/audit.ts'
import { checkMasterKey } from '#engine/run/master-key-check.ts'
import { storageFailure } from '#engine/run/storage-failure.ts'

const help = `metis verify [--data DIR | --data FILE] [--key FILE] [--json]

Reads the whole database and names each place that does not hold what was written there: the file's own structure,
the journal by its chain, sealed values by their seals, releases and versions by their hashes. A server may go on meanwhile.

  --data DIR   ./data, or METIS_DATA; the file of a backup does too
  --key FILE   the master key, where it does not lie beside the database
  --json       one line for each fault, and one at the end

Note the head of the chain somewhere else: it shows a history that was rewritten as a whole.
Exit code: 0 all is whole, 1 something is not, 2 wrong call.`

export const verify: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        key: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is one argument too many`)
    const files = dataFiles(values.data, terminal)
    const keyFile = values.key === undefined ? files.masterKey : resolve(terminal.cwd, values.key)
    const masterKey = loadMasterKey(keyFile, { make: false })
    const archive = await openArchive(files.database)
    let found = 0
    const tell = (fault: object, text: string): void => {
      found += 1
      terminal.out(values.json ? JSON.stringify(fault) : text)
    }
    try {
      for (const damage of archive.damages())
        tell({ tenant: null, stream: 'database', seq: null, what: damage }, `database: ${damage}`)
      checkMasterKey(archive.store, masterKey)
      const faults = audit(archive, masterKey)
      let next = faults.next()
      for (; !next.done; next = faults.next()) {
        const { tenant, stream, seq, what } = next.value
        const entry = seq === null ? '' : `, entry ${seq}`
        const of = tenant === null ? '' : `tenant ${tenant}, `
        tell(next.value, `${of}${stream}${entry}: ${what}`)
      }
      const { tenants, values: opened } = next.value
      if (values.json) terminal.out(JSON.stringify({ ok: found === 0, faults: found, tenants }))
      else {
        for (const { tenant, entries, head } of tenants)
          terminal.out(`tenant ${tenant}: ${entries} entries, head ${head}`)
        terminal.out(
          found === 0 ? `All is whole; ${opened} sealed values opened.` : `${found} faults.`,
        )
      }
    } catch (error) {
      const failure = storageFailure(error)
      if (!failure) throw error
      const what = `cannot be read further (${failure.params['detail']})`
      tell({ tenant: null, stream: 'database', seq: null, what }, `database: ${what}`)
      if (values.json) terminal.out(JSON.stringify({ ok: false, faults: found, tenants: [] }))
    } finally {
      archive.close()
    }
    return found === 0 ? exitCode.done : exitCode.failed
  },
}
