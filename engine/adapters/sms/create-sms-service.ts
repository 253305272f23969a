import { TerminalError } from '#core/errors.ts'
import { isObject } from '#core/json.ts'
import type { HttpService, SmsService } from '#core/node/services.ts'

/**
 * SMS through an HTTP gateway: `POST <address>/messages` with `{ to, text }`, answered by `{ id }`.
 * Give the http service that is bound to the same connections.
 */
export function createSmsService({ http }: { readonly http: HttpService }): SmsService {
  return {
    async send({ connection, to, text, idempotencyKey, signal }) {
      const number = to.replaceAll(/[\s().-]/g, '')
      if (!/^\+?\d{7,15}$/.test(number)) throw new TerminalError('SMS_RECIPIENT')
      const response = await http.request({
        connection,
        path: '/messages',
        method: 'POST',
        json: { to: number, text },
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        ...(signal === undefined ? {} : { signal }),
      })
      if (response.status < 200 || response.status >= 300)
        throw new TerminalError('SMS_REFUSED', { connection, status: response.status })
      const answer = response.json()
      const id = isObject(answer) ? answer['id'] : null
      // Some gateways count their messages.
      return { messageId: typeof id === 'string' || typeof id === 'number' ? String(id) : '' }
    },
  }
}
