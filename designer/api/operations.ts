import type { ErasurePreview, ErasureView } from '#core/api/erasures.ts'
import type { Page } from '#core/api/views.ts'
import type { BulkItem, BulkQuery, BulkView, SuspensionView, Verb } from '#core/api/verbs.ts'
import { request, requestList } from './http.ts'

/** What operators do. */
export const operationsApi = {
  operate: (run: string, verb: Verb, reason: string): Promise<unknown> =>
    request('POST', `/runs/${encodeURIComponent(run)}/operations`, { body: { verb, reason } }),
  suspensions: (): Promise<SuspensionView[]> => requestList('/suspensions'),
  suspend: (of: {
    readonly kind: SuspensionView['kind']
    readonly name: string
    readonly suspended: boolean
    readonly reason: string
  }): Promise<unknown> =>
    request('PUT', `/suspensions/${of.kind}/${encodeURIComponent(of.name)}`, {
      body: { suspended: of.suspended, reason: of.reason },
    }),
  preview: (query: BulkQuery, verb: Verb): Promise<BulkView> =>
    request('POST', '/bulk', { body: { query, verb } }),
  apply: (id: string, reason: string): Promise<BulkView> =>
    request('POST', `/bulk/${id}/apply`, { body: { reason } }),
  previewErasure: (run: string): Promise<ErasurePreview> =>
    request('POST', '/erasures/preview', { body: { of: { run } } }),
  erase: (run: string, confirm: string, reason: string): Promise<ErasureView> =>
    request('POST', '/erasures', { body: { of: { run }, confirm, reason } }),
  bulk: (id: string): Promise<BulkView> => request('GET', `/bulk/${id}`),
  items: (id: string, cursor?: string): Promise<Page<BulkItem>> =>
    request('GET', `/bulk/${id}/items`, { query: { limit: 200, cursor } }),
}
