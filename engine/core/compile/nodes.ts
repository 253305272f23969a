import { arrivals, awaited } from '#core/compile/fragment.ts'
import { bindInputs, bindLogic, bindNames, bindScope, type Names } from '#core/compile/bind.ts'
import { alarmsOf } from '#core/compile/alarms.ts'
import { compileBranch } from '#core/compile/branch.ts'
import { compileDue } from '#core/compile/due.ts'
import { recall } from '#core/compile/memory.ts'
import type { CompiledNode, RunContext } from '#core/compile/program.ts'
import { waitingKinds } from '#core/compile/states.ts'
import { compileDecision, type CompiledDecision } from '#core/decision/compile.ts'
import type { BuildFunction } from '#core/decision/generate.ts'
import { TerminalError } from '#core/errors.ts'
import type { Decision } from '#core/graph/decision.ts'
import { eachConfig, endConfig, forkConfig, onlyPort, runsApart } from '#core/graph/control.ts'
import { calledBy } from '#core/graph/called-flows.ts'
import { isEnd } from '#core/graph/ends.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import { portsOf } from '#core/graph/ports.ts'
import { isBeside, type Regions } from '#core/graph/regions.ts'
import type { Topology } from '#core/graph/topology.ts'
import { waysOf } from '#core/graph/ways.ts'
import { isObject, type Json, type JsonObject } from '#core/json.ts'
import type { AnyNode, NodeKind } from '#core/node/define-node.ts'
import { migrateConfig } from '#core/node/migrate.ts'
import { preparePure } from '#core/node/perform.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { undoersOf } from '#core/graph/undoers.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Release } from '#core/release.ts'

const defaultMaxVisits = 100

/** What the drawing says of its nodes. */
export interface Structure {
  readonly topology: Topology
  readonly regions: Regions
  readonly cyclic: ReadonlySet<string>
}

type Drawn = Pick<Structure, 'topology' | 'regions'>

/** An end of the branch, and on a reminder's path every port without an edge. */
function endsBranch(id: string, { topology, regions }: Drawn): boolean {
  if (topology.kind(id) === 'end') return regions.ending(id) !== null
  return isBeside(regions.of.get(id) ?? null)
}

const endsRun = (id: string, { topology, regions }: Drawn): boolean =>
  isEnd(topology.kind(id)) &&
  (topology.kind(id) !== 'end' || (regions.ending(id) === null && topology.tryOf(id) === undefined))

/** What a node's functions are bound to. */
export interface Scope {
  readonly slotOf: ReadonlyMap<string, number>
  readonly names: Names
  /** The variables that the body of an each or a lock uses from around it. */
  readonly outerOf: (each: string) => readonly string[]
  /** Makes code of decisions; null where there is no such thing. */
  readonly build: BuildFunction | null
}

/** The nodes of one body, each with the functions that the machine calls by its id. */
export function compileNodes(
  release: Release,
  registry: Registry,
  structure: Structure & Scope,
): CompiledNode[] {
  const { topology, cyclic, names, outerOf, build } = structure
  const undoers = undoersOf(topology)
  const decide = decider(release, build)
  return [...topology.nodes.values()].map((node, slot) => {
    const type = registry.get(node.type, release.nodes[node.type])
    const kind = topology.kind(node.id)
    if (!type || !kind)
      throw new TerminalError('NODE_TYPE_UNKNOWN', { node: node.id, type: node.type })
    const config = migrateConfig(type, node.version, node.config)
    const compute = isDisabled(node, type.kind) ? passThrough : computers[kind]
    return {
      id: node.id,
      slot,
      kind,
      type: node.type,
      declared: type.kind,
      version: type.version,
      undo: node.undo !== undefined && undoers.has(node.undo) ? node.undo : null,
      undoes: undoers.has(node.id),
      config,
      routes: new Set(
        undoers.has(node.id)
          ? ordinaryPorts(node, registry.descriptor(type.type, type.version))
          : waysOf(node.id, structure).map((way) => way.sourcePort),
      ),
      endsBranch: endsBranch(node.id, structure),
      endsRun: endsRun(node.id, structure),
      maxVisits: cyclic.has(node.id) ? (node.maxVisits ?? defaultMaxVisits) : null,
      due: kind === 'timer' ? compileDue(node, config, { names, release }) : null,
      checks:
        kind === 'message' ||
        kind === 'each' ||
        (kind === 'lock' && 'key' in node.inputs) ||
        (kind === 'timer' && 'until' in node.inputs) ||
        (kind === 'call' && calledBy(node) === release.flow.id),
      alarms: alarmsOf(kind, config),
      inputs: bindInputs(node.inputs, names),
      outer: runsApart.has(kind) ? bindNames(outerOf(node.id), names) : null,
      seen: kind === 'each' ? seenBy(node.id, config, names) : null,
      compute: compute && compute({ node, type, config, decide, registry, ...structure }),
    }
  })
}

function seenBy(id: string, config: Json, names: Names): CompiledNode['seen'] {
  const when = eachConfig.safeParse(config).data?.enough?.when
  return when === undefined ? null : bindScope(when, names, id)
}

/** By which a node leaves that has not failed. */
const ordinaryPorts = (node: FlowNode, descriptor: NodeDescriptor | undefined): string[] =>
  descriptor
    ? portsOf(node, descriptor)
        .filter(({ optional }) => optional !== true)
        .map(({ id }) => id)
    : []

interface ComputePlan extends Structure, Scope {
  readonly node: FlowNode
  readonly type: AnyNode
  readonly config: Json
  readonly registry: Registry
  readonly decide: (decision: string, input: JsonObject, at: number) => ReturnType<CompiledDecision>
}
/** Structure cannot be passed through, so only these can be disabled. */
const canBeDisabled: ReadonlySet<NodeKind> = new Set(['pure', 'branch', 'effect', ...waitingKinds])

/** How a node is compiled: one that is disabled is left at once. */
export const kindOf = (node: FlowNode, kind: NodeKind | undefined): NodeKind | undefined =>
  kind && isDisabled(node, kind) ? 'pure' : kind

const isDisabled = (node: FlowNode, kind: NodeKind): boolean =>
  node.disabled === true && canBeDisabled.has(kind)

type Computer = (plan: ComputePlan) => NonNullable<CompiledNode['compute']>

const computers: Readonly<Record<NodeKind, Computer | null>> = {
  effect: null,
  timer: null,
  task: null,
  message: null,
  call: null,
  each: null,
  lock: null,
  try: () => () => ({ port: 'body', value: null }),
  continue: () => (_, inputs) => ({ port: 'continued', value: inputs['input'] ?? null }),
  start: () => (context) => ({ port: onlyPort, value: context.input }),
  pure: ({ type, config, decide }) => {
    const perform = preparePure(type, config)
    return (context, inputs) =>
      perform({
        inputs,
        at: context.at,
        decide: (decision, input) => decide(decision, input, context.at),
      })
  },
  branch: ({ config, names }) => compileBranch(config, names),
  fork: ({ config, names }) => {
    const branches = forkConfig.parse(config).branches.map(({ id, when }) => ({
      id,
      met: when === undefined ? () => true : bindLogic(when, names),
    }))
    return (context) => {
      const begun = branches.filter((branch) => branch.met(context) === true).map(({ id }) => id)
      return { port: begun.join(','), value: { branches: begun } }
    }
  },
  join: ({ node, slotOf, topology, regions }) => {
    const fork = regions.forkOf.get(node.id) ?? regions.of.get(node.id)?.fork
    const slot = fork === undefined ? undefined : slotOf.get(fork)
    const fragment = fork === undefined ? undefined : regions.fragments.get(fork)
    const edges = fragment && awaited(topology, fragment, node.id)
    return (context: RunContext) => {
      const visits = slot === undefined ? null : recall(context.memory, slot)
      const arrived = visits && edges ? arrivals(visits, edges) : visits?.arrived
      return { port: onlyPort, value: { arrived: [...(arrived ?? [])] } }
    }
  },
  end: ({ config }) => {
    const { status } = endConfig.parse(config)
    return (_, inputs) => ({ port: status, value: inputs['output'] ?? null })
  },
}

const passThrough: Computer = ({ node, type, registry }) => {
  const descriptor = registry.descriptor(type.type, type.version)
  const port = (descriptor && portsOf(node, descriptor)[0]?.id) ?? onlyPort
  return () => ({ port, value: null })
}

function decider(release: Release, build: BuildFunction | null): ComputePlan['decide'] {
  const ready = new Map<string, CompiledDecision>()
  const nested = (id: string): Decision | undefined =>
    Object.hasOwn(release.decisions, id) ? release.decisions[id] : undefined
  return (id, input, at) => {
    let decision = ready.get(id)
    if (!decision) {
      const document = nested(id)
      if (!isObject(document)) throw new TerminalError('DECISION_UNKNOWN', { decision: id })
      decision = compileDecision(document, nested, build)
      ready.set(id, decision)
    }
    return decision(input, at)
  }
}
