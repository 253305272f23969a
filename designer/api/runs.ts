import type { StepExplanation } from '#core/api/explanation.ts'
import type { EventView, Page, RunStatusView, RunSummary, RunView } from '#core/api/views.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { request, requestList } from './http.ts'

export interface RunFilter {
  readonly flow?: string
  readonly status?: RunStatusView
  readonly search?: string
  readonly version?: number
  readonly node?: string
  readonly error?: string
  readonly startedBefore?: number
  /** The runs that this one asked for, and of these the ones of one step. */
  readonly parent?: string
  readonly step?: string
  readonly cursor?: string
  readonly limit?: number
}

export const runsApi = {
  list: (filter: RunFilter = {}): Promise<Page<RunSummary>> =>
    request('GET', '/runs', { query: { ...filter } }),
  get: (id: string): Promise<RunView> => request('GET', `/runs/${encodeURIComponent(id)}`),
  /** The documents that the run keeps. */
  flow: (id: string): Promise<{ flow: Flow; decisions: Record<string, unknown> }> =>
    request('GET', `/runs/${encodeURIComponent(id)}/flow`),
  /** Why a step's decision came out so. */
  explanation: (id: string, step: string): Promise<StepExplanation> =>
    request('GET', `/runs/${encodeURIComponent(id)}/steps/${encodeURIComponent(step)}/explanation`),
  start: (
    flow: string,
    start: { input: Json; caseKey?: string; version?: number | 'draft' },
  ): Promise<{ id: string }> => request('POST', `/flows/${flow}/runs`, { body: start }),
  events: (id: string, from: number): Promise<EventView[]> =>
    requestList(`/runs/${encodeURIComponent(id)}/events?from=${from}`),
  cancel: (id: string, reason: string): Promise<unknown> =>
    request('POST', `/runs/${encodeURIComponent(id)}/cancel`, { body: { reason } }),
  retryStep: (id: string, step: string, reason: string): Promise<unknown> =>
    request('POST', `/runs/${encodeURIComponent(id)}/steps/${encodeURIComponent(step)}/retry`, {
      body: { reason },
    }),
  completeStep: (
    id: string,
    step: string,
    answer: { port: string; value: Json; reason: string },
  ): Promise<unknown> =>
    request('POST', `/runs/${encodeURIComponent(id)}/steps/${encodeURIComponent(step)}/complete`, {
      body: answer,
    }),
}
