import { useQueries } from '@tanstack/react-query'
import type { RunSummary } from '#core/api/views.ts'
import type { Flow } from '#core/graph/flow.ts'
import { queries } from '../api/queries.ts'

/** ms; a name that changes meanwhile is no harm here */
const staleTime = 60_000

/** What nodes are called in the flows of these runs, from their drafts; the id where a draft has it no more. */
export function useNodeNames(runs: readonly RunSummary[]): (flow: string, node: string) => string {
  const flows = [...new Set(runs.filter((run) => run.at.length > 0).map((run) => run.flow))]
  return useQueries({
    queries: flows.map((flow) => ({ ...queries.flow(flow), staleTime })),
    combine: (views) => {
      const names = new Map(
        views.flatMap(({ data }) => {
          // The server validated the document against the schema when it was saved.
          const flow = data?.document as Flow | undefined
          return flow?.nodes.map((node) => [`${flow.id} ${node.id}`, node.name] as const) ?? []
        }),
      )
      return (flow: string, node: string) => names.get(`${flow} ${node}`) ?? node
    },
  })
}
