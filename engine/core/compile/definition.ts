/** The machine as plain data: what `metis compile` prints and what XState is given, with functions put in by name. */
export interface MachineDefinition {
  readonly id: string
  readonly initial: string
  /** What the run may be told from outside, where it can be undone: `cancel`. */
  readonly on?: { readonly cancel: readonly TransitionDefinition[] }
  readonly states: Readonly<Record<string, StateDefinition>>
}

export interface StateDefinition {
  /** Unique in the machine: the node's id, or `fork/branch`, with `!…` for what a node needs besides. */
  readonly id: string
  readonly type?: 'parallel' | 'final'
  readonly initial?: string
  readonly entry?: readonly ActionReference[]
  readonly exit?: readonly ActionReference[]
  /** What the state waits for: the node's effect, and the timers of its reminder, escalation and timeout. */
  readonly invoke?: readonly InvokeDefinition[]
  readonly always?: readonly TransitionDefinition[]
  readonly onDone?: readonly TransitionDefinition[]
  readonly states?: Readonly<Record<string, StateDefinition>>
}

/** Everything that waits. It completes with `{ port, value, at }`. */
export interface InvokeDefinition {
  readonly id: string
  /** A node type, or `timer`, `task`, `incident`. */
  readonly src: string
  /** Stands for a function: the effect that the node asks for. */
  readonly input: AskReference
  readonly onDone: readonly TransitionDefinition[]
}

/** Names an effect of a node: its own, its incident, or the timer of one of its ports. */
export interface AskReference {
  readonly node: string
  readonly incident: boolean
  readonly port?: string
  /** That the runs have ended which a stopped call or each had asked for. */
  readonly stopping?: true
}

export interface TransitionDefinition {
  readonly guard?: GuardReference
  readonly target: string
  readonly reenter?: true
  readonly actions?: readonly ActionReference[]
}

export type ActionReference =
  /** Counts a visit of a node that will wait. */
  | { readonly type: 'enter'; readonly params: { readonly node: string } }
  /** Counts a visit and computes port and value at once. */
  | { readonly type: 'compute'; readonly params: { readonly node: string } }
  /** Keeps the value of a completion. */
  | { readonly type: 'leave'; readonly params: { readonly node: string } }
  /** Keeps what an incident is about. */
  | { readonly type: 'fail'; readonly params: { readonly node: string } }
  /** Takes over the completion's time where nothing else is kept of it. */
  | { readonly type: 'tick'; readonly params: Readonly<Record<never, never>> }
  /** A branch has reached the join. */
  | { readonly type: 'arrive'; readonly params: { readonly fork: string; readonly branch: string } }
  /** A branch of a fork whose join lets it finish has ended before the join. */
  | { readonly type: 'over'; readonly params: { readonly fork: string; readonly branch: string } }
  /** What follows the fork's join begins: branches that have not arrived are heeded no more. */
  | { readonly type: 'goOn'; readonly params: { readonly fork: string } }
  /** The waiting state of what was asked for is left or stopped. */
  | { readonly type: 'exit'; readonly params: { readonly node: string; readonly port?: string } }
  /** Counts a timer of the node's reminder. */
  | { readonly type: 'remind'; readonly params: { readonly node: string } }
  /** The node leaves the try around it by this port. */
  | {
      readonly type: 'escape'
      readonly params: {
        readonly node: string
        readonly try: string
        readonly port: 'out' | 'error'
      }
    }
  /** All branches of a fork without a join have ended, and with them the run. */
  | { readonly type: 'finish'; readonly params: { readonly node: string } }
  /** In a fragment: the node was left by this port, or null: no path has led to it. */
  | {
      readonly type: 'determine'
      readonly params: {
        readonly fork: string
        readonly node: string
        readonly port: string | null
      }
    }
  /** In a fragment: the node, a fork, was left by every branch that begins. */
  | { readonly type: 'spread'; readonly params: { readonly fork: string; readonly node: string } }

  /** A call or each is left; until it is answered, what it asked for has to be waited for. */
  | { readonly type: 'cut'; readonly params: { readonly node: string } }
  /** Nothing is active any more of what one of them asked for. */
  | { readonly type: 'stopped'; readonly params: Readonly<Record<never, never>> }
  /** The run is to end as cancelled. */
  | { readonly type: 'cancel'; readonly params: Readonly<Record<never, never>> }

export type GuardReference =
  /** The completion left by this port. */
  | { readonly type: 'port'; readonly params: { readonly port: string } }
  /** The node computed this port. */
  | { readonly type: 'left'; readonly params: { readonly node: string; readonly port: string } }
  /** The branch's condition was met when the fork was entered. */
  | { readonly type: 'begun'; readonly params: { readonly fork: string; readonly branch: string } }
  /** At least so many branches have arrived. */
  | { readonly type: 'arrived'; readonly params: { readonly fork: string; readonly count: number } }
  /** So many of the edges have been taken, or some and no other can be any more; `need` null: of all that can. */
  | { readonly type: 'ready'; readonly params: Awaited & { readonly need: number | null } }
  /** All that the fork has begun has arrived or ended. */
  | { readonly type: 'through'; readonly params: { readonly fork: string } }
  /** The fork's join has let what follows it begin. */
  | { readonly type: 'unheeded'; readonly params: { readonly fork: string } }
  /** None of the edges can be taken any more. */
  | { readonly type: 'dead'; readonly params: Awaited }
  /** The node cannot begin: it was entered more often than allowed, or what it needs is not there. */
  | { readonly type: 'exhausted'; readonly params: { readonly node: string } }

  /** The run has not come to its end. */
  | { readonly type: 'running'; readonly params: Readonly<Record<never, never>> }
  /** Runs that were stopped may still be active. */
  | { readonly type: 'stopping'; readonly params: Readonly<Record<never, never>> }
  /** What was done last is undone by this node. */
  | { readonly type: 'undoes'; readonly params: { readonly node: string } }

/** Edges inside of a fragment: each a node and the port by which it is left. */
export interface Awaited {
  readonly fork: string
  readonly into: readonly { readonly node: string; readonly port: string }[]
}

/** The answer to an incident that runs its node anew. */
export const retryPort = 'retry'
