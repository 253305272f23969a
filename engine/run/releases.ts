import { releaseHash } from '#core/compile/release-hash.ts'
import type { Calendar } from '#core/calendar/calendar.ts'
import { builtInCalendar } from '#core/calendar/india.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Release } from '#core/release.ts'
import { referencesOf } from './references.ts'

export interface ReleaseSources {
  readonly registry: Registry
  /** The decision as it is to be frozen; undefined where there is none. */
  readonly decision: (id: string) => Decision | undefined
  /** The newest version of a model; undefined where there is none. */
  readonly model: (name: string) => string | undefined
  /** The calendar as it is to be frozen; without this the one that is built in, `india`. */
  readonly calendar?: (id: string) => Calendar | undefined
  /** The release of a flow's newest version; undefined where none is published. */
  readonly flow: (id: string) => string | undefined
}

export interface BuiltRelease {
  readonly release: Release
  readonly hash: string
  /** Decisions, calendars and flows that the sources do not have. */
  readonly findings: Finding[]
}

/** Freezes a flow with everything that it names: from here on nothing outside changes the run. */
export function buildRelease(flow: Flow, sources: ReleaseSources): BuiltRelease {
  const decisions: Record<string, Decision> = {}
  const nodes: Record<string, number> = {}
  const models: Record<string, string> = {}
  const calendars: Record<string, Calendar> = {}
  const flows: Record<string, string> = {}
  const findings: Finding[] = []
  for (const [index, node] of flow.nodes.entries()) {
    nodes[node.type] = node.version
    const descriptor = sources.registry.descriptor(node.type, node.version)
    for (const { ref, name } of descriptor ? referencesOf(node, descriptor.config) : []) {
      if (ref === 'model') {
        const version = sources.model(name)
        if (version !== undefined) models[name] = version
        continue
      }
      // Read when the effect is performed: a release carries no address.
      if (ref === 'connection') continue
      if (ref === 'flow') {
        // Of itself it calls the version that it is.
        if (name === flow.id) continue
        const called = sources.flow(name)
        if (called !== undefined) flows[name] = called
        else
          findings.push({
            code: 'CALLED_FLOW_NOT_PUBLISHED',
            severity: 'error',
            params: { node: node.name, flow: name },
            place: { path: `/nodes/${index}/config`, node: node.id },
          })
        continue
      }
      if (ref === 'calendar') {
        const calendar = (sources.calendar ?? builtInCalendar)(name)
        if (calendar) calendars[name] = calendar
        else
          findings.push({
            code: 'CALENDAR_UNKNOWN',
            severity: 'error',
            params: { node: node.id, calendar: name },
            place: { path: `/nodes/${index}/config`, node: node.id },
          })
        continue
      }
      for (const missing of freeze(name, decisions, sources.decision))
        findings.push({
          code: 'DECISION_NOT_PUBLISHED',
          severity: 'error',
          params: { node: node.name, decision: missing },
          place: { path: `/nodes/${index}/config`, node: node.id },
        })
    }
  }
  const release: Release = {
    flow,
    decisions,
    nodes,
    models,
    ...(Object.keys(calendars).length > 0 ? { calendars } : {}),
    ...(Object.keys(flows).length > 0 ? { flows } : {}),
  }
  return { release, hash: releaseHash(release), findings }
}

/** Takes a decision and those that it asks into `decisions`; gives the ids that are not there. */
function freeze(
  id: string,
  decisions: Record<string, Decision>,
  source: ReleaseSources['decision'],
): string[] {
  if (Object.hasOwn(decisions, id)) return []
  const decision = source(id)
  if (!decision) return [id]
  decisions[id] = decision
  return decision.parts.flatMap((part) =>
    part.kind === 'decision' ? freeze(part.decision, decisions, source) : [],
  )
}
