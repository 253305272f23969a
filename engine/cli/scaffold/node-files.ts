import { join } from 'node:path'

const words = (type: string): string[] =>
  type
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[. ]/)
    .map((word) => word.toLowerCase())

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

const definition = (
  type: string,
  name: string,
  title: string,
) => `import { defineNode, z } from 'metis'

export const ${name} = defineNode({
  type: '${type}',
  version: 1,
  title: '${title}',
  description: 'Compares an amount with a limit.',
  area: 'data',
  icon: 'scale',
  summary: 'limit {limit}',
  // Set by the author of a flow in the inspector.
  config: z.object({ limit: z.number().min(0).default(100_000).describe('Largest amount that passes') }),
  // Expressions over the run's values.
  inputs: { amount: z.number() },
  // The ports by which the node is left, each with the value that goes on. \`error\` is there besides.
  outputs: {
    within: z.object({ room: z.number() }),
    above: z.object({ excess: z.number() }),
  },
}).pure(({ inputs, config, exit }) =>
  inputs.amount <= config.limit
    ? exit.within({ room: config.limit - inputs.amount })
    : exit.above({ excess: inputs.amount - config.limit }),
)
`

const test = (name: string) => `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runNode } from 'metis'
import { ${name} } from './node.ts'

test('passes an amount within the limit', async () => {
  const result = await runNode(${name}, { config: { limit: 500 }, inputs: { amount: 300 } })
  assert.deepEqual(result, { port: 'within', value: { room: 200 } })
})

test('says by how much an amount is above the limit', async () => {
  const result = await runNode(${name}, { config: { limit: 500 }, inputs: { amount: 800 } })
  assert.deepEqual(result, { port: 'above', value: { excess: 300 } })
})
`

const help = (title: string) => `# ${title}

Compares an amount with a limit.

- **Within**: the amount is at most the limit; \`room\` is what is left.
- **Above**: it is larger; \`excess\` is by how much.
`

/** Lets an editor resolve \`metis\` and \`zod\` to the product's own. */
const editorConfig = (root: string) =>
  JSON.stringify(
    {
      compilerOptions: {
        target: 'es2023',
        module: 'esnext',
        moduleResolution: 'bundler',
        strict: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        skipLibCheck: true,
        types: ['node'],
        typeRoots: [join(root, 'node_modules', '@types')],
        paths: {
          metis: [join(root, 'engine', 'adapters', 'custom-nodes', 'sdk.ts')],
          zod: [join(root, 'node_modules', 'zod')],
        },
      },
      include: ['*.ts'],
    },
    null,
    2,
  )

/** The files of a new node type, by name; it works as it stands. */
export function nodeFiles(type: string, root: string): Readonly<Record<string, string>> {
  const [first = '', ...rest] = words(type)
  const name = first + rest.map(capital).join('')
  const title = capital(rest.join(' '))
  return {
    'node.ts': definition(type, name, title),
    'node.test.ts': test(name),
    'README.md': help(title),
    'tsconfig.json': `${editorConfig(root)}\n`,
  }
}
