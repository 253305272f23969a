import type { Fix } from '#core/graph/finding.ts'
import type { Flow, FlowEdge, FlowNode, Logic, NodePolicy } from '#core/graph/flow.ts'
import type { Json, JsonSchema } from '#core/json.ts'

export interface Position {
  readonly x: number
  readonly y: number
}
export type Note = Flow['notes'][number]
export type Wire = Pick<FlowEdge, 'source' | 'sourcePort' | 'target'>

/** Nodes, the edges among them, and where they stand: what copying takes and pasting brings. */
export interface Fragment {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  readonly layout: Readonly<Record<string, Position>>
}

/** Every change of a flow, as data; `apply` alone carries them out. Selection is none of them. */
export type Command =
  | {
      readonly do: 'add-node'
      readonly node: FlowNode
      readonly at: Position
      readonly wires?: readonly Wire[]
    }
  | { readonly do: 'add-fragment'; readonly fragment: Fragment }
  /** Removing a node that has one way on heals the line through it. */
  | {
      readonly do: 'remove'
      readonly nodes: readonly string[]
      readonly edges: readonly string[]
      readonly notes?: readonly string[]
    }
  | { readonly do: 'move'; readonly to: Readonly<Record<string, Position>> }
  | {
      readonly do: 'connect'
      readonly wire: Wire
      /** Nodes that thereby come to lie inside another node; null stands for the flow itself. */
      readonly inside?: { readonly nodes: readonly string[]; readonly parent: string | null }
    }
  | { readonly do: 'rewire'; readonly edge: string; readonly wire: Wire }
  | {
      readonly do: 'insert-on-edge'
      readonly edge: string
      /** Nodes behind that make room. */
      readonly moved?: Readonly<Record<string, Position>>
      readonly node: FlowNode
      readonly at: Position
      readonly port: string | null
    }
  /** The port keeps one edge: a fork comes between, `branches` names its ports for the old and the new target. */
  | {
      readonly do: 'fork'
      /** Nodes behind that make room. */
      readonly moved?: Readonly<Record<string, Position>>
      readonly wire: Wire
      readonly fork: FlowNode
      readonly at: Position
      readonly branches: readonly [string, string]
    }
  | { readonly do: 'rename'; readonly node: string; readonly name: string }
  | { readonly do: 'rename-id'; readonly node: string; readonly to: string }
  | {
      readonly do: 'set-config'
      readonly node: string
      readonly config: Readonly<Record<string, Json>>
    }
  | {
      readonly do: 'set-inputs'
      readonly node: string
      readonly inputs: Readonly<Record<string, Logic>>
    }
  | { readonly do: 'set-policy'; readonly node: string; readonly policy: NodePolicy | null }
  | { readonly do: 'set-visits'; readonly node: string; readonly maxVisits: number | null }
  | { readonly do: 'set-parent'; readonly nodes: readonly string[]; readonly parent: string | null }
  | { readonly do: 'set-undo'; readonly node: string; readonly undo: string | null }
  | { readonly do: 'disable'; readonly nodes: readonly string[]; readonly disabled: boolean }
  | {
      readonly do: 'set-about'
      readonly name?: string
      readonly description?: string
      readonly input?: JsonSchema
    }
  | { readonly do: 'put-note'; readonly note: Note }
  | { readonly do: 'patch'; readonly patch: Fix['patch'] }
  | { readonly do: 'replace'; readonly flow: Flow }
