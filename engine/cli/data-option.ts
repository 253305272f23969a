import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Terminal } from '#engine/cli/command.ts'

/** Where a data folder's parts lie: from `--data` or METIS_DATA, a folder or a database file of its own. */
export function dataFiles(
  given: string | undefined,
  { env, cwd }: Pick<Terminal, 'env' | 'cwd'>,
): { readonly folder: string; readonly database: string; readonly masterKey: string } {
  const path = resolve(cwd, given ?? env['METIS_DATA'] ?? 'data')
  const isFile = existsSync(path) && statSync(path).isFile()
  const folder = isFile ? dirname(path) : path
  return {
    folder,
    database: isFile ? path : join(path, 'metis.db'),
    masterKey: join(folder, 'master.key'),
  }
}
