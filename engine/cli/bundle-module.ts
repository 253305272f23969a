import { authorAlias } from '#engine/adapters/custom-nodes/author-alias.ts'
import { projectRoot } from '#engine/cli/root.ts'

/** A printed module with everything in it but xstate: it runs anywhere, without this repository. */
export async function bundleModule(text: string): Promise<string> {
  const { build } = await import('esbuild')
  const head = text.slice(0, text.indexOf('*/') + '*/'.length)
  const { outputFiles } = await build({
    stdin: { contents: text, resolveDir: projectRoot, loader: 'ts', sourcefile: 'machine.ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    external: ['xstate'],
    alias: authorAlias(projectRoot),
    banner: { js: `// @ts-nocheck\n${head}` },
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}
