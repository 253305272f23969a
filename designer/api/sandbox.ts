import type { BureauSwitches, SandboxMessage } from '#core/api/sandbox-views.ts'
import type { Page } from '#core/api/views.ts'
import { request } from './http.ts'

/** @throws ApiError 404 where real connections are configured instead */
export const sandboxApi = {
  messages: (cursor?: string): Promise<Page<SandboxMessage>> =>
    request('GET', '/sandbox/messages', { query: { cursor } }),
  bureau: (): Promise<BureauSwitches> => request('GET', '/sandbox/bureau'),
  setBureau: (switches: Partial<BureauSwitches>): Promise<BureauSwitches> =>
    request('PUT', '/sandbox/bureau', { body: switches }),
}
