import type { Flow, FlowEdge, FlowNode } from '#core/graph/flow.ts'
import type { DrawnFragment } from './random-fragment.ts'

type Branches = readonly { readonly id: string; readonly when?: { readonly var: string } }[]

/**
 * What a run of a drawn fragment means, worked out on the drawing and by nothing of the engine: of each edge is known
 * whether it is taken or never will be; a join waits for those it needs, or for all that still can be taken.
 */
export class TokenGame {
  /** Effects that wait now. */
  waits = new Set<string>()
  /** How often each node was begun. */
  readonly begun = new Map<string, number>()
  /** The End that has ended the run. */
  ended: string | undefined
  /** What had arrived at `j`, sorted. */
  arrived: readonly string[] = []
  readonly #flow: Flow
  readonly #nodes: ReadonlyMap<string, FlowNode>
  readonly #inner: ReadonlySet<string>
  readonly #input: Readonly<Record<string, boolean>>
  /** Of the edges between `f` and `j`, while the run is there. */
  #taken: Map<FlowEdge, boolean> | undefined
  #started = new Set<string>()
  /** What has been left, or cannot begin. */
  #through = new Set<string>()
  /** Whether `j` lets the others finish, has gone on while they do, and where what follows it will lead then. */
  readonly finishes: boolean
  #wentOn = false
  #held: string | undefined

  constructor({ flow, inner, input }: DrawnFragment) {
    this.#flow = flow
    this.#inner = inner
    this.#input = input as Readonly<Record<string, boolean>>
    this.#nodes = new Map(flow.nodes.map((node) => [node.id, node]))
    const { mode, rest } = this.#nodes.get('j')?.config ?? {}
    this.finishes = mode !== 'all' && rest === 'finish'
    this.#enter('start')
  }

  answer(id: string, port: string): void {
    this.waits.delete(id)
    this.#leave(id, [port])
    this.#settle()
  }

  /** Inside, the node and all that follows it there begin once more; outside, the run is there alone. */
  back(id: string): void {
    if (this.#isBehind(id)) {
      this.waits.delete(id)
      this.#wentOn = true
      this.#held = undefined
    } else if (!this.#inner.has(id)) this.#stop()
    const gone = new Set([id])
    for (const each of this.#inner.has(id) ? gone : []) {
      this.waits.delete(each)
      this.#started.delete(each)
      this.#through.delete(each)
      for (const edge of this.#edges(each, 'source')) {
        this.#taken?.delete(edge)
        if (this.#inner.has(edge.target)) gone.add(edge.target)
      }
    }
    this.#started.add(id)
    this.#enter(id)
    this.#settle()
  }
  /** Whether the run has been there, and is still between `f` and `j` where the node is. */
  mayGoBack = (id: string): boolean =>
    this.ended === undefined &&
    this.begun.has(id) &&
    ((!this.#inner.has(id) && !this.#isBehind(id)) || this.#taken !== undefined)

  #isBehind = (id: string): boolean => this.finishes && id === 'after'

  #edges(id: string, side: 'source' | 'target'): FlowEdge[] {
    return this.#flow.edges.filter((edge) => edge[side] === id)
  }

  #enter(id: string): void {
    const node = this.#nodes.get(id)
    if (!node) throw new Error(`no node ${id}`)
    this.begun.set(id, (this.begun.get(id) ?? 0) + 1)
    if (node.type === 'test.effect') this.waits.add(id)
    else if (node.type === 'flow.end') this.#end(node)
    else this.#leave(id, this.#ports(node))
  }

  #end({ id, config }: FlowNode): void {
    if (config['ends'] === 'branch') return
    this.ended = id
    this.waits.clear()
  }

  #ports({ id, type, config }: FlowNode): string[] {
    const met = (branches: Branches) =>
      branches.filter(({ when }) => !when || this.#input[when.var.slice('input.'.length)])
    if (type === 'flow.fork') {
      if (id === 'f')
        [this.#taken, this.#started, this.#through] = [new Map(), new Set(), new Set()]
      return met(config['branches'] as unknown as Branches).map((branch) => branch.id)
    }
    if (type !== 'flow.branch') return ['out']
    return [met(config['cases'] as unknown as Branches)[0]?.id ?? 'else']
  }

  #leave(id: string, ports: readonly string[]): void {
    const within = id === 'f' || this.#inner.has(id)
    if (within) this.#through.add(id)
    for (const edge of this.#edges(id, 'source')) {
      const isTaken = ports.includes(edge.sourcePort)
      if (within && (edge.target === 'j' || this.#inner.has(edge.target)))
        this.#taken?.set(edge, isTaken)
      else if (isTaken) {
        const { type, config } = this.#nodes.get(edge.target) ?? {}
        const leaves = within && !(type === 'flow.end' && config?.['ends'] === 'branch')
        if (this.#wentOn && leaves) continue
        if (this.#wentOn && this.#isBehind(id)) this.#held = edge.target
        else {
          if (leaves) this.#stop()
          this.#enter(edge.target)
        }
      }
    }
    if (id === 'f') this.#settle()
  }

  #stop(): void {
    this.#taken = undefined
    this.#wentOn = false
    this.#held = undefined
    this.waits.clear()
  }

  /** All that can begin begins; only then is seen whether all have met. */
  #settle(): void {
    for (let moved = true; moved && this.#taken;) {
      moved = false
      for (const id of this.#inner) {
        if (this.#started.has(id) || !this.#taken) continue
        const verdict = this.#verdict(id)
        if (verdict === 'waits') continue
        this.#started.add(id)
        moved = true
        if (verdict === 'ready') this.#enter(id)
        else this.#leave(id, [])
      }
    }
    if (this.#wentOn) {
      const target = this.#held
      if (target === undefined || [...this.#inner].some((id) => !this.#through.has(id))) return
      this.#stop()
      return this.#enter(target)
    }
    if (!this.#taken || this.#verdict('j') === 'waits') return
    if (this.#verdict('j') === 'dead' && this.waits.size > 0) return
    const into = this.#edges('j', 'target').filter((edge) => this.#taken?.get(edge))
    const names = into.map(({ source, sourcePort }) => (source === 'f' ? sourcePort : source))
    this.arrived = [...new Set(names)].sort()
    if (this.finishes) this.#wentOn = true
    else this.#stop()
    this.#enter('j')
  }

  #verdict(id: string): 'ready' | 'dead' | 'waits' {
    const { type, config } = this.#nodes.get(id) ?? {}
    const edges = this.#edges(id, 'target').map((edge) => this.#taken?.get(edge))
    const taken = edges.filter((each) => each === true).length
    const needs = new Map<unknown, number>([
      ['all', Infinity],
      ['count', Number(config?.['count'])],
    ])
    const need = type === 'flow.join' ? (needs.get(config?.['mode']) ?? 1) : 1
    if (taken > 0 && (taken >= need || !edges.includes(undefined))) return 'ready'
    return edges.includes(undefined) ? 'waits' : 'dead'
  }
}
