import { expect, it } from 'vitest'
import { runNode } from '#core/node/run-node.ts'
import { dataMap } from '#nodes/data/map/node.ts'

it('data.map gives one field for each input', async () => {
  const inputs = { income: 52_000, foir: 0.41, tags: ['salaried'] }
  expect(await runNode(dataMap, { config: {}, inputs })).toEqual({ port: 'out', value: inputs })
})

it('data.map keeps no field that could reach a prototype', async () => {
  const inputs = JSON.parse('{"__proto__": {"admin": true}, "a": 1}') as { a: number }
  const { value } = await runNode(dataMap, { config: {}, inputs })
  expect(value).toEqual({ a: 1 })
  expect((value as { admin?: boolean }).admin).toBeUndefined()
})
