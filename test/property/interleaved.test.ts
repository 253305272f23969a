import { expect, it } from 'vitest'
import { compiled } from '#core/compile/program.ts'
import type { Flow } from '#core/graph/flow.ts'
import { validateFlow } from '#core/graph/validate.ts'
import { canonicalJson, isObject, type Json } from '#core/json.ts'
import { reveal } from '#core/step/state.ts'
import { ByHand, programOf, registry } from '../patterns/by-hand.ts'
import { startOracle } from './oracle.ts'
import { randomFragment, type DrawnFragment } from './random-fragment.ts'
import { createRandom } from './random.ts'
import { TokenGame } from './token-game.ts'

const fragments = Number(process.env['FRAGMENTS'] ?? 200)
const base = Number(process.env['FRAGMENT_SEED'] ?? 4_000)
const lookup = {
  descriptor: (type: string) => registry.descriptor(type),
  decision: () => undefined,
}
const isValid = ({ flow }: DrawnFragment): boolean =>
  validateFlow(flow, lookup).every(({ severity }) => severity !== 'error')
/** Whether all between `f` and `j` is one fragment, so that nothing of it nests. */
const interleaves = ({ flow, inner }: DrawnFragment): boolean => {
  const { fragments: found, map } = compiled(programOf(flow))
  return found.has('f') && [...inner].every((id) => map[id]?.join() === `f,${id},${id}`)
}
const text = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value)) as Json)

function play(drawn: DrawnFragment, seed: number): { steps: number; ended: boolean } {
  const { flow, input } = drawn
  const random = createRandom(seed)
  const run = new ByHand(flow, input)
  const game = new TokenGame(drawn)
  const info = { id: 'r', flow: flow.id, version: '1', caseKey: null, startedAt: 0 }
  const oracle = startOracle(run.program, { run: info, input, at: 0 })
  const agree = (): void => {
    const { step, waits, entered } = run
    const { value, context } = reveal(run.state).snapshot
    const theirs = oracle.snapshot()
    expect(text([value, context, step.status === 'active' ? 'active' : 'done'])).toBe(
      text([theirs.value, theirs.context, theirs.status]),
    )
    expect([...run.open.keys()].sort()).toEqual(oracle.running().sort())
    expect(waits.map((wait) => wait.split(':')[0])).toEqual([...game.waits].sort())
    expect(step.status).toBe(game.ended === undefined ? 'active' : 'done')
    // One that leaves them all may come before or after what is computed in the same step.
    const isOver = step.status !== 'active'
    expect(isOver ? [] : entered.toSorted()).toEqual(isOver ? [] : begunIn(game))
  }
  agree()
  let steps = 1
  for (let at = 1; run.step.status === 'active' && at < 80; at += 1) {
    const [node = '', epoch = ''] = random.pick(run.waits).split(':')
    const effect = `r:${node}:${epoch}`
    const fails = random.chance(0.3) && mayFail(drawn, node)
    const error = { code: 'PEER_DOWN', message: 'The peer is down.' }
    const port = fails ? 'error' : random.chance(0.6) ? 'ok' : 'alt'
    const value = { n: at, text: '' }
    if (fails) run.give({ type: 'failed', at, effect, error })
    else run.give({ type: 'done', at, effect, port, value })
    oracle.complete(effect, { port, value: fails ? { error } : value, at })
    game.answer(node, port)
    agree()
    steps += 1
  }
  oracle.stop()
  const output = outputOf(run)
  const arrived = game.ended === 'end' ? game.arrived : (game.ended ?? null)
  // Who lets the others finish goes on at once, also where more arrive in the same step.
  const isPart = game.finishes && Array.isArray(output) && Array.isArray(arrived)
  expect(isPart ? output.filter((each) => !arrived.includes(each as string)) : output).toEqual(
    isPart ? [] : arrived,
  )
  return { steps, ended: game.ended !== undefined }
}

/** Of the last End what arrived at `j`, sorted; of others what they give. */
const outputOf = ({ step: { output } }: ByHand): Json => {
  const arrived = isObject(output) ? output['arrived'] : undefined
  return Array.isArray(arrived) ? (arrived as string[]).toSorted() : output
}
const mayFail = ({ flow }: DrawnFragment, node: string): boolean =>
  flow.edges.some((edge) => edge.source === node && edge.sourcePort === 'error')
const begunIn = (game: TokenGame): string[] =>
  [...game.begun].flatMap(([id, times]) => Array.from({ length: times }, () => id)).sort()

it('[R235] branches that interleave at random run as the drawing says, in any order of answers', () => {
  const sum = { drawn: 0, refused: 0, nested: 0, played: 0, steps: 0, ended: 0 }
  for (let seed = base; sum.played < fragments; seed += 1) {
    const drawn = randomFragment(seed)
    sum.drawn += 1
    if (!isValid(drawn)) {
      sum.refused += 1
      continue
    }
    try {
      if (!interleaves(drawn)) sum.nested += 1
      else {
        sum.played += 1
        for (const order of [1, 2, 3]) {
          const { steps, ended } = play(drawn, seed * 10 + order)
          sum.steps += steps
          sum.ended += ended ? 1 : 0
        }
      }
    } catch (error) {
      throw new Error(`seed ${seed}: run again with FRAGMENT_SEED=${seed} FRAGMENTS=1`, {
        cause: error,
      })
    }
  }
  console.info(`agreed on ${JSON.stringify(sum)}`)
  expect(sum.played).toBeGreaterThan(sum.drawn / 3)
}, 120_000)

/** Those that interleave, from a seed on. */
function* interleaved(from: number, count: number): Generator<[number, DrawnFragment]> {
  let found = 0
  for (let seed = from; found < count; seed += 1) {
    const drawn = randomFragment(seed)
    if (!isValid(drawn) || !interleaves(drawn)) continue
    found += 1
    yield [seed, drawn]
  }
}

it('[R236] going back among them begins the node and what follows it once more, as the reference says', () => {
  let backs = 0
  for (const [seed, drawn] of interleaved(20_000, 80)) {
    const { flow, input, inner } = drawn
    const random = createRandom(seed)
    const [run, game] = [new ByHand(flow, input), new TokenGame(drawn)]
    for (let at = 1; run.step.status === 'active' && at < 60; at += 1) {
      if (at < 30 && random.chance(0.5)) {
        const node = random.pick([...inner, ...inner, 'before', 'f', 'after'])
        const mayGoBack = game.mayGoBack(node)
        if (run.back(node).step.accepted !== mayGoBack)
          throw new Error(
            `seed ${seed}: back to ${node} ${mayGoBack ? 'is refused' : 'is not refused'}`,
          )
        if (mayGoBack) game.back(node)
        backs += mayGoBack ? 1 : 0
      } else {
        const [node = '', epoch = ''] = random.pick(run.waits).split(':')
        const port = random.pick(['ok', 'alt'])
        run.done(`${node}:${epoch}`, port)
        game.answer(node, port)
      }
      const waits = run.waits.map((wait) => wait.slice(0, wait.indexOf(':')))
      expect(waits, `seed ${seed}`).toEqual([...game.waits].sort())
      expect(run.step.status, `seed ${seed}`).toBe(game.ended === undefined ? 'active' : 'done')
    }
    expect(new Set(run.asked).size, `seed ${seed}`).toBe(run.asked.length)
  }
  console.info(`went back ${backs} times`)
  expect(backs).toBeGreaterThan(80)
}, 60_000)

/** The same drawing with other names, and which became which. */
function renamed({ flow }: DrawnFragment): { flow: Flow; nodes: Record<string, string> } {
  const nodes = Object.fromEntries(flow.nodes.map(({ id }) => [id, `${id}_new`]))
  const to = (id: string): string => nodes[id] ?? id
  return {
    nodes,
    flow: {
      ...flow,
      nodes: flow.nodes.map((node) => ({
        ...node,
        id: to(node.id),
        ...(node.id === 'end' ? { inputs: { output: { var: 'j_new' } } } : {}),
      })),
      edges: flow.edges.map((edge) => ({
        ...edge,
        source: to(edge.source),
        target: to(edge.target),
      })),
    },
  }
}

it('[R237] a run among them moves to the same flow, also with all nodes renamed, and goes on as the reference says', () => {
  let moved = 0
  for (const [seed, drawn] of interleaved(30_000, 60)) {
    const { input } = drawn
    const random = createRandom(seed)
    const [run, game] = [new ByHand(drawn.flow, input), new TokenGame(drawn)]
    const other = renamed(drawn)
    let suffix = ''
    for (let at = 1; run.step.status === 'active' && at < 60; at += 1) {
      if (suffix === '' && random.chance(0.3)) {
        const again = { ...drawn.flow, description: 'again' }
        const migration = run.migrate(again)
        if (!migration.ok || migration.step.effects.length > 0)
          throw new Error(`seed ${seed}: the move to the same flow changes something`)
        moved += 1
      }
      if (suffix === '' && random.chance(0.2)) {
        if (!run.migrate(other.flow, { nodes: other.nodes }).ok)
          throw new Error(`seed ${seed}: the move to other names is refused`)
        suffix = '_new'
        moved += 1
      }
      const [node = '', epoch = ''] = random.pick(run.waits).split(':')
      const port = random.pick(['ok', 'alt'])
      run.done(`${node}:${epoch}`, port)
      game.answer(node.slice(0, node.length - suffix.length), port)
      const waits = run.waits.map((wait) => wait.slice(0, wait.indexOf(':')))
      const expected = [...game.waits].map((wait) => wait + suffix).sort()
      expect(waits.sort(), `seed ${seed}`).toEqual(expected)
      expect(run.step.status, `seed ${seed}`).toBe(game.ended === undefined ? 'active' : 'done')
    }
  }
  console.info(`moved ${moved} times`)
  expect(moved).toBeGreaterThan(60)
}, 60_000)
