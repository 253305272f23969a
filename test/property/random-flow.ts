import type { Flow, FlowNode, Logic } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { createRandom, type Random } from './random.ts'

/** A way out of what has been drawn so far, not yet connected. */
interface Loose {
  readonly node: string
  readonly port: string
}
/** What a piece leaves open: ordinary ways on, and error ports that leave the fork around it. */
interface Piece {
  readonly out: Loose[]
  readonly exits: Loose[]
}

export interface RandomFlowOptions {
  /** @default 3 */
  readonly depth?: number
  /** Pieces in a row, at most. @default 4 */
  readonly length?: number
  /** Whether it asks for other runs, and may begin anew. @default false */
  readonly runs?: boolean
  /** Whether lists have bodies of their own, and what was done may be undone: for real runs. @default false */
  readonly bodies?: boolean
  /** Whether branches may interleave instead of nesting. @default false */
  readonly fragments?: boolean
}

/**
 * A flow that compiles: sequences, branches, forks in forks with every kind of join or none, loops, exits from forks,
 * tries in all of them, and what waits with reminders, escalations and timeouts.
 */
export function randomFlow(
  seed: number,
  {
    depth = 3,
    length = 4,
    runs = false,
    bodies = false,
    fragments = false,
  }: RandomFlowOptions = {},
): { flow: Flow; input: Json } {
  const random = createRandom(seed)
  const drawing = new Drawing(random, { length, runs, bodies, fragments })
  const start = drawing.node('flow.start', {}, {})
  const { out } = drawing.sequence([{ node: start, port: 'out' }], { depth, inFork: false })
  if (out.length > 0) drawing.end(out)
  return { flow: drawing.flow(`random-${seed}`), input: { n: random.int(10), text: 'input' } }
}

interface Where {
  readonly depth: number
  readonly inFork: boolean
}

const undoableTypes: ReadonlySet<string> = new Set([
  'test.effect',
  'flow.call',
  'flow.each',
  'flow.lock',
  'human.task',
  'flow.event',
])

class Drawing {
  readonly #nodes: FlowNode[] = []
  readonly #edges: Flow['edges'] = []
  readonly #random: Random
  readonly #length: number
  readonly #runs: boolean
  readonly #bodies: boolean
  readonly #fragments: boolean
  /** The try or each that is being drawn. */
  #parent: string | undefined
  /** How many bodies of lists are around what is being drawn. */
  #inLists = 0

  constructor(
    random: Random,
    { length, runs, bodies, fragments }: Required<Omit<RandomFlowOptions, 'depth'>>,
  ) {
    this.#random = random
    this.#length = length
    this.#runs = runs
    this.#bodies = bodies
    this.#fragments = fragments
  }

  flow(id: string): Flow {
    return {
      kind: 'flow',
      format: 1,
      id,
      name: id,
      description: '',
      input: {},
      nodes: this.#nodes,
      edges: this.#edges,
      groups: [],
      notes: [],
      layout: {},
      tests: [],
    }
  }

  node(type: string, config: FlowNode['config'], inputs: FlowNode['inputs']): string {
    const id = `n${this.#nodes.length}`
    const maxVisits = this.#random.chance(0.5) ? { maxVisits: 1 + this.#random.int(4) } : {}
    const parent = this.#parent === undefined ? {} : { parent: this.#parent }
    const node = { id, type, version: 1, name: id, config, inputs, ...maxVisits, ...parent }
    if (!this.#bodies || !undoableTypes.has(type) || this.#random.chance(0.4))
      this.#nodes.push(node)
    else {
      const undo = `${id}_undo`
      const undoer = { id: undo, type: 'test.effect', version: 1, name: undo, config: {} }
      this.#nodes.push({ ...node, undo }, { ...undoer, inputs: { given: { var: id } }, ...parent })
    }
    return id
  }

  #connect(from: readonly Loose[], target: string): void {
    for (const { node, port } of from)
      this.#edges.push({ id: `e${this.#edges.length}`, source: node, sourcePort: port, target })
  }

  #value(): Logic {
    const earlier = this.#random.pick(this.#nodes).id
    return this.#random.pick<Logic>([
      { var: `${earlier}.n` },
      { var: 'input.n' },
      { var: earlier },
      { plus: [{ var: `${earlier}.n` }, 1] },
    ])
  }

  #condition(): Logic {
    return { lt: [this.#value(), this.#random.int(12)] }
  }

  sequence(incoming: Loose[], where: Where): Piece {
    let out = incoming
    const exits: Loose[] = []
    const count = 1 + this.#random.int(this.#length)
    for (let index = 0; index < count && out.length > 0; index += 1) {
      const piece = this.#piece(out, where)
      out = piece.out
      exits.push(...piece.exits)
    }
    return { out, exits }
  }

  #piece(incoming: Loose[], where: Where): Piece {
    const waiting = [this.#effect, this.#effect, this.#timer, this.#task, this.#message]
    const others = this.#runs ? [this.#each, this.#call, this.#lock] : []
    const simple = [...waiting, this.#pure, this.#map, ...others]
    const nested = [this.#branch, this.#fork, this.#fork, this.#loop, this.#try]
    const choices = where.depth > 0 ? [...simple, ...nested] : simple
    return this.#random.pick(choices).call(this, incoming, where)
  }

  #effect(incoming: Loose[], where: Where): Piece {
    const node = this.node('test.effect', {}, { given: this.#value() })
    this.#connect(incoming, node)
    const out = [{ node, port: 'ok' }]
    const exits: Loose[] = []
    if (this.#random.chance(0.08)) this.end([{ node, port: 'alt' }])
    else if (this.#random.chance(0.1)) this.#connect([{ node, port: 'alt' }], node)
    else out.push({ node, port: 'alt' })
    this.#onError({ node, port: 'error' }, { out, exits }, where)
    if (this.#random.chance(0.3)) this.#onError({ node, port: 'timeout' }, { out, exits }, where)
    return { out, exits }
  }

  #onError(error: Loose, piece: Piece, where: Where): void {
    const choice = this.#random.int(6)
    if (choice === 0) piece.out.push(error)
    if (choice === 1) this.end([error])
    if (choice === 2 && where.inFork) piece.exits.push(error)
    if (choice === 3) {
      const repair = this.node('data.map', {}, { repaired: this.#value() })
      this.#connect([error], repair)
      piece.out.push({ node: repair, port: 'out' })
    }
  }

  #pure(incoming: Loose[], where: Where): Piece {
    const node = this.node('test.pure', {}, { n: this.#value() })
    this.#connect(incoming, node)
    const piece: Piece = {
      out: [
        { node, port: 'out' },
        { node, port: 'zero' },
      ],
      exits: [],
    }
    this.#onError({ node, port: 'error' }, piece, where)
    return piece
  }

  #map(incoming: Loose[]): Piece {
    const node = this.node('data.map', {}, { n: this.#value(), seen: this.#value() })
    this.#connect(incoming, node)
    return { out: [{ node, port: 'out' }], exits: [] }
  }

  /** Another run does what lies inside: one End, or a sequence. */
  #each(incoming: Loose[], where: Where): Piece {
    const items = this.#random.chance(0.8) ? [1, this.#value()] : this.#value()
    const alarms = this.#alarms(['remind', 'escalate'])
    const config = this.#bodies ? { ...alarms, ...this.#listing() } : alarms
    const adds = config['adds'] === undefined ? {} : { key: 'key' }
    const node = this.node('flow.each', config, { items, ...adds })
    this.#connect(incoming, node)
    this.#body({ node, port: 'item' }, where.depth)
    const after = this.#afterWaiting(node, alarms, where.depth)
    const piece: Piece = { out: [{ node, port: 'out' }, ...after], exits: [] }
    this.#onError({ node, port: 'error' }, piece, where)
    return piece
  }

  #body(begins: Loose, depth: number): void {
    const around = this.#parent
    this.#parent = begins.node
    this.#inLists += 1
    const body = this.#bodies
      ? this.sequence([begins], { depth: depth - 1, inFork: false })
      : { out: [begins] }
    if (body.out.length > 0) this.#connect(body.out, this.#itemEnd())
    this.#inLists -= 1
    this.#parent = around
  }

  #lock(incoming: Loose[], where: Where): Piece {
    const alarms = this.#alarms(['remind', 'escalate', 'timeout'])
    const config = { lock: this.#random.pick(['one', 'two']), ...alarms }
    const key: FlowNode['inputs'] = this.#random.chance(0.5)
      ? {}
      : { key: this.#random.chance(0.8) ? 'key' : this.#value() }
    const node = this.node('flow.lock', config, key)
    this.#connect(incoming, node)
    this.#body({ node, port: 'body' }, where.depth)
    const after = this.#afterWaiting(node, alarms, where.depth)
    const piece: Piece = { out: [{ node, port: 'out' }, ...after], exits: [] }
    this.#onError({ node, port: 'error' }, piece, where)
    return piece
  }

  #itemEnd(): string {
    const config = this.#bodies && this.#random.chance(0.15) ? { status: 'failed' } : {}
    return this.node('flow.end', config, { output: { var: 'item' } })
  }

  /** How a list runs: in turn or at once, what becomes of failures, when it is enough, and what comes in addition. */
  #listing(): FlowNode['config'] {
    const { chance, int, pick } = this.#random
    const enough = { count: 1 + int(2), rest: pick(['stop', 'finish']) }
    return {
      mode: pick(['sequential', 'concurrent']),
      limit: 1 + int(3),
      onFailure: pick(['stop', 'collect', 'tolerate']),
      tolerate: int(2),
      ...(chance(0.3) ? { enough } : {}),
      ...(chance(0.2) ? { adds: { message: 'more' } } : {}),
    }
  }

  #call(incoming: Loose[], where: Where): Piece {
    const alarms = this.#alarms(['remind', 'escalate', 'timeout'])
    const node = this.node('flow.call', { flow: 'other', ...alarms }, { input: this.#value() })
    this.#connect(incoming, node)
    const after = this.#afterWaiting(node, alarms, where.depth)
    const piece: Piece = { out: [{ node, port: 'out' }, ...after], exits: [] }
    this.#onError({ node, port: 'error' }, piece, where)
    return piece
  }

  #timer(incoming: Loose[], { depth }: Where): Piece {
    const alarms = this.#alarms(['remind', 'escalate'])
    const duration = `${1 + this.#random.int(40)}d`
    const until = { plus: [this.#value(), 5_000] }
    const node = this.#random.chance(0.7)
      ? this.node('flow.wait', { duration, ...alarms }, {})
      : this.node('flow.wait', alarms, { until })
    this.#connect(incoming, node)
    const after = this.#afterWaiting(node, alarms, depth)
    return { out: [{ node, port: 'out' }, ...after], exits: [] }
  }

  /** Reminders, escalations and timeouts, with what they lead to. */
  #alarms(kinds: readonly string[]): FlowNode['config'] {
    const config: FlowNode['config'] = {}
    for (const kind of kinds) {
      if (this.#random.chance(0.65)) continue
      const after = `${1 + this.#random.int(20)}h`
      const every = this.#random.chance(0.5) ? { every: after } : {}
      config[kind] =
        kind === 'timeout' ? after : kind === 'remind' ? { after, ...every } : { after }
    }
    return config
  }

  /** What follows a node that waits; a reminder's path stays beside it. */
  #afterWaiting(node: string, alarms: FlowNode['config'], depth: number): Loose[] {
    if (alarms['remind'] !== undefined) {
      const path = this.sequence([{ node, port: 'remind' }], {
        depth: Math.min(1, depth - 1),
        inFork: false,
      })
      // A port without an edge ends the path just as well.
      if (this.#random.chance(0.5)) this.#endBranch(path.out)
    }
    return ['escalate', 'timeout']
      .filter((port) => alarms[port] !== undefined)
      .map((port) => ({ node, port }))
  }

  #message(incoming: Loose[], { depth }: Where): Piece {
    const key = this.#random.chance(0.8) ? 'key' : this.#value()
    const alarms = this.#alarms(['remind', 'escalate', 'timeout'])
    const node = this.node('flow.event', { message: 'signed', ...alarms }, { key })
    this.#connect(incoming, node)
    const after = this.#afterWaiting(node, alarms, depth)
    return { out: [{ node, port: 'received' }, ...after], exits: [] }
  }

  #try(incoming: Loose[], { depth, inFork }: Where): Piece {
    const node = this.node('flow.try', {}, {})
    this.#connect(incoming, node)
    const around = this.#parent
    this.#parent = node
    const body = this.sequence([{ node, port: 'body' }], { depth: depth - 1, inFork: false })
    if (body.out.length > 0) this.end(body.out)
    this.#parent = around
    const piece: Piece = { out: [{ node, port: 'out' }], exits: [] }
    if (this.#random.chance(0.8)) this.#onError({ node, port: 'error' }, piece, { depth, inFork })
    return piece
  }

  #task(incoming: Loose[], { depth }: Where): Piece {
    const outcomes = [
      { id: 'yes', name: 'Yes' },
      { id: 'no', name: 'No' },
    ]
    const alarms = this.#alarms(['remind', 'escalate'])
    const config = { title: 'Look', outcomes, ...alarms }
    const node = this.node('human.task', config, { data: this.#value() })
    this.#connect(incoming, node)
    const after = this.#afterWaiting(node, alarms, depth)
    return { out: [...outcomes.map(({ id }) => ({ node, port: id })), ...after], exits: [] }
  }

  #branch(incoming: Loose[], { depth, inFork }: Where): Piece {
    const count = 1 + this.#random.int(3)
    const cases = Array.from({ length: count }, (_, index) => ({
      id: `case${index}`,
      name: `Case ${index}`,
      when: this.#condition(),
    }))
    const node = this.node('flow.branch', { cases }, {})
    this.#connect(incoming, node)
    const out: Loose[] = [{ node, port: 'else' }]
    const exits: Loose[] = []
    for (const { id } of cases) {
      const way = [{ node, port: id }]
      if (this.#random.chance(0.06)) this.end(way)
      else if (this.#random.chance(0.3)) out.push(...way)
      else {
        const piece = this.sequence(way, { depth: depth - 1, inFork })
        out.push(...piece.out)
        exits.push(...piece.exits)
      }
    }
    return { out, exits }
  }

  /** Two branches of which the second also waits for the first, half way: c needs a, d needs a and b. */
  #interleaved(incoming: Loose[]): Piece {
    const fork = (from: Loose[]): [Loose[], Loose[]] => {
      const branches = ['way0', 'way1'].map((id) => ({ id, name: id }))
      const node = this.node('flow.fork', { branches }, {})
      this.#connect(from, node)
      return [[{ node, port: 'way0' }], [{ node, port: 'way1' }]]
    }
    const join = (from: Loose[]): Loose[] => {
      const { pick } = this.#random
      const config = { mode: pick(['all', 'any']), rest: pick(['stop', 'finish']) }
      const node = this.node('flow.join', config, {})
      this.#connect(from, node)
      return [{ node, port: 'out' }]
    }
    const [toA, toB] = fork(incoming)
    const [toC, toK] = fork(this.#plain(toA))
    const d = this.#plain(join([...toK, ...this.#plain(toB)]))
    return { out: join([...this.#plain(toC), ...d]), exits: [] }
  }

  #plain(incoming: Loose[]): Loose[] {
    const [type, ports] = this.#random.pick([
      ['test.effect', ['ok', 'alt']],
      ['human.task', ['yes']],
    ] as const)
    const config = type === 'human.task' ? { title: 'Look', outcomes: [{ id: 'yes', name: '' }] } : {} // prettier-ignore
    const node = this.node(type, config, {})
    this.#connect(incoming, node)
    return ports.map((port) => ({ node, port }))
  }

  #fork(incoming: Loose[], { depth, inFork }: Where): Piece {
    if (this.#fragments && this.#random.chance(0.35)) return this.#interleaved(incoming)
    const count = 1 + this.#random.int(3)
    const branches = Array.from({ length: count }, (_, index) => ({
      id: `way${index}`,
      name: `Way ${index}`,
      ...(this.#random.chance(0.3) ? { when: this.#condition() } : {}),
    }))
    const fork = this.node('flow.fork', { branches }, {})
    this.#connect(incoming, fork)
    const ends: Loose[] = []
    const left: Loose[] = []
    for (const { id } of branches) {
      const way = [{ node: fork, port: id }]
      const straight = this.#random.chance(0.1)
      const piece = straight
        ? { out: way, exits: [] }
        : this.sequence(way, { depth: depth - 1, inFork: true })
      if (this.#random.chance(0.2)) this.#endBranch(piece.out)
      else ends.push(...piece.out)
      left.push(...piece.exits)
    }
    if (ends.length === 0) {
      if (left.length > 0) this.end(left)
      return { out: [], exits: [] }
    }
    const mode = this.#random.pick(['all', 'all', 'any', 'count'])
    const rest = this.#nodes.length % 2 === 0 ? 'finish' : 'stop'
    const join = this.node('flow.join', { mode, count: 1 + this.#random.int(count), rest }, {})
    this.#connect(ends, join)
    const out = [{ node: join, port: 'out' }]
    const exits: Loose[] = []
    // What leaves this fork goes on behind its join, or leaves the next fork outside too.
    for (const exit of left)
      if (inFork && this.#random.chance(0.5)) exits.push(exit)
      else out.push(exit)
    return { out, exits }
  }

  #loop(incoming: Loose[], { depth, inFork }: Where): Piece {
    const head = this.node('data.map', {}, { again: this.#value() })
    this.#connect(incoming, head)
    const body = this.sequence([{ node: head, port: 'out' }], { depth: depth - 1, inFork })
    const cases = [{ id: 'again', name: 'Again', when: this.#condition() }]
    const gate = this.node('flow.branch', { cases }, {})
    this.#connect(body.out, gate)
    this.#connect([{ node: gate, port: 'again' }], head)
    return { out: [{ node: gate, port: 'else' }], exits: body.exits }
  }

  #endBranch(incoming: readonly Loose[]): void {
    if (incoming.length === 0) return
    const end = this.node('flow.end', { ends: 'branch' }, { output: this.#value() })
    this.#connect(incoming, end)
  }

  end(incoming: readonly Loose[]): void {
    if (this.#runs && this.#inLists === 0 && this.#random.chance(0.15)) {
      const anew = this.node('flow.continue', {}, { input: this.#value() })
      // Where runs are real, one that begins anew at once would never come to rest.
      const pause = this.#bodies ? this.node('flow.wait', { duration: '1d' }, {}) : undefined
      this.#connect(incoming, pause ?? anew)
      if (pause !== undefined) this.#connect([{ node: pause, port: 'out' }], anew)
      return
    }
    const status = this.#random.chance(0.3) ? 'failed' : 'completed'
    const end = this.node('flow.end', { status }, { output: this.#value() })
    this.#connect(incoming, end)
  }
}
