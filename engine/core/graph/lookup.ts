import type { Flow } from '#core/graph/flow.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

/** What a flow refers to. */
export interface Lookup {
  descriptor(type: string): NodeDescriptor | undefined
  decision(id: string): Decision | undefined
  /** The draft of another flow; absent where other flows are not known, and then nothing is said of calls. */
  flow?(id: string): Flow | undefined
}
