import type { ConnectionView } from '#core/api/views.ts'
import { request, requestList } from './http.ts'

export const connectionsApi = {
  list: (): Promise<ConnectionView[]> => requestList('/connections'),
  put: ({ name, ...rest }: Omit<ConnectionView, 'source'>): Promise<ConnectionView> =>
    request('PUT', `/connections/${name}`, { body: rest }),
  /** Write-only: no call ever returns it. */
  putSecret: (name: string, value: string): Promise<unknown> =>
    request('PUT', `/secrets/${name}`, { body: { value } }),
}
