import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { by, openBench, type Bench } from '#engine/run/engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const task = { type: 'human.task', config: { title: 'Look', outcomes: [{ id: 'yes' }] } }
const fork = (...ids: string[]) => ({
  type: 'flow.fork',
  config: { branches: ids.map((id) => ({ id })) },
})
/** A lock that all have in common, around a task. */
const locked = (id: string) => ({
  [id]: { type: 'flow.lock', config: { lock: 'turn' } },
  [`${id}_in`]: { ...task, parent: id },
  [`${id}_end`]: { type: 'flow.end', parent: id },
})
const lockedEdges = (id: string) => [`${id}.body -> ${id}_in`, `${id}_in.yes -> ${id}_end`]

const waits = async (): Promise<string> => {
  await bench.engine.idle()
  const { items } = bench.engine.listTasks(by.tenant, { status: 'open' })
  return items.map(({ node }) => node).sort().join(' ') // prettier-ignore
}
const answer = async (node: string): Promise<string> => {
  const { items } = bench.engine.listTasks(by.tenant, { status: 'open' })
  const id = items.find((each) => each.node === node)?.id ?? ''
  await bench.engine.completeTask({ ...by, task: id, outcome: 'yes', value: {} })
  return waits()
}
const status = (run: string) => bench.engine.getRun(by.tenant, run).status

describe('taking turns', () => {
  it('WCP-17 Interleaved Parallel Routing', async () => {
    // b follows a; c may come before, between or after them, but never beside.
    const run = await bench.run(
      draw(
        { start: 'flow.start', f: fork('x', 'y'), ...locked('a'), ...locked('b'), ...locked('c'), j: 'flow.join', end: 'flow.end' }, // prettier-ignore
        ['start -> f', 'f.x -> a', 'a -> b', 'b -> j', 'f.y -> c', 'c -> j', 'j -> end', ...['a', 'b', 'c'].flatMap(lockedEdges)], // prettier-ignore
      ),
    )
    expect(await waits()).toBe('a_in')
    // c has asked before b could.
    expect(await answer('a_in')).toBe('c_in')
    expect(await answer('c_in')).toBe('b_in')
    expect(await answer('b_in')).toBe('')
    expect(status(run)).toBe('completed')
  })

  it('WCP-39 Critical Section', async () => {
    const run = await bench.run(
      draw(
        { start: 'flow.start', f: fork('x', 'y', 'z'), ...locked('a'), ...locked('b'), free: task, j: 'flow.join', end: 'flow.end' }, // prettier-ignore
        ['start -> f', 'f.x -> a', 'f.y -> b', 'f.z -> free', 'a -> j', 'b -> j', 'free.yes -> j', 'j -> end', ...lockedEdges('a'), ...lockedEdges('b')], // prettier-ignore
      ),
    )
    expect(await waits()).toBe('a_in free')
    expect(await answer('a_in')).toBe('b_in free')
    await answer('free')
    expect(await answer('b_in')).toBe('')
    expect(status(run)).toBe('completed')
  })

  it('WCP-40 Interleaved Routing', async () => {
    const run = await bench.run(
      draw(
        { start: 'flow.start', f: fork('x', 'y', 'z'), ...locked('a'), ...locked('b'), ...locked('c'), j: 'flow.join', end: 'flow.end' }, // prettier-ignore
        ['start -> f', 'f.x -> a', 'f.y -> b', 'f.z -> c', 'a -> j', 'b -> j', 'c -> j', 'j -> end', ...['a', 'b', 'c'].flatMap(lockedEdges)], // prettier-ignore
      ),
    )
    expect(await waits()).toBe('a_in')
    expect(await answer('a_in')).toBe('b_in')
    expect(await answer('b_in')).toBe('c_in')
    await answer('c_in')
    expect(status(run)).toBe('completed')
  })
})
