import { request } from './http.ts'

/** Exchanges a token for a session cookie that scripts cannot read. @throws ApiError 401 */
export const signIn = (token: string): Promise<unknown> =>
  request('POST', '/session', { body: { token } })

export const signOut = (): Promise<unknown> => request('DELETE', '/session')
