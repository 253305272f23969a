import type { Plugin } from 'esbuild'
import * as zod from 'zod'
import * as sdk from './sdk.ts'

const key = 'metis.sdk'
const modules: Readonly<Record<string, object>> = { metis: sdk, zod }

/** Puts the host's own copies where bundled nodes look for them. */
export function shareHostModules(): void {
  Reflect.set(globalThis, Symbol.for(key), modules)
}

/** Exports every name of the host's module; zod's are reserved words in part (`null`, `enum`). */
const moduleText = (name: string): string =>
  [
    `const host = globalThis[Symbol.for('${key}')]['${name}']`,
    ...Object.keys(modules[name] ?? {}).flatMap((each, index) => [
      `const export${index} = host['${each}']`,
      `export { export${index} as ${each} }`,
    ]),
  ].join('\n')

/** Resolves `metis` and `zod` to the host's copies: two copies of zod would not know each other's schemas. */
export const hostModules: Plugin = {
  name: 'host-modules',
  setup(build) {
    build.onResolve({ filter: /^(metis|zod)(\/.*)?$/ }, ({ path }) => ({
      path: path.split('/')[0] ?? path,
      namespace: 'host',
    }))
    build.onLoad({ filter: /.*/, namespace: 'host' }, ({ path }) => ({
      contents: moduleText(path),
      loader: 'js',
    }))
  },
}
