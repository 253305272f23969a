import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Every node.ts below the folder by the type that it defines. */
function filesByType(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && each.name === 'node.ts')
    .map((each) => join(each.parentPath, each.name))
  return new Map(
    files.flatMap((file) => {
      const type = /\btype: '([\w.]+)'/.exec(readFileSync(file, 'utf8'))?.[1]
      return type === undefined ? [] : [[type, file] as const]
    }),
  )
}

/** The help of the built-in nodes: the README.md beside each definition, read when first asked for. */
export function builtInHelp(folder: string): (type: string) => string | undefined {
  let files: Map<string, string> | undefined
  return (type) => {
    files ??= filesByType(folder)
    const file = files.get(type)
    const readme = file === undefined ? undefined : join(dirname(file), 'README.md')
    return readme !== undefined && existsSync(readme) ? readFileSync(readme, 'utf8') : undefined
  }
}
