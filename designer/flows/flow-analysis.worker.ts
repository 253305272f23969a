import { flowFindings } from '#core/decision/analysis/flow/flow-findings.ts'
import type { FlowQuestion, FlowSurroundings } from './ask-flow-analysis.ts'

let around: FlowSurroundings = { descriptors: [], decisions: [], flows: [] }

addEventListener('message', ({ data }: MessageEvent<FlowQuestion>) => {
  around = data.around ?? around
  const { descriptors, decisions, flows } = around
  const find = <T>(list: readonly T[], is: (one: T) => boolean): T | undefined => list.find(is)
  postMessage(
    flowFindings(data.flow, {
      descriptor: (type) => find(descriptors, (one) => one.type === type),
      decision: (id) => find(decisions, (one) => one.id === id),
      flow: (id) => find(flows, (one) => one.id === id),
    }),
  )
})
