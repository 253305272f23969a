import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { anyJson } from '#core/graph/control.ts'
import { connection } from '#core/node/connection.ts'
import { defineNode } from '#core/node/define-node.ts'
import { createRegistry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'
import { by, openBench, sketch } from './engine-fixture.ts'

it('[R294] a suspended connection holds the effects that use it, in every run, and nothing else', async () => {
  const asked: string[] = []
  const ask = defineNode({
    type: 'test.ask',
    version: 1,
    title: 'Ask',
    description: 'Asks over a connection.',
    area: 'integration',
    icon: 'phone',
    config: z.object({ connection: connection('http') }),
    inputs: {},
    outputs: { out: anyJson },
  }).effect({ uses: [] }, ({ config, exit }) => {
    asked.push(config.connection)
    return Promise.resolve(exit.out(config.connection))
  })
  const bench = await openBench({ registry: createRegistry([...builtInNodes, ask]) })
  onTestFinished(() => bench.close())
  for (const name of ['bureau', 'core-bank'])
    bench.engine.putConnection({
      ...by,
      connection: {
        name,
        kind: 'http',
        address: 'https://peer.example',
        settings: {},
        secret: null,
      },
    })
  const askFlow = (name: string) =>
    sketch(
      `over-${name}`,
      [
        { id: 'start', type: 'flow.start' },
        { id: 'ask', type: 'test.ask', config: { connection: name } },
        { id: 'end', type: 'flow.end', inputs: { output: { var: 'ask' } } },
      ],
      ['start.out > ask', 'ask.out > end'],
    )
  const hold = (suspended: boolean) =>
    bench.engine.setSuspension({ ...by, kind: 'connection', name: 'bureau', suspended })

  await hold(true)
  const held = await bench.run(askFlow('bureau'))
  const free = await bench.run(askFlow('core-bank'))
  await bench.engine.idle()
  expect(bench.engine.getRun('default', free).status).toBe('completed')
  expect(asked).toEqual(['core-bank'])
  await bench.reopen()
  await bench.engine.idle()
  expect(asked).toEqual(['core-bank'])
  await hold(false)
  await bench.engine.idle()
  expect(bench.engine.getRun('default', held)).toMatchObject({
    status: 'completed',
    output: 'bureau',
  })
  expect(asked).toEqual(['core-bank', 'bureau'])
})
