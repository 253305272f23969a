import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { RequestError } from '#engine/server/request-error.ts'
import type { Actor } from '#core/ports.ts'

export interface Sessions {
  /** Good for one sign-in; for the address printed at the start. */
  readonly oneTime: string
  /** The Set-Cookie header of a session. @throws RequestError SIGN_IN_INVALID, SIGN_IN_THROTTLED */
  signIn(token: string, remote: string): string
  /** The Set-Cookie header that ends it. */
  readonly forget: string
  /** Who sends these headers; null where nobody known does. `cookie` tells that a browser may have sent them unasked. */
  identify(headers: {
    readonly authorization?: string | undefined
    readonly cookie?: string | undefined
  }): { readonly actor: Actor; readonly cookie: boolean } | null
}

const failuresAllowed = 10
const throttleMs = 60_000

/** Equal in a time that does not tell where the texts differ. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

const cookieIn = (header: string | undefined, name: string): string | undefined =>
  header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)

/**
 * One bearer token guards everything. A browser trades it, or the one-time token, for a cookie derived from it:
 * the session lasts over restarts and ends for all when the token changes.
 */
export function createSessions(options: {
  readonly token: string
  /** Browsers share cookies between the ports of a host. */
  readonly cookieName: () => string
  readonly now: () => number
}): Sessions {
  const { token, now } = options
  const session = createHmac('sha256', token).update('metis session 1').digest('base64url')
  const attributes = 'Path=/; HttpOnly; SameSite=Strict'
  const oneTime = randomBytes(24).toString('base64url')
  let oneTimeUsed = false
  const failures = new Map<string, number[]>()

  function throttle(remote: string): void {
    const recent = (failures.get(remote) ?? []).filter((at) => now() - at < throttleMs)
    failures.set(remote, recent)
    if (recent.length >= failuresAllowed)
      throw new RequestError('SIGN_IN_THROTTLED', 429, { retryAfter: throttleMs / 1000 })
  }

  return {
    oneTime,
    signIn(given, remote) {
      throttle(remote)
      if (!oneTimeUsed && sameSecret(given, oneTime)) oneTimeUsed = true
      else if (!sameSecret(given, token)) {
        failures.get(remote)?.push(now())
        throw new RequestError('SIGN_IN_INVALID', 401)
      }
      return `${options.cookieName()}=${session}; ${attributes}; Max-Age=${30 * 24 * 3600}`
    },
    get forget() {
      return `${options.cookieName()}=; ${attributes}; Max-Age=0`
    },
    identify({ authorization, cookie }) {
      const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
      if (bearer !== undefined)
        return sameSecret(bearer, token)
          ? { actor: { id: 'token', kind: 'token' }, cookie: false }
          : null
      const held = cookieIn(cookie, options.cookieName())
      return held !== undefined && sameSecret(held, session)
        ? { actor: { id: 'owner', kind: 'user' }, cookie: true }
        : null
    },
  }
}
