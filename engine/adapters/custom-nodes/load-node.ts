import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describeNode } from '#core/node/describe.ts'
import type { AnyNode } from '#core/node/define-node.ts'
import { bundleNode } from './bundle-node.ts'
import { asNode, checkContract, definitionsIn } from './check-contract.ts'
import { locateField, locateThrow, readText } from './locate.ts'
import { problemAt, type NodeProblem } from './node-problem.ts'

export interface CustomNode {
  readonly node: AnyNode
  /** Markdown, the README.md beside it. */
  readonly help: string
  readonly file: string
  /** The name by which the file exports it. */
  readonly name: string
}

export interface LoadedNodes {
  readonly nodes: readonly CustomNode[]
  readonly problems: readonly NodeProblem[]
  /** The files it was made of. */
  readonly inputs: readonly string[]
}

const detailOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/** Bundles one entry file, imports it and checks what it exports. Never throws for what the author did. */
export async function loadNode(entry: string, scratch: string): Promise<LoadedNodes> {
  const name = createHash('sha256').update(entry).digest('hex').slice(0, 12)
  const outfile = join(scratch, name, 'node.mjs')
  const failed = (problems: NodeProblem[], inputs: readonly string[] = [entry]): LoadedNodes => ({
    nodes: [],
    problems,
    inputs,
  })
  const made = await bundleNode(entry, outfile)
  if ('problems' in made) return failed(made.problems)
  const { code, map, inputs } = made.bundle

  // Imported under the hash of its text, so that a changed node is a new module.
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 12)
  const file = join(dirname(outfile), `${hash}.mjs`)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, code)
  let exports: Record<string, unknown>
  try {
    exports = await import(/* @vite-ignore */ pathToFileURL(file).href)
  } catch (error) {
    const at = locateThrow(error, { outfile: file, map }) ?? { file: entry, line: 1, column: 1 }
    return failed([problemAt(at, 'CUSTOM_NODE_THREW', { detail: detailOf(error) })], inputs)
  }

  const text = readText(entry)
  const definitions = definitionsIn(exports)
  if (definitions.length === 0)
    return failed([problemAt({ file: entry, line: 1, column: 1 }, 'CUSTOM_NODE_MISSING')], inputs)
  const readme = join(dirname(entry), 'README.md')
  const help = existsSync(readme) ? readText(readme) : ''
  const nodes: CustomNode[] = []
  const problems: NodeProblem[] = []
  for (const { name: exported, definition } of definitions) {
    const found = misfits(definition, help).map(({ field, code: reason, params }) =>
      problemAt({ file: entry, field, ...locateField(text, field) }, reason, params),
    )
    if (found.length > 0) problems.push(...found)
    else nodes.push({ node: asNode(definition), help, file: entry, name: exported })
  }
  return { nodes, problems, inputs }
}

/** What the contract says, then what describing it for the designer says. */
function misfits(definition: Record<string, unknown>, help: string) {
  const found = checkContract(definition)
  if (found.length > 0) return found
  try {
    describeNode(asNode(definition), help, 'custom')
    return []
  } catch (error) {
    const params = { hint: detailOf(error) }
    return [{ field: 'config', code: 'CUSTOM_NODE_FIELD' as const, params }]
  }
}
