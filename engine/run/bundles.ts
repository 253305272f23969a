import { compile } from '#core/compile/compile.ts'
import { TerminalError } from '#core/errors.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Release } from '#core/release.ts'
import type { ReleaseTable } from '#core/store.ts'
import type { Bundle } from './live-run.ts'
import { LruMap } from './lru-map.ts'

export interface Bundles {
  /** A stored release, compiled once. @throws TerminalError NOT_FOUND */
  get(tenant: string, hash: string): Bundle
  /** One that may not be stored yet. */
  of(tenant: string, built: { readonly hash: string; readonly release: Release }): Bundle
}

export function bundles(releases: ReleaseTable, registry: Registry, kept = 256): Bundles {
  const known = new LruMap<string, Bundle>(kept)
  const of: Bundles['of'] = (tenant, { hash, release }) => {
    const name = `${tenant}/${hash}`
    const found = known.get(name)
    if (found) return found
    const bundle: Bundle = {
      hash,
      release,
      program: compile(release, registry),
      nodes: new Map(release.flow.nodes.map((node) => [node.id, node])),
    }
    known.set(name, bundle)
    return bundle
  }
  return {
    of,
    get(tenant, hash) {
      const found = known.get(`${tenant}/${hash}`)
      if (found) return found
      const body = releases.get(tenant, hash)
      if (body === undefined) throw new TerminalError('NOT_FOUND', { what: 'release', id: hash })
      return of(tenant, { hash, release: JSON.parse(body) as Release })
    },
  }
}
