import type { TemplateView } from '#core/api/views.ts'
import type { Json } from '#core/json.ts'
import { request, requestList } from './http.ts'

export const templatesApi = {
  list: (): Promise<TemplateView[]> => requestList('/templates'),
  /** Copies the template's flow and decisions into drafts. */
  install: (id: string): Promise<{ flow: string }> => request('POST', `/templates/${id}/install`),
  /** Uploads the case's sample documents and gives an input that can be run at once. */
  caseInput: (id: string, name: string): Promise<{ input: Json }> =>
    request('POST', `/templates/${id}/cases/${name}/input`),
}
