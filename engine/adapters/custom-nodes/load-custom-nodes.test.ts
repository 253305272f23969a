import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { RetryableError as CoreRetryableError } from '#core/errors.ts'
import { defineNode, type AnyNode, type PureNode } from '#core/node/define-node.ts'
import { runNode } from '#core/node/run-node.ts'
import { createLiveRegistry } from '#engine/adapters/custom-nodes/live-registry.ts'
import { loadCustomNodes } from '#engine/adapters/custom-nodes/load-custom-nodes.ts'
import { openCustomNodes } from '#engine/adapters/custom-nodes/open-custom-nodes.ts'

const builtIn: AnyNode[] = [
  defineNode({
    type: 'data.map',
    version: 1,
    title: 'Map',
    description: 'Maps.',
    area: 'data',
    icon: 'map',
    config: z.object({}),
    inputs: {},
    outputs: { out: z.string() },
  }).pure(({ exit }) => exit.out('')),
]

async function folderOf(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'metis-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await write(folder, files)
  return folder
}
async function write(folder: string, files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
}
async function load(files: Record<string, string>) {
  const folder = await folderOf(files)
  const scratch = await mkdtemp(join(tmpdir(), 'metis-scratch-'))
  onTestFinished(() => rm(scratch, { recursive: true, force: true }))
  return { folder, ...(await loadCustomNodes({ folders: [folder], builtIn, scratch })) }
}

const shape = (type = 'kyc.initials') => `{
  type: '${type}',
  version: 1,
  title: 'Initials',
  description: 'Takes the initials of a name.',
  area: 'data',
  icon: 'letter-case',
  config: z.object({ separator: z.string().default('.') }),
  inputs: { name: z.string() },
  outputs: { out: z.string() },
}`
const good = (type?: string) => `import { defineNode, z } from 'metis'
import { initials } from './initials.ts'
export const kycInitials = defineNode(${shape(type)}).pure(({ inputs, config, exit }) =>
  exit.out(initials(inputs.name, config.separator)))
`
const initials = `export const initials = (name: string, separator: string): string =>
  name.split(' ').map((word) => word.charAt(0)).join(separator)
`

it('loads a node written in TypeScript with its own imports and its help, and it runs', async () => {
  const { nodes, problems } = await load({
    'initials/node.ts': good(),
    'initials/initials.ts': initials,
    'initials/README.md': '# Initials',
  })
  expect(problems).toEqual([])
  expect(nodes).toMatchObject([{ help: '# Initials', node: { type: 'kyc.initials' } }])
  const node = nodes[0]?.node as unknown as PureNode
  const result = await runNode(node, { config: {}, inputs: { name: 'Asha Rao' } })
  expect(result).toEqual({ port: 'out', value: 'A.R' })
})

it('shares zod and the error classes with the host', async () => {
  const { nodes, problems } = await load({
    'node.ts': `import { defineNode, RetryableError, z } from 'metis'
import * as zod from 'zod'
if (zod.z.string !== z.string) throw new Error('two copies of zod')
export const failing = defineNode(${shape('kyc.failing')}).effect({ uses: [] }, async () => {
  throw new RetryableError('The register is closed.', { after: 5000 })
})`,
  })
  expect(problems).toEqual([])
  const node = nodes[0]?.node as unknown as PureNode
  const failure = await runNode(node, { config: {}, inputs: { name: '' } }).catch(
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(CoreRetryableError)
  expect(failure).toMatchObject({ after: 5000, message: 'The register is closed.' })
})

it('[R91] names file, line and column of a syntax error, and the others load', async () => {
  const { folder, nodes, problems } = await load({
    'broken/node.ts': `import { defineNode } from 'metis'\n\nexport const x = defineNode({ type: )`,
    'initials/node.ts': good(),
    'initials/initials.ts': initials,
  })
  expect(nodes).toHaveLength(1)
  expect(problems).toMatchObject([
    { file: join(folder, 'broken/node.ts'), line: 3, column: 37, code: 'CUSTOM_NODE_UNREADABLE' },
  ])
})

it('names file and line of an error thrown while loading, in its source', async () => {
  const { folder, problems } = await load({
    'node.ts': `import { z } from 'metis'
import { deep } from './deep.ts'
export const x: unknown = [z, deep]`,
    'deep.ts': `interface Nothing { a: string }\n\nexport const deep = (null as unknown as Nothing).a\n`,
  })
  expect(problems).toMatchObject([
    { file: join(folder, 'deep.ts'), line: 3, code: 'CUSTOM_NODE_THREW' },
  ])
})

it.each([
  ['type', `'kyc.initials'`, `'Initials'`, 4, 'area.verb'],
  ['version', 'version: 1', `version: '1'`, 5, 'whole number'],
  ['area', `'data'`, `'misc'`, 8, 'flow, document'],
  ['config', `z.object({ separator: z.string().default('.') })`, '{}', 10, 'zod schema'],
  ['inputs.name', '{ name: z.string() }', '{ name: String }', 11, 'zod schema'],
  ['outputs.error', '{ out: z.string() }', '{ error: z.string() }', 12, 'leave it out'],
  ['outputs', '{ out: z.string() }', '{}', 12, 'at least one port'],
])(
  '[R91] names the field %s, its line, and what to write',
  async (field, right, wrong, line, hint) => {
    const { folder, problems } = await load({
      'node.ts': good().replace(right, wrong),
      'initials.ts': initials,
    })
    expect(problems).toMatchObject([
      { file: join(folder, 'node.ts'), field, line, code: 'CUSTOM_NODE_FIELD' },
    ])
    expect(problems[0]?.message).toContain(hint)
  },
)

it.each([
  [`{ uses: ['database'] }`, 'policy.uses'],
  [`{ uses: [], timeout: '8 seconds' }`, 'policy.timeout'],
  [`{ uses: [], retry: { attempts: 0 } }`, 'policy.retry.attempts'],
  [`{ uses: [], total: 'an hour' }`, 'policy.total'],
  [`{ uses: [], heartbeat: 5 }`, 'policy.heartbeat'],
  [`{ uses: [], concurrency: 0 }`, 'policy.concurrency'],
  [`{ uses: [], whenDown: 'skip' }`, 'policy.whenDown'],
  [`{ uses: [], breaker: { share: 50 } }`, 'policy.breaker.share'],
  [`{ uses: [], cache: {} }`, 'policy.cache.ttl'],
])('names the field of the policy %s', async (policy, field) => {
  const { problems } = await load({
    'node.js': `import { defineNode, z } from 'metis'
export const x = defineNode(${shape()}).effect(${policy}, async ({ exit }) => exit.out(''))`,
  })
  expect(problems).toMatchObject([{ field, line: 12 }])
})

it('says how to complete a definition, and that a node must be exported', async () => {
  const { problems } = await load({
    'a/node.ts': `import { defineNode, z } from 'metis'\nexport const x = defineNode(${shape()})`,
    'b/node.ts': `export const nothing = 1`,
  })
  expect(problems.map(({ code }) => code)).toEqual([
    'CUSTOM_NODE_UNFINISHED',
    'CUSTOM_NODE_MISSING',
  ])
})

it('[R93] refuses the type of a built-in node and a second node of one type', async () => {
  const { nodes, problems } = await load({
    'a/node.ts': good(),
    'a/initials.ts': initials,
    'b/node.ts': good(),
    'b/initials.ts': initials,
    'c/node.ts': good('data.map'),
    'c/initials.ts': initials,
  })
  expect(nodes).toHaveLength(1)
  expect(problems).toMatchObject([
    { code: 'CUSTOM_NODE_TAKEN', field: 'type', line: 4 },
    { code: 'CUSTOM_NODE_TAKEN', field: 'type', line: 4 },
  ])
  expect(problems[1]?.message).toContain('the product')
})

it('tells of a folder that does not exist', async () => {
  const loaded = await loadCustomNodes({ folders: ['/nowhere/nodes'], builtIn, scratch: tmpdir() })
  expect(loaded.problems).toMatchObject([{ code: 'CUSTOM_NODE_NO_FOLDER' }])
})

it('[R92] loads anew when a file changes: the registry then has the new node', async () => {
  const folder = await folderOf({ 'node.ts': good(), 'initials.ts': initials })
  const registry = createLiveRegistry(builtIn, () => undefined)
  let loads = 0
  let loadedAgain = () => {}
  const again = new Promise<void>((resolve) => (loadedAgain = resolve))
  const custom = await openCustomNodes({
    folders: [folder],
    builtIn,
    registry,
    watch: true,
    onLoad: () => {
      loads += 1
      if (loads === 2) loadedAgain()
    },
  })
  onTestFinished(() => custom.close())
  expect(registry.descriptor('kyc.initials')).toMatchObject({ title: 'Initials', source: 'custom' })
  await write(folder, { 'node.ts': good().replace(`title: 'Initials'`, `title: 'Monogram'`) })
  await again
  expect(registry.descriptor('kyc.initials')).toMatchObject({ title: 'Monogram' })
})
