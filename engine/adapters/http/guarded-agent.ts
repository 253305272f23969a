import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { TerminalError } from '#core/errors.ts'
import type { AddressGuard } from '#engine/adapters/http/address-guard.ts'

/** How a name becomes addresses; tests give their own. */
export type Lookup = (
  host: string,
  options: { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * An HTTP agent whose sockets open only to permitted addresses. The name is resolved once, checked,
 * and the socket connects to the very address that was checked, so a name server cannot answer
 * differently the second time.
 */
export function createGuardedAgent(guard: AddressGuard, lookup: Lookup = dnsLookup): Agent {
  const options = { timeout: 10_000 }
  const free = buildConnector(options)
  const guarded = buildConnector({ ...options, lookup: publicOnly(guard, lookup) })
  return new Agent({
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    connect: (target, done) => {
      const url = new URL(`${target.protocol}//${target.host ?? target.hostname}`)
      if (guard.lists(url)) return free(target, done)
      // An address needs no lookup, so it is checked here.
      const host = target.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) && !guard.isPublic(host)) return done(refusal(host), null)
      return guarded(target, done)
    },
  })
}

const refusal = (target: string): TerminalError =>
  new TerminalError('HTTP_ADDRESS_REFUSED', { target })

function publicOnly(guard: AddressGuard, lookup: Lookup): LookupFunction {
  return (host, options, done) =>
    lookup(host, { all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error) return done(error, '', 0)
      // One private address among public ones is refused too: it is how a name is bent inwards.
      if (!first || addresses.some(({ address }) => !guard.isPublic(address)))
        return done(refusal(host), '', 0)
      if (options.all) return done(null, addresses)
      return done(null, first.address, first.family)
    })
}
