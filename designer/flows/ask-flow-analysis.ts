import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

/** What a flow refers to, as plain data. */
export interface FlowSurroundings {
  readonly descriptors: readonly NodeDescriptor[]
  readonly decisions: readonly Decision[]
  readonly flows: readonly Flow[]
}

export interface FlowQuestion {
  readonly flow: Flow
  /** Absent where it is as it was for the question before. */
  readonly around?: FlowSurroundings
}

/** Findings about the newest flow asked about; what is overtaken while the worker is busy is not asked. */
export function createFlowAnalysis(
  surroundings: (flow: Flow) => FlowSurroundings,
  tell: (flow: Flow, findings: readonly Finding[]) => void,
): { ask(flow: Flow): void; stop(): void } {
  const worker = new Worker(new URL('./flow-analysis.worker.ts', import.meta.url), {
    type: 'module',
  })
  let asked: Flow | null = null
  let wanted: Flow | null = null
  let types = ''
  const send = (flow: Flow): void => {
    asked = flow
    wanted = null
    const now = [...new Set(flow.nodes.map(({ type }) => type))].toSorted().join(' ')
    const question: FlowQuestion = now === types ? { flow } : { flow, around: surroundings(flow) }
    types = now
    worker.postMessage(question)
  }
  const goOn = (): void => {
    asked = null
    if (wanted) send(wanted)
  }
  worker.addEventListener('message', ({ data }: MessageEvent<readonly Finding[]>) => {
    if (asked) tell(asked, data)
    goOn()
  })
  // What it could not answer it may answer once the flow has changed.
  worker.addEventListener('error', goOn)
  return {
    ask(flow) {
      if (asked === null) send(flow)
      else wanted = flow
    },
    stop: () => worker.terminate(),
  }
}
