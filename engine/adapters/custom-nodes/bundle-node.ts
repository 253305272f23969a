import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { BuildFailure, Message } from 'esbuild'
import { hostModules } from './host-modules.ts'
import { problemAt, type NodeProblem } from './node-problem.ts'

export interface Bundle {
  readonly code: string
  /** Source map, version 3; its sources are relative to the bundle. */
  readonly map: string
  /** Every file that went in: a change of one means loading anew. */
  readonly inputs: readonly string[]
}

const problemOf =
  (entry: string) =>
  ({ text, location }: Message): NodeProblem => {
    const file = location ? resolve(location.file) : entry
    const at = { file, line: location?.line ?? 1, column: (location?.column ?? 0) + 1 }
    return problemAt(at, 'CUSTOM_NODE_UNREADABLE', { detail: text })
  }

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors)

/** One module that holds the node and what it imports, except the host's own modules and Node's. */
export async function bundleNode(
  entry: string,
  outfile: string,
): Promise<{ bundle: Bundle } | { problems: NodeProblem[] }> {
  // Loaded only where there are custom nodes: it starts a process.
  const { build } = await import('esbuild')
  try {
    const result = await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'external',
      metafile: true,
      logLevel: 'silent',
      banner: {
        js: `import { createRequire as hostRequire } from 'node:module'; const require = hostRequire(import.meta.url);`,
      },
      plugins: [hostModules],
    })
    const text = (ending: string) =>
      result.outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
    return {
      bundle: {
        code: text('.mjs'),
        map: text('.map'),
        inputs: Object.keys(result.metafile.inputs)
          .map((path) => resolve(path))
          .filter((path) => existsSync(path)),
      },
    }
  } catch (error) {
    if (!isBuildFailure(error)) throw error
    return { problems: error.errors.map(problemOf(entry)) }
  }
}

/** Where a source of the map lies. */
export const sourcePath = (outfile: string, source: string): string =>
  resolve(dirname(outfile), source)
