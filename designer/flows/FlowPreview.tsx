import type { Flow } from '#core/graph/flow.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { FlowCanvas } from '../canvas/RunCanvas.tsx'

export interface FlowPreviewProps {
  readonly flow: Flow
  readonly descriptors: readonly NodeDescriptor[]
}

const nothing = (): void => undefined

/** A flow to look at. */
export function FlowPreview({ flow, descriptors }: FlowPreviewProps) {
  return <FlowCanvas flow={flow} descriptors={descriptors} steps={null} onSelect={nothing} />
}
