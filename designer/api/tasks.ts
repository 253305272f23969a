import type { Page, TaskView } from '#core/api/views.ts'
import type { Json } from '#core/json.ts'
import { request } from './http.ts'

export interface TaskFilter {
  readonly status?: TaskView['status']
  readonly role?: string
  readonly run?: string
  readonly cursor?: string
  readonly limit?: number
}

export const tasksApi = {
  list: (filter: TaskFilter = {}): Promise<Page<TaskView>> =>
    request('GET', '/tasks', { query: { ...filter } }),
  get: (id: string): Promise<TaskView> => request('GET', `/tasks/${id}`),
  /** @throws ApiError with findings where the answer does not fit the form */
  complete: (id: string, answer: { outcome: string; value: Json }): Promise<unknown> =>
    request('POST', `/tasks/${id}/complete`, { body: answer }),
}
