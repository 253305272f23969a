import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const isRoot = (folder: string): boolean => {
  const file = join(folder, 'package.json')
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'metis'
}

function find(folder: string): string {
  if (isRoot(folder)) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('The folder of metis was not found above its own files.')
  return find(parent)
}

/** The product's folder, with templates, models and node help: the same from the sources and from the build. */
export const projectRoot: string = find(dirname(fileURLToPath(import.meta.url)))

export const productVersion: string = JSON.parse(
  readFileSync(join(projectRoot, 'package.json'), 'utf8'),
).version
