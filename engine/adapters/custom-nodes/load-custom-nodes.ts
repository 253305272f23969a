import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { AnyNode } from '#core/node/define-node.ts'
import { shareHostModules } from './host-modules.ts'
import { loadNode, type CustomNode, type LoadedNodes } from './load-node.ts'
import { locateField, readText } from './locate.ts'
import { problemAt, type NodeProblem } from './node-problem.ts'

const entries = new Set(['node.ts', 'node.js', 'node.mjs'])

async function entriesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((each) => each.isFile() && entries.has(each.name))
    .map((each) => join(each.parentPath, each.name))
    .filter((path) => !path.slice(folder.length).includes('node_modules'))
    .toSorted()
}

/** Keeps the first of each type and version, and none that bears the name of a built-in type. */
function refuseTaken(loaded: readonly CustomNode[], builtIn: readonly AnyNode[]) {
  const taken = new Map(builtIn.map((node): [string, string] => [node.type, 'the product']))
  const nodes: CustomNode[] = []
  const problems: NodeProblem[] = []
  for (const custom of loaded) {
    const { type, version } = custom.node
    const owner = taken.get(type) ?? taken.get(`${type} ${version}`)
    if (owner === undefined) {
      taken.set(`${type} ${version}`, custom.file)
      nodes.push(custom)
      continue
    }
    const at = locateField(readText(custom.file), 'type')
    problems.push(
      problemAt({ file: custom.file, field: 'type', ...at }, 'CUSTOM_NODE_TAKEN', { type, owner }),
    )
  }
  return { nodes, problems }
}

/** Loads every `node.ts` or `node.js` below the folders. One that is broken is a problem and stops no other. */
export async function loadCustomNodes(options: {
  readonly folders: readonly string[]
  readonly builtIn: readonly AnyNode[]
  /** An empty folder for the bundles. */
  readonly scratch: string
}): Promise<LoadedNodes> {
  shareHostModules()
  const folders = options.folders.map((folder) => resolve(folder))
  const missing = folders
    .filter((folder) => !existsSync(folder))
    .map((folder) => problemAt({ file: folder, line: 1, column: 1 }, 'CUSTOM_NODE_NO_FOLDER'))
  const files = await Promise.all(folders.filter((folder) => existsSync(folder)).map(entriesIn))
  const loaded = await Promise.all(
    [...new Set(files.flat())].map((file) => loadNode(file, options.scratch)),
  )
  const kept = refuseTaken(
    loaded.flatMap(({ nodes }) => nodes),
    options.builtIn,
  )
  return {
    nodes: kept.nodes,
    problems: [...missing, ...loaded.flatMap(({ problems }) => problems), ...kept.problems],
    inputs: loaded.flatMap(({ inputs }) => inputs),
  }
}
