import { draw } from '#core/graph/draw-fixture.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { createRandom, type Random } from './random.ts'

/** Ports that lead to one and the same node, not yet connected. */
interface Loose {
  readonly from: readonly string[]
  /** Of loose ends with the same, only one is ever taken. */
  readonly choice: string
  /** A fork's own branches may not be nothing but an End. */
  readonly mayEnd: boolean
}

export interface DrawnFragment {
  readonly flow: Flow
  readonly input: Json
  /** What is drawn between the fork `f` and the join `j`. */
  readonly inner: ReadonlySet<string>
}

/**
 * Branches of the fork `f` that meet anywhere and part again, until the join `j`: conditions, choices, joins of all
 * kinds, errors that leave or come back, ends. Most do not nest; some cannot be compiled.
 */
export function randomFragment(seed: number): DrawnFragment {
  return new Drawing(createRandom(seed), seed % 2 === 0).draw(`fragment-${seed}`)
}

type Node = Pick<FlowNode, 'type'> & Partial<Pick<FlowNode, 'config' | 'inputs'>>

class Drawing {
  readonly #nodes: Record<string, Node> = { start: { type: 'flow.start' } }
  readonly #edges: string[] = []
  readonly #input: Record<string, boolean> = {}
  readonly #inner = new Set<string>()
  readonly #random: Random
  /** Whether `j` lets the others finish, where it does not wait for all. */
  readonly #finishes: boolean
  /** Of what is computed, at most one ends the run, so that no two ends come at once. */
  #computedEnd = false

  constructor(random: Random, finishes: boolean) {
    this.#random = random
    this.#finishes = finishes
    // Whether an End or the join comes first that are reached at once, the drawing does not say.
    this.#computedEnd = finishes
  }

  draw(id: string): DrawnFragment {
    const random = this.#random
    this.#add('before', { type: 'test.effect' }, ['start.out'])
    let loose = this.#fork('f', ['before.ok', 'before.alt'], 2 + random.int(2))
    const inner = ['effect', 'effect', 'effect', 'choice', 'fork', 'join', 'join', 'merge'] as const
    const count = 3 + random.int(7)
    for (let index = 0; index < count && loose.length > 0; index += 1)
      loose = this.#step(random.pick(inner), `n${index}`, loose)
    const arriving = loose.filter((each, at) => at === 0 || !random.chance(0.1) || !each.mayEnd)
    for (const each of loose) if (!arriving.includes(each)) this.#end(each.from, 'branch')
    this.#join('j', arriving)
    this.#add('after', { type: 'test.effect' }, ['j.out'])
    const again = random.chance(0.3)
    if (again) this.#connect(['after.alt'], 'before')
    this.#add(
      'end',
      { type: 'flow.end', inputs: { output: { var: 'j' } } },
      again ? ['after.ok'] : ['after.ok', 'after.alt'],
    )
    const flow = draw(this.#nodes, this.#edges, { id })
    return { flow, input: this.#input, inner: this.#inner }
  }

  #connect(from: readonly string[], target: string): void {
    for (const port of from) this.#edges.push(`${port} -> ${target}`)
  }
  #add(id: string, node: Node, from: readonly string[]): void {
    this.#nodes[id] = node
    this.#connect(from, id)
  }
  #condition(name: string) {
    this.#input[name] = this.#random.chance(0.5)
    return { var: `input.${name}` }
  }

  #step(piece: string, id: string, loose: readonly Loose[]): Loose[] {
    const random = this.#random
    const [first, ...others] = [...loose].sort(() => random.next() - 0.5)
    if (!first) return []
    if (piece === 'join') {
      const joined = [first, ...others.slice(0, 1 + random.int(2))]
      this.#inner.add(id)
      this.#join(id, joined)
      const out = { from: [`${id}.out`], choice: id, mayEnd: true }
      return [...loose.filter((each) => !joined.includes(each)), out]
    }
    if (piece === 'merge') {
      const joined = [first, ...others.filter(({ choice }) => choice === first.choice)]
      const rest = loose.filter((each) => !joined.includes(each))
      return [{ ...first, from: joined.flatMap(({ from }) => from) }, ...rest]
    }
    this.#inner.add(id)
    if (piece === 'fork') return [...others, ...this.#fork(id, first.from, 2)]
    return [...others, ...(piece === 'choice' ? this.#choice(id, first) : this.#effect(id, first))]
  }

  #fork(id: string, from: readonly string[], count: number): Loose[] {
    const branches = Array.from({ length: count }, (_, at) => ({
      id: `b${at}`,
      ...(this.#random.chance(0.25) ? { when: this.#condition(`${id}_${at}`) } : {}),
    }))
    this.#add(id, { type: 'flow.fork', config: { branches } }, from)
    return branches.map((branch) => ({
      from: [`${id}.${branch.id}`],
      choice: `${id} ${branch.id}`,
      mayEnd: false,
    }))
  }

  #join(id: string, loose: readonly Loose[]): void {
    const mode = this.#random.pick(['all', 'all', 'any', 'count'])
    const count = 1 + this.#random.int(Math.max(1, loose.length))
    const from = loose.flatMap((each) => each.from)
    const rest = id === 'j' && this.#finishes ? 'finish' : 'stop'
    this.#add(id, { type: 'flow.join', config: { mode, count, rest } }, from)
  }

  #choice(id: string, { from }: Loose): Loose[] {
    const cases = Array.from({ length: 1 + this.#random.int(2) }, (_, at) => ({
      id: `c${at}`,
      name: `Case ${at}`,
      when: this.#condition(`${id}_${at}`),
    }))
    this.#add(id, { type: 'flow.branch', config: { cases } }, from)
    const ports = [...cases.map((each) => each.id), 'else']
    const ends = !this.#computedEnd && this.#random.chance(0.1) ? ports.shift() : undefined
    if (ends !== undefined) {
      this.#computedEnd = true
      this.#end([`${id}.${ends}`], 'flow')
    }
    return ports.map((port) => ({ from: [`${id}.${port}`], choice: id, mayEnd: true }))
  }

  #effect(id: string, { from }: Loose): Loose[] {
    const random = this.#random
    this.#add(id, { type: 'test.effect' }, from)
    const ways = [[`${id}.ok`]]
    if (random.chance(0.6)) ways[0]?.push(`${id}.alt`)
    else if (random.chance(0.25)) this.#end([`${id}.alt`], random.pick(['branch', 'flow']))
    else ways.push([`${id}.alt`])
    const failing = random.int(8)
    if (failing === 0) this.#end([`${id}.error`], random.pick(['branch', 'flow']))
    if (failing === 1) ways.push([`${id}.error`])
    if (failing === 2) ways[0]?.push(`${id}.error`)
    if (failing === 3) {
      this.#add(`${id}h`, { type: 'test.effect' }, [`${id}.error`])
      this.#end([`${id}h.ok`, `${id}h.alt`], 'flow')
    }
    return ways.map((way) => ({ from: way, choice: id, mayEnd: true }))
  }

  #end(from: readonly string[], ends: 'branch' | 'flow'): void {
    const id = `end${this.#edges.length}`
    this.#add(id, { type: 'flow.end', config: { ends }, inputs: { output: id } }, from)
  }
}
