import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { TerminalError } from '#core/errors.ts'
import { copyDatabase } from '#engine/adapters/sqlite/open-archive.ts'
import { loadMasterKey } from '#engine/adapters/sqlite/master-key.ts'
import { exitCode, UsageError, type Command } from '#engine/cli/command.ts'
import { dataFiles } from '#engine/cli/data-option.ts'
import { verify } from '#engine/cli/commands/verify.ts'
import { fingerprint, keyCheckValue } from '#engine/run/master-key-check.ts'

const help = `metis backup <file | folder> [--data DIR]

Copies the database as it stands at one moment, also while the server runs and is under load, and verifies the copy.

  <file | folder>   a new file, or a folder in which a file with the time in its name is made
  --data DIR        ./data, or METIS_DATA

The copy holds no master key: values in it are as unreadable as on the disk. Keep the file master.key of the data
folder elsewhere, once. Without it no backup can be read.
Exit code: 0 done, 1 the copy does not verify (and is removed), 2 wrong call.`

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()
const nameOf = (now: Date): string => `metis-${now.toISOString().replaceAll(/[:.]/g, '-')}.db`

/** @throws TerminalError BACKUP_TARGET_FAILED */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (cause) {
    const detail = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new TerminalError('BACKUP_TARGET_FAILED', { path, detail }, { cause })
  }
}

export const backup: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { data: { type: 'string' } },
    })
    const [given, ...rest] = positionals
    if (given === undefined) throw new UsageError('name the file or folder to write to')
    if (rest.length > 0) throw new UsageError(`"${rest[0]}" is one argument too many`)
    const files = dataFiles(values.data, terminal)
    const path = resolve(terminal.cwd, given)
    const inFolder = isFolder(path) || given.endsWith(sep) || given.endsWith('/')
    const target = inFolder ? join(path, nameOf(new Date())) : path
    const masterKey = loadMasterKey(files.masterKey, { make: false })
    makeFolder(dirname(target))
    const whole = await copyDatabase(
      files.database,
      target,
      async (copy) =>
        (await verify.run(['--data', copy, '--key', files.masterKey], terminal)) === exitCode.done,
    )
    if (!whole) {
      terminal.err('metis backup: the copy does not verify and was removed. Run metis verify.')
      return exitCode.failed
    }
    terminal.out(
      `${target}\nRestore it with the master key of fingerprint ${fingerprint(keyCheckValue(masterKey))}.`,
    )
    return exitCode.done
  },
}
