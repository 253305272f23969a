import { createHash } from 'node:crypto'
import { validateDecision } from '#core/decision/validate.ts'
import { canonicalDocument } from '#core/graph/canonical.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Flow } from '#core/graph/flow.ts'
import { parseDecision, parseFlow } from '#core/graph/parse.ts'
import { validateFlow } from '#core/graph/validate.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Clock } from '#core/ports.ts'
import type { Store } from '#core/store.ts'
import { calendarOf } from './calendars.ts'
import type { DocumentRules } from './documents.ts'
import { buildRelease, type BuiltRelease } from './releases.ts'

export interface DocumentParts {
  readonly store: Store
  readonly registry: Registry
  readonly clock: Clock
  /** The newest version of a model; undefined where there is none. */
  readonly model: (name: string) => string | undefined
}

export interface Drafts {
  readonly flow: (tenant: string, id: string) => Flow | undefined
  readonly decision: (tenant: string, id: string) => Decision | undefined
  readonly published: (tenant: string, id: string) => Decision | undefined
}

// Stored after parsing, so a stored body has the shape of its kind.
const read = <T>(body: string | undefined): T | undefined =>
  body === undefined ? undefined : (JSON.parse(body) as T)

export const drafts = (store: Store): Drafts => ({
  flow: (tenant, id) => read(store.documents.draft(tenant, 'flow', id)?.body),
  decision: (tenant, id) => read(store.documents.draft(tenant, 'decision', id)?.body),
  published: (tenant, id) => read(store.documents.version(tenant, 'decision', id)?.body),
})

/** A release of the flow with decisions as `decision` finds them. */
export const releaseOf = (
  parts: DocumentParts,
  { tenant, flow }: { readonly tenant: string; readonly flow: Flow },
  decision: (id: string) => Decision | undefined,
): BuiltRelease =>
  buildRelease(flow, {
    registry: parts.registry,
    model: parts.model,
    decision,
    calendar: (id) => calendarOf(parts.store, tenant, id),
    flow: (id) => parts.store.documents.published(tenant, 'flow', id)?.hash,
  })

/** Keeps a release; the same one again costs nothing. */
export const keepRelease = (parts: DocumentParts, tenant: string, built: BuiltRelease): void =>
  parts.store.releases.put({
    tenant,
    hash: built.hash,
    body: JSON.stringify(built.release),
    createdAt: parts.clock.now(),
  })

export const flowFindings = (parts: DocumentParts, tenant: string, flow: Flow) =>
  validateFlow(flow, {
    descriptor: (type) => parts.registry.descriptor(type),
    decision: (id) => drafts(parts.store).decision(tenant, id),
    flow: (id) => drafts(parts.store).flow(tenant, id),
  })

export const flowRules = (parts: DocumentParts): DocumentRules<Flow> => ({
  kind: 'flow',
  parse: parseFlow,
  canonical: canonicalDocument,
  validate: (tenant, flow) => flowFindings(parts, tenant, flow),
  freeze(tenant, flow) {
    const built = releaseOf(parts, { tenant, flow }, (id) =>
      drafts(parts.store).published(tenant, id),
    )
    return { ...built, keep: () => keepRelease(parts, tenant, built) }
  },
})

export const decisionRules = (): DocumentRules<Decision> => ({
  kind: 'decision',
  parse: parseDecision,
  canonical: canonicalDocument,
  validate: (_, decision) => validateDecision(decision),
  freeze: (_, decision) => ({
    hash: createHash('sha256').update(canonicalDocument(decision)).digest('hex'),
    findings: [],
    keep: () => {},
  }),
})
