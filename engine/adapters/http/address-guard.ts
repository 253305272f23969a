import ipaddr from 'ipaddr.js'

/** Says where outbound HTTP may go: public addresses, and what is listed. */
export interface AddressGuard {
  /** Whether this origin was listed by host, host and port, or exact origin. */
  lists(url: URL): boolean
  /** Whether an address is a public one; IPv4 inside IPv6 counts as what it holds. */
  isPublic(address: string): boolean
}

/**
 * @param allow `host`, `host:port`, or `scheme://host:port`; each admits exactly that, whatever its address is.
 */
export function createAddressGuard(allow: readonly string[]): AddressGuard {
  const listed = new Set(allow.map((entry) => entry.trim().toLowerCase()).filter(Boolean))
  return {
    lists: (url) =>
      [url.hostname, `${url.hostname}:${portOf(url)}`, url.origin].some((name) => listed.has(name)),
    isPublic: (address) => {
      const bare = address.replace(/^\[|\]$/g, '')
      // `process` unwraps ::ffff:10.0.0.1; tunnels such as 64:ff9b:: and 2002:: have ranges of their own.
      return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'unicast'
    },
  }
}

const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80')
