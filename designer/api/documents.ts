import type { DocumentSummary, DocumentView } from '#core/api/views.ts'
import type { Finding } from '#core/graph/finding.ts'
import { request, requestList } from './http.ts'

/** The verbs that flows and decisions share. */
const documentApi = (root: 'flows' | 'decisions') => ({
  list: (): Promise<DocumentSummary[]> => requestList(`/${root}`),
  get: (id: string, version?: number): Promise<DocumentView> =>
    request('GET', `/${root}/${id}`, { query: { version } }),
  /** `draft` is the count last seen. @throws ApiError 409 DRAFT_CONFLICT where somebody saved meanwhile */
  save: (document: unknown, draft?: number): Promise<{ id: string; draft: number }> =>
    request('POST', `/${root}`, {
      body: document,
      ...(draft === undefined ? {} : { headers: { 'If-Match': `"${draft}"` } }),
    }),
  validate: (id: string, document?: unknown): Promise<{ valid: boolean; findings: Finding[] }> =>
    request('POST', `/${root}/${id}/validate`, { body: document }),
  /** @throws ApiError with findings where the draft has errors */
  publish: (id: string): Promise<{ version: number }> => request('POST', `/${root}/${id}/publish`),
})

export const flowsApi = documentApi('flows')
export const decisionsApi = documentApi('decisions')
