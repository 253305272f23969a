import { compile } from '#core/compile/compile.ts'
import type { BuildFunction } from '#core/decision/generate.ts'
import { TerminalError } from '#core/errors.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Release } from '#core/release.ts'
import type { ReleaseTable } from '#core/store.ts'
import type { Bundle } from './live-run.ts'
import { LruMap } from './lru-map.ts'

type Built = { readonly hash: string; readonly release: Release }

export interface Bundles {
  /** A stored release, or the body of one of its nodes, compiled once. @throws TerminalError NOT_FOUND */
  get(tenant: string, hash: string, body?: string | null): Bundle
  /** One that may not be stored yet. */
  of(tenant: string, built: Built, body?: string | null): Bundle
}

/** Compiled releases that are kept. */
const most = 256

export function bundles(
  releases: ReleaseTable,
  registry: Registry,
  build: BuildFunction | null = null,
): Bundles {
  const known = new LruMap<string, Bundle>(most)
  const nameOf = (tenant: string, hash: string, body: string | null) =>
    `${tenant}/${hash}/${body ?? ''}`
  const of: Bundles['of'] = (tenant, { hash, release }, body = null) => {
    const name = nameOf(tenant, hash, body)
    const found = known.get(name)
    if (found) return found
    const bundle: Bundle = {
      hash,
      release,
      program: compile(release, registry, { body: body ?? undefined, build }),
      nodes: new Map(release.flow.nodes.map((node) => [node.id, node])),
    }
    known.set(name, bundle)
    return bundle
  }
  return {
    of,
    get(tenant, hash, part = null) {
      const found = known.get(nameOf(tenant, hash, part))
      if (found) return found
      const body = releases.get(tenant, hash)
      if (body === undefined) throw new TerminalError('NOT_FOUND', { what: 'release', id: hash })
      return of(tenant, { hash, release: JSON.parse(body) as Release }, part)
    },
  }
}
