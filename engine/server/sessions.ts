import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { RequestError } from '#engine/server/request-error.ts'
import type { Actor } from '#core/ports.ts'
import type { NamedToken } from '#engine/server/named-tokens.ts'

export interface Sessions {
  /** Good for one sign-in; for the address printed at the start. */
  readonly oneTime: string
  /** Whose session it is, and its Set-Cookie header. @throws RequestError SIGN_IN_INVALID, SIGN_IN_THROTTLED */
  signIn(token: string, remote: string): { readonly actor: Actor; readonly cookie: string }
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

/** A token with the session derived from it, and who comes with the one or the other. */
interface Key {
  readonly token: string
  readonly session: string
  readonly bearer: Actor
  readonly holder: Actor
}
const keyOf = (token: string, names: { bearer: string; holder: string }): Key => ({
  token,
  session: createHmac('sha256', token).update('metis session 1').digest('base64url'),
  bearer: { id: names.bearer, kind: 'token' },
  holder: { id: names.holder, kind: 'user' },
})

/**
 * A bearer token guards everything; others may have names, by which the history tells who came. A browser trades one, or
 * the one-time token, for a cookie derived from it: the session lasts over restarts and ends when its token changes.
 */
export function createSessions(options: {
  readonly token: string
  /** @default none */
  readonly named?: readonly NamedToken[]
  /** Browsers share cookies between the ports of a host. */
  readonly cookieName: () => string
  readonly now: () => number
}): Sessions {
  const { token, now } = options
  const owner = keyOf(token, { bearer: 'token', holder: 'owner' })
  const keys = [
    owner,
    ...(options.named ?? []).map(({ name, token: own }) =>
      keyOf(own, { bearer: name, holder: name }),
    ),
  ]
  /** Each is compared, so that the time tells nothing of which it is. */
  const find = (given: string, secretOf: (key: Key) => string): Key | undefined =>
    keys.filter((key) => sameSecret(given, secretOf(key)))[0]
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
      const first = !oneTimeUsed && sameSecret(given, oneTime)
      if (first) oneTimeUsed = true
      const key = first ? owner : find(given, (each) => each.token)
      if (!key) {
        failures.get(remote)?.push(now())
        throw new RequestError('SIGN_IN_INVALID', 401)
      }
      const cookie = `${options.cookieName()}=${key.session}; ${attributes}; Max-Age=${30 * 24 * 3600}`
      return { actor: key.holder, cookie }
    },
    get forget() {
      return `${options.cookieName()}=; ${attributes}; Max-Age=0`
    },
    identify({ authorization, cookie }) {
      const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
      if (bearer !== undefined) {
        const key = find(bearer, (each) => each.token)
        return key ? { actor: key.bearer, cookie: false } : null
      }
      const held = cookieIn(cookie, options.cookieName())
      const key = held === undefined ? undefined : find(held, (each) => each.session)
      return key ? { actor: key.holder, cookie: true } : null
    },
  }
}
