import type { MachineDefinition } from '#core/compile/definition.ts'
import type { Memory } from '#core/compile/memory.ts'
import type { Fragment } from '#core/graph/fragments.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { NodeKind } from '#core/node/define-node.ts'
import type { PortValue } from '#core/node/perform.ts'
import type { Release } from '#core/release.ts'
import type { Failure, Program, RunInfo } from '#core/step/types.ts'

/** What a run remembers of one node. */
export interface Visits {
  /** How often the node was entered: the epoch of its effects. */
  readonly epoch: number
  /** The port computed at the newest visit, for nodes that do not wait. */
  readonly port?: string
  /** The newest value that left the node; absent until the node was left once. */
  readonly value?: Json
  /** Why the node's incident is open. */
  readonly failure?: Failure
  /** Branches of a fork, in the order in which they reached the join. */
  readonly arrived?: readonly string[]
  /** Branches that have ended before a join that lets them finish. */
  readonly over?: readonly string[]
  /** Whether that join has gone on. */
  readonly wentOn?: true
  /** When the newest visit of a node with a reminder began, ms since the epoch. */
  readonly since?: number
  /** How many timers the reminder of the newest visit has begun. */
  readonly reminded?: number
  /** Of the fork that begins a fragment: its nodes that are done or cannot begin, in order, with the ports they left by. */
  readonly determined?: readonly Determined[]
}

export interface Determined {
  readonly node: string
  readonly ports: readonly string[]
}

/** The XState context. */
export interface RunContext {
  readonly run: RunInfo
  readonly input: Json
  /** Time of the newest input, ms since the epoch. */
  readonly at: number
  /** By the node's slot; objects by name would cost more with every node. */
  readonly memory: Memory
  /** Epochs of nodes that a migration left behind: an id that comes back goes on from there. */
  readonly retired?: Readonly<Record<string, number>>
  /** What can be undone, in the order in which it was done. */
  readonly done?: readonly { readonly node: string; readonly epoch: number; readonly value: Json }[]
  /** Calls and eaches that were left without an answer. */
  readonly cut?: readonly { readonly node: string; readonly epoch: number }[]
  readonly end: {
    readonly node: string
    readonly failed: boolean
    /** What the run ended as where it is neither done nor failed. */
    readonly as?: 'continued' | 'cancelled'
    readonly output: Json
  } | null
}

/** A node as the machine's functions need it. */
export interface CompiledNode {
  readonly id: string
  readonly slot: number
  readonly kind: NodeKind
  readonly type: string
  /** The kind that the type declares; `kind` differs where the node is disabled. */
  readonly declared: NodeKind
  readonly version: number
  /** The node that undoes it. */
  readonly undo: string | null
  /** Whether it undoes others: it has no edges, and each of its ports means that it is done. */
  readonly undoes: boolean
  /** As the node type's schema reads it. */
  readonly config: Json
  /** Ports that have an edge, also by a try around the node. */
  readonly routes: ReadonlySet<string>
  /** Whether a port without an edge ends the branch instead of being an incident. */
  readonly endsBranch: boolean
  /** Whether an end ends the run, and not only its branch or try. */
  readonly endsRun: boolean
  /** Set where the node lies on a cycle. */
  readonly maxVisits: number | null
  /** Of a timer: the moment, ms since the epoch. May throw where the node has an input. */
  readonly due: ((context: RunContext) => number) | null
  /** Whether what it asks for depends on what only a run knows, so that it may be unable to ask. */
  readonly checks: boolean
  /** Timers besides the node's own effect, by port. */
  readonly alarms: ReadonlyMap<string, Alarm>
  /** The node's inputs, from what is in scope. */
  readonly inputs: (context: RunContext) => JsonObject
  /** Of an each or a lock: the variables that its body uses from around it. */
  readonly outer: ((context: RunContext) => JsonObject) | null
  /** Of an each with a condition on what it has gathered: what else the condition reads. */
  readonly seen: ((context: RunContext) => JsonObject) | null
  /** What leaves a node that does not wait. May throw: that is the port `error`. */
  readonly compute: ((context: RunContext, inputs: JsonObject) => PortValue) | null
}

/** A timer of a task or a message, begun with the visit. */
export interface Alarm {
  readonly port: string
  /** ms */
  readonly after: number
  /** ms between the next ones; null where it rings once. */
  readonly every: number | null
}

/** What `compile` makes of a release: a machine as data, and the table of its nodes. */
export interface CompiledProgram extends Program {
  readonly release: Release
  /** By the id of an each or a lock, what runs inside of it: of every one, however deep it lies. */
  readonly bodies: ReadonlyMap<string, CompiledProgram>
  readonly definition: MachineDefinition
  readonly nodes: ReadonlyMap<string, CompiledNode>
  /** Node id → path of state keys in the machine. */
  readonly map: Readonly<Record<string, readonly string[]>>
  /** The forks whose branches interleave. */
  readonly fragments: ReadonlyMap<string, Pick<Fragment, 'nodes'>>
  /** By slot. */
  readonly slots: readonly CompiledNode[]
}

/** Programs come only from `compile`; the type that drivers see hides what is inside. */
export const compiled = (program: Program): CompiledProgram => program as CompiledProgram
