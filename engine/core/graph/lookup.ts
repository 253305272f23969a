import type { Decision } from '#core/graph/decision.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

/** What a flow refers to. */
export interface Lookup {
  descriptor(type: string): NodeDescriptor | undefined
  decision(id: string): Decision | undefined
}
