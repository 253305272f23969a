import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '#engine/cli/command.ts'
import { projectRoot } from '#engine/cli/root.ts'
import { nodeFiles } from '#engine/cli/scaffold/node-files.ts'

/** Writes the files of a new node type; returns their paths. @throws UsageError where the folder exists */
export async function createNode(type: string, folder: string): Promise<string[]> {
  if (existsSync(folder)) throw new UsageError(`${folder} exists already`)
  await mkdir(folder, { recursive: true })
  const files = Object.entries(nodeFiles(type, projectRoot))
  return Promise.all(
    files.map(async ([name, text]) => {
      const file = join(folder, name)
      await writeFile(file, text)
      return file
    }),
  )
}
