import { queryOptions } from '@tanstack/react-query'
import { isObject, type JsonObject } from '#core/json.ts'
import { runsApi } from '../api/runs.ts'

/** What a decision was asked in a run. */
export interface RunSample {
  readonly run: string
  readonly name: string
  readonly input: JsonObject
}

/** How many of the newest runs are looked through. */
const looked = 8

async function samplesOf(run: string, name: string, decision: string): Promise<RunSample[]> {
  const [view, { flow }] = await Promise.all([runsApi.get(run), runsApi.flow(run)])
  const asking = new Set(
    flow.nodes.filter((node) => node.config['decision'] === decision).map((node) => node.id),
  )
  return view.steps
    .filter((step) => asking.has(step.node) && isObject(step.input))
    .map((step) => ({ run, name, input: step.input as JsonObject }))
}

/** The inputs that the newest runs asked the decision with, newest first. */
export const runSamples = (decision: string) =>
  queryOptions({
    queryKey: ['decisions', decision, 'run-samples'],
    queryFn: async () => {
      const { items } = await runsApi.list({ limit: looked })
      const found = await Promise.all(
        items.map((run) => samplesOf(run.id, run.caseKey ?? run.flowName, decision)),
      )
      return found.flat()
    },
    staleTime: 30_000,
  })
