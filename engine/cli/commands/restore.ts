import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { TerminalError } from '#core/errors.ts'
import { openDataFolder } from '#engine/adapters/data-folder/open-data-folder.ts'
import { copyDatabase } from '#engine/adapters/sqlite/open-archive.ts'
import { exitCode, UsageError, type Command } from '#engine/cli/command.ts'
import { verify } from '#engine/cli/commands/verify.ts'

const help = `metis restore <file> --data DIR [--key FILE]

Makes a data folder from a backup: verifies the file, then copies it. Nothing is ever written over.

  <file>       what metis backup wrote
  --data DIR   the folder to make; a folder that holds a database already is refused
  --key FILE   the master key to put beside it; not needed where DIR holds master.key already

Start it with metis start --data DIR. Its runs go on from the moment of the backup: what the former engine did after
that moment is done again under the same keys. Never let the two go on side by side.
Exit code: 0 done, 1 the backup does not verify, 2 wrong call.`

const sameKey = (one: string, other: string): boolean =>
  readFileSync(one, 'utf8').trim() === readFileSync(other, 'utf8').trim()

export const restore: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { data: { type: 'string' }, key: { type: 'string' } },
    })
    const [given, ...rest] = positionals
    if (given === undefined) throw new UsageError('name the file to restore from')
    if (rest.length > 0) throw new UsageError(`"${rest[0]}" is one argument too many`)
    if (values.data === undefined) throw new UsageError('name the folder to make with --data')
    const source = resolve(terminal.cwd, given)
    const folder = resolve(terminal.cwd, values.data)
    const database = join(folder, 'metis.db')
    const key = join(folder, 'master.key')
    if (!existsSync(source)) throw new TerminalError('NO_DATABASE', { path: source })
    if (existsSync(database)) throw new TerminalError('RESTORE_TARGET_USED', { path: folder })
    const keyFile = values.key === undefined ? key : resolve(terminal.cwd, values.key)
    if (existsSync(key) && existsSync(keyFile) && !sameKey(key, keyFile))
      throw new TerminalError('RESTORE_KEY_DIFFERS', { path: folder, key: keyFile })
    const verdict = await verify.run(['--data', source, '--key', keyFile], terminal)
    if (verdict !== exitCode.done) {
      terminal.err('metis restore: the backup does not verify, so nothing was restored.')
      return exitCode.failed
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const held = openDataFolder(folder)
    try {
      // The key first: a folder that a kill leaves behind has no database, and takes the same restore again.
      if (!existsSync(key)) {
        copyFileSync(keyFile, key, constants.COPYFILE_EXCL)
        chmodSync(key, 0o600)
      }
      await copyDatabase(source, database)
    } finally {
      held.close()
    }
    terminal.out(`Restored to ${folder}. Start it with: metis start --data ${folder}`)
    return exitCode.done
  },
}
