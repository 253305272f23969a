import { mkdtemp, readFile, rm, symlink, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runView } from '#core/api/views.ts'
import { main } from '#engine/cli/main.ts'
import { projectRoot } from '#engine/cli/root.ts'
import { pureFlow, taskFlow } from '#engine/server/testing/sample-flow.ts'

async function folderOf(files: Record<string, unknown> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'metis-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files))
    await writeFile(
      join(folder, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    )
  return folder
}

async function metis(cwd: string, ...argv: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await main(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    env: { METIS_NODES: '' },
    cwd,
    colour: false,
    interrupted: new AbortController().signal,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

/** Cannot be published: its node waits for a time that is none. */
const failingFlow = {
  ...pureFlow,
  id: 'fails',
  nodes: [
    pureFlow.nodes[0],
    {
      id: 'shape',
      type: 'flow.wait',
      name: 'Shape',
      inputs: {},
      config: { duration: 'never' },
    },
    pureFlow.nodes[2],
  ],
}

describe('metis run', () => {
  it('[R88] [R89] ends with 0 when the run completes, and prints with --json one line of the shape of GET /runs/:id', async () => {
    const cwd = await folderOf({ 'flow.json': pureFlow, 'paper.txt': 'hello' })
    const input = JSON.stringify({ amount: 5, file: { $file: 'paper.txt' } })
    const { code, out, err } = await metis(cwd, 'run', 'flow.json', input, '--json')
    expect(code).toBe(0)
    expect(err).toBe('')
    expect(out).not.toContain('\n')
    const run = runView.parse(JSON.parse(out))
    expect(run.status).toBe('completed')
    expect(run.output).toMatchObject({
      amount: 5,
      file: { name: 'paper.txt', type: 'text/plain', size: 5 },
    })
  })

  it('[R375] starts with the priority that it is given, and refuses one that is none', async () => {
    const cwd = await folderOf({ 'flow.json': pureFlow })
    const ran = (...args: string[]) =>
      metis(cwd, 'run', 'flow.json', '{"amount":5}', '--json', ...args)
    const [usual, urgent] = [await ran(), await ran('--priority', '9')]
    expect(JSON.parse(usual.out)).toMatchObject({ priority: 5 })
    expect(JSON.parse(urgent.out)).toMatchObject({ priority: 9 })
    for (const wrong of ['10', '-1', 'high', '1.5', '']) {
      const { code, err } = await ran(`--priority=${wrong}`)
      expect(code).toBe(2)
      expect(err).toContain('from 0 (last) to 9 (first)')
    }
  })

  it('[R88] ends with 3 when the run waits, and tells the steps on the terminal', async () => {
    const cwd = await folderOf({ 'flow.json': taskFlow, 'input.json': { amount: 5 } })
    const { code, err } = await metis(cwd, 'run', 'flow.json', '--input', 'input.json')
    expect(code).toBe(3)
    expect(err).toMatch(/◷ Review +waiting/)
  })

  it('[R88] ends with 4 when the run stands as an incident', async () => {
    const cwd = await folderOf()
    await metis(cwd, 'node', 'new', 'test.fails')
    const file = join(cwd, 'test-fails', 'node.ts')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('inputs.amount <= config.limit', 'never()'))
    await writeFile(
      join(cwd, 'flow.json'),
      JSON.stringify({
        ...pureFlow,
        nodes: [
          pureFlow.nodes[0],
          { id: 'shape', type: 'test.fails', name: 'Shape', inputs: { amount: 1 } },
          pureFlow.nodes[2],
        ],
        edges: [
          pureFlow.edges[0],
          { id: 'e2', source: 'shape', sourcePort: 'within', target: 'end' },
          { id: 'e3', source: 'shape', sourcePort: 'above', target: 'end' },
        ],
      }),
    )
    const ran = await metis(cwd, 'run', 'flow.json', '{"amount":1}', '--nodes', cwd)
    expect(ran.err).toContain('incident')
    expect(ran.code).toBe(4)
  })

  it.each([
    ['no target', []],
    ['an unknown template', ['no-such-template']],
    ['an unknown option', ['flow.json', '--fast']],
    ['two inputs', ['flow.json', '{}', '--input', 'flow.json']],
    ['an input that is no JSON', ['flow.json', '{half']],
    ['an unknown case', ['flow.json', '--case', 'none']],
    ['an input that does not fit the flow', ['flow.json', '{"amount":"much"}']],
    ['a file that is missing', ['flow.json', '{"amount":1,"file":{"$file":"none.png"}}']],
    ['a document that is no flow', ['broken.json']],
    ['a flow with errors', ['fails.json', '{"amount":1}']],
  ])('[R88] ends with 2 on %s, and says why', async (_what, args) => {
    const cwd = await folderOf({
      'flow.json': pureFlow,
      'fails.json': failingFlow,
      'broken.json': { kind: 'flow', nodes: 7 },
    })
    const { code, out, err } = await metis(cwd, 'run', ...args)
    expect(code, err).toBe(2)
    expect(out).toBe('')
    expect(err).toContain('metis run: ')
  })
})

it('[R377] metis run counts on the calendars of the folder', async () => {
  const wait = {
    id: 'shape',
    type: 'flow.wait',
    name: 'Wait',
    config: { business: { days: 1, calendar: 'branch' } },
  }
  const nodes = [pureFlow.nodes[0], wait, { ...pureFlow.nodes[2], inputs: {} }]
  const cwd = await folderOf({ 'flow.json': { ...pureFlow, nodes } })
  const ran = () => metis(cwd, 'run', 'flow.json', '{"amount":5}')
  expect((await ran()).err).toContain('"branch", which does not exist')
  await mkdir(join(cwd, 'calendars'))
  const hours = { opens: '00:00', closes: '24:00' }
  const calendar = {
    id: 'branch',
    name: 'Branch',
    offset: 0,
    workdays: { mon: hours },
    holidays: [],
  }
  await writeFile(join(cwd, 'calendars', 'branch.json'), JSON.stringify(calendar))
  expect((await ran()).code).toBe(3)
})

/** Calls another flow with its own input. */
const callingFlow = (id: string, flow: string) => ({
  ...pureFlow,
  id,
  nodes: [
    pureFlow.nodes[0],
    { id: 'shape', type: 'flow.call', config: { flow }, inputs: { input: { var: 'input' } } },
    pureFlow.nodes[2],
  ].map((node) => ({ name: 'Node', ...node })),
})

describe('metis run of flows that call others', () => {
  it('[R376] publishes them too, from its folder or flows/, those they call as well', async () => {
    const cwd = await folderOf({
      'outer.json': callingFlow('outer', 'middle'),
      'half-written.json': '{"kind": "flow", ',
      'unused.json': failingFlow,
    })
    await mkdir(join(cwd, 'flows'))
    await writeFile(join(cwd, 'flows', 'm.json'), JSON.stringify(callingFlow('middle', 'echo')))
    await writeFile(join(cwd, 'flows', 'e.json'), JSON.stringify(pureFlow))
    for (const file of ['outer.json', 'flows/m.json']) {
      const { code, out, err } = await metis(cwd, 'run', file, '{"amount":5}', '--json')
      expect(code, err).toBe(0)
      expect(runView.parse(JSON.parse(out)).output).toEqual({ amount: 5, file: null })
    }
  })

  it('[R376] ends with 2 and names a called flow that is missing, or the circle', async () => {
    const cwd = await folderOf({
      'lonely.json': callingFlow('lonely', 'nobody'),
      'ring.json': callingFlow('ring', 'back'),
      'back.json': callingFlow('back', 'ring'),
    })
    const lonely = await metis(cwd, 'run', 'lonely.json', '{"amount":5}')
    expect(lonely.code).toBe(2)
    expect(lonely.err).toMatch(/"lonely" calls the flow "nobody", which no file in .* holds/)
    const ring = await metis(cwd, 'run', 'ring.json', '{"amount":5}')
    expect(ring.code).toBe(2)
    expect(ring.err).toContain('in a circle')
  })
})

it.each([
  ['--concurrency', '0'],
  ['--tenant-concurrency', 'many'],
])('metis start refuses %s %s', async (option, value) => {
  const cwd = await folderOf()
  const { code, err } = await metis(cwd, 'start', option, value)
  expect(code).toBe(2)
  expect(err).toContain(`${option} is a whole number from 1 on`)
})

describe('metis validate', () => {
  it('[R90] ends with 0 on a good flow and with 1 on errors, which it places', async () => {
    const cwd = await folderOf({ 'good.json': pureFlow, 'bad.json': failingFlow })
    expect(await metis(cwd, 'validate', 'good.json')).toMatchObject({ code: 0 })
    const bad = await metis(cwd, 'validate', 'good.json', 'bad.json')
    expect(bad.code).toBe(1)
    expect(bad.out).toMatch(/error \/nodes\/1\S* \(shape\): /)
    expect((await metis(cwd, 'validate')).code).toBe(2)
  })
})

describe('metis compile', () => {
  it('[R43] prints the machine, and with --ts a module that runs on xstate alone', async () => {
    const cwd = await folderOf({ 'flow.json': pureFlow })
    const { out } = await metis(cwd, 'compile', 'flow.json')
    expect(JSON.parse(out)).toMatchObject({ initial: 'start' })
    const { out: text, code } = await metis(cwd, 'compile', 'flow.json', '--ts')
    expect(code).toBe(0)
    await mkdir(join(cwd, 'node_modules'))
    await symlink(join(projectRoot, 'node_modules/xstate'), join(cwd, 'node_modules/xstate'))
    await writeFile(join(cwd, 'machine.mjs'), text)
    const module = await import(/* @vite-ignore */ pathToFileURL(join(cwd, 'machine.mjs')).href)
    const { createActor } = await import('xstate')
    const run = { id: 'r', flow: 'echo', version: '1', caseKey: null, startedAt: 0 }
    const actor = createActor(module.machine, { input: { run, input: { amount: 5 }, at: 0 } })
    actor.start()
    expect(actor.getSnapshot()).toMatchObject({ status: 'done', output: { amount: 5 } })
  })
})

describe('metis node', () => {
  it('[R94] makes a node that passes its own test and appears in the engine', async () => {
    const cwd = await folderOf()
    expect(await metis(cwd, 'node', 'new', 'kyc.limitCheck')).toMatchObject({ code: 0 })
    const tested = await metis(cwd, 'node', 'test', '.')
    expect(tested.out).toContain('kyc.limitCheck version 1')
    expect(tested.out).toContain('pass 2')
    expect(tested.code).toBe(0)
    expect(await metis(cwd, 'node', 'new', 'kyc.limitCheck')).toMatchObject({ code: 2 })
  })

  it('ends with 1 on a node that does not fit and on a test that fails', async () => {
    const cwd = await folderOf()
    await metis(cwd, 'node', 'new', 'kyc.limitCheck')
    const file = join(cwd, 'kyc-limit-check', 'node.ts')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('config.limit - inputs.amount', '0'))
    expect((await metis(cwd, 'node', 'test', '.')).code).toBe(1)
    await writeFile(file, text.replace("area: 'data'", "area: 'misc'"))
    const broken = await metis(cwd, 'node', 'test', '.')
    expect(broken.code).toBe(1)
    expect(broken.err).toMatch(/kyc-limit-check\/node\.ts:\d+:\d+ area: /)
  })

  it('[R95] runs the example of docs/custom-nodes.md with its test', async () => {
    const guide = await readFile(join(projectRoot, 'docs', 'custom-nodes.md'), 'utf8')
    const blocks = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
    const cwd = await folderOf({
      'node.ts': blocks.find((code) => code.includes('defineNode({')) ?? '',
      'node.test.ts': blocks.find((code) => code.includes('answering')) ?? '',
    })
    const tested = await metis(cwd, 'node', 'test', '.')
    expect(tested.out).toContain('kyc.pincode version 1')
    expect(tested.out).toContain('pass 2')
    expect(tested.code).toBe(0)
  })

  it('ends with 2 on a type that is no area.verb', async () => {
    expect((await metis(await folderOf(), 'node', 'new', 'Liveness')).code).toBe(2)
  })
})

it('lists its commands, and knows only those', async () => {
  const cwd = await folderOf()
  expect(await metis(cwd, '--help')).toMatchObject({ code: 0 })
  expect(await metis(cwd)).toMatchObject({ code: 2 })
  const unknown = await metis(cwd, 'fly')
  expect(unknown.code).toBe(2)
  expect(unknown.err).toContain('start the server')
  for (const name of ['run', 'start', 'validate', 'compile', 'node'])
    expect((await metis(cwd, name, '--help')).out).toContain(`metis ${name}`)
})
