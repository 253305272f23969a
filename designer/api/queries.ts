import { queryOptions } from '@tanstack/react-query'
import { listCalendars } from './calendars.ts'
import { connectionsApi } from './connections.ts'
import { decisionsApi, flowsApi } from './documents.ts'
import { operationsApi } from './operations.ts'
import { listModels } from './models.ts'
import { listNodeTypes } from './node-types.ts'
import { runsApi, type RunFilter } from './runs.ts'
import { tasksApi, type TaskFilter } from './tasks.ts'
import { templatesApi } from './templates.ts'

/** Every query of the designer with its key, so that pages share results and invalidate by prefix. */
export const queries = {
  nodeTypes: () =>
    queryOptions({ queryKey: ['node-types'], queryFn: listNodeTypes, staleTime: 60_000 }),
  flows: () => queryOptions({ queryKey: ['flows'], queryFn: flowsApi.list }),
  flow: (id: string, version?: number) =>
    queryOptions({
      queryKey: ['flows', id, version ?? 'draft'],
      queryFn: () => flowsApi.get(id, version),
    }),
  decisions: () => queryOptions({ queryKey: ['decisions'], queryFn: decisionsApi.list }),
  decision: (id: string, version?: number) =>
    queryOptions({
      queryKey: ['decisions', id, version ?? 'draft'],
      queryFn: () => decisionsApi.get(id, version),
      // Comparing a large table with what was there before takes longer than drawing it anew.
      structuralSharing: false,
    }),
  templates: () => queryOptions({ queryKey: ['templates'], queryFn: templatesApi.list }),
  models: () => queryOptions({ queryKey: ['models'], queryFn: listModels }),
  calendars: () => queryOptions({ queryKey: ['calendars'], queryFn: listCalendars }),
  connections: () => queryOptions({ queryKey: ['connections'], queryFn: connectionsApi.list }),
  runs: (filter: RunFilter = {}) =>
    queryOptions({ queryKey: ['runs', 'list', filter], queryFn: () => runsApi.list(filter) }),
  run: (id: string) => queryOptions({ queryKey: ['runs', id], queryFn: () => runsApi.get(id) }),
  runFlow: (id: string) =>
    queryOptions({
      queryKey: ['runs', id, 'flow'],
      queryFn: () => runsApi.flow(id),
      staleTime: Infinity,
    }),
  explanation: (run: string, step: string) =>
    queryOptions({
      queryKey: ['runs', run, 'explanation', step],
      queryFn: () => runsApi.explanation(run, step),
      // What a step was given and decided by never changes.
      staleTime: Infinity,
      retry: false,
    }),
  erasure: (run: string) =>
    queryOptions({
      queryKey: ['erasure', run],
      queryFn: () => operationsApi.previewErasure(run),
      // What would go is told as it is now.
      gcTime: 0,
      retry: false,
    }),
  suspensions: () =>
    queryOptions({ queryKey: ['suspensions'], queryFn: operationsApi.suspensions }),
  tasks: (filter: TaskFilter = {}) =>
    queryOptions({ queryKey: ['tasks', 'list', filter], queryFn: () => tasksApi.list(filter) }),
  task: (id: string) => queryOptions({ queryKey: ['tasks', id], queryFn: () => tasksApi.get(id) }),
}
