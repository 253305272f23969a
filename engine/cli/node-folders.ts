import { delimiter, resolve } from 'node:path'
import type { Terminal } from '#engine/cli/command.ts'

/** Folders of `--nodes`, else of `METIS_NODES`, separated as in PATH. */
export const nodeFolders = (
  given: readonly string[] | undefined,
  { env, cwd }: Pick<Terminal, 'env' | 'cwd'>,
): string[] =>
  (given ?? (env['METIS_NODES'] ?? '').split(delimiter))
    .filter((folder) => folder !== '')
    .map((folder) => resolve(cwd, folder))
