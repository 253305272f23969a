import { bindInputs, bindLogic } from '#core/compile/bind.ts'
import { because } from '#core/compile/because.ts'
import type { CompiledNode, RunContext } from '#core/compile/program.ts'
import { compileDecision, type CompiledDecision } from '#core/decision/compile.ts'
import { TerminalError } from '#core/errors.ts'
import {
  branchConfig,
  elsePort,
  endConfig,
  forkConfig,
  onlyPort,
  timerConfig,
} from '#core/graph/control.ts'
import { durationMs } from '#core/graph/duration.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import type { Regions } from '#core/graph/regions.ts'
import type { Topology } from '#core/graph/topology.ts'
import { isObject, type Json, type JsonObject } from '#core/json.ts'
import type { AnyNode, NodeKind } from '#core/node/define-node.ts'
import { migrateConfig } from '#core/node/migrate.ts'
import { preparePure, type PortValue } from '#core/node/perform.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Release } from '#core/release.ts'

const defaultMaxVisits = 100

/** What the drawing says of its nodes. */
export interface Structure {
  readonly topology: Topology
  readonly regions: Regions
  readonly cyclic: ReadonlySet<string>
}

/** The nodes that a run can reach, each with the functions that the machine calls by its id. */
export function compileNodes(
  release: Release,
  registry: Registry,
  structure: Structure,
): CompiledNode[] {
  const { topology, cyclic } = structure
  const slotOf = new Map(release.flow.nodes.map((node, slot) => [node.id, slot]))
  const decide = decider(release)
  return release.flow.nodes.map((node, slot) => {
    const type = registry.get(node.type, release.nodes[node.type])
    const kind = topology.kind(node.id)
    if (!type || !kind)
      throw new TerminalError('NODE_TYPE_UNKNOWN', { node: node.id, type: node.type })
    const config = migrateConfig(type, node.version, node.config)
    const compute = computers[kind]
    return {
      id: node.id,
      slot,
      kind,
      type: node.type,
      declared: type.kind,
      version: type.version,
      config,
      routes: new Set(topology.out(node.id).map((edge) => edge.sourcePort)),
      maxVisits: cyclic.has(node.id) ? (node.maxVisits ?? defaultMaxVisits) : null,
      delay: kind === 'timer' ? durationMs(timerConfig.parse(config).duration) : null,
      inputs: bindInputs(node.inputs, slotOf),
      compute: compute && compute({ node, type, config, slotOf, decide, ...structure }),
    }
  })
}

interface ComputePlan extends Structure {
  readonly node: FlowNode
  readonly type: AnyNode
  readonly config: Json
  readonly slotOf: ReadonlyMap<string, number>
  readonly decide: (decision: string, input: JsonObject, at: number) => ReturnType<CompiledDecision>
}
type Computer = (plan: ComputePlan) => NonNullable<CompiledNode['compute']>

const computers: Readonly<Record<NodeKind, Computer | null>> = {
  effect: null,
  timer: null,
  task: null,
  start: () => (context) => ({ port: onlyPort, value: context.input }),
  pure: ({ node, type, config, topology, decide }) => {
    if (type.kind !== 'pure') {
      // A disabled node that would wait: passed through by its first port.
      const port = topology.out(node.id)[0]?.sourcePort ?? onlyPort
      return () => ({ port, value: null })
    }
    const perform = preparePure(type, config)
    return (context, inputs) =>
      perform({
        inputs,
        at: context.at,
        decide: (decision, input) => decide(decision, input, context.at),
      })
  },
  branch: ({ node, config, slotOf }) => {
    const cases = branchConfig
      .parse(config)
      .cases.map((item) => ({ ...item, met: bindLogic(item.when, slotOf) }))
    if (node.disabled) cases.length = 0
    return (context): PortValue => {
      const taken = cases.find((item) => item.met(context) === true)
      return {
        port: taken?.id ?? elsePort,
        value: { case: taken?.id ?? elsePort, because: because(taken, cases.length) },
      }
    }
  },
  fork: ({ config, slotOf }) => {
    const branches = forkConfig.parse(config).branches.map(({ id, when }) => ({
      id,
      met: when === undefined ? () => true : bindLogic(when, slotOf),
    }))
    return (context) => {
      const begun = branches.filter((branch) => branch.met(context) === true).map(({ id }) => id)
      return { port: begun.join(','), value: { branches: begun } }
    }
  },
  join: ({ node, slotOf, regions }) => {
    const fork = regions.forkOf.get(node.id)
    const slot = fork === undefined ? undefined : slotOf.get(fork)
    return (context: RunContext) => ({
      port: onlyPort,
      value: { arrived: (slot === undefined ? null : context.memory[slot])?.arrived ?? [] },
    })
  },
  end: ({ config }) => {
    const { status } = endConfig.parse(config)
    return (_, inputs) => ({ port: status, value: inputs['output'] ?? null })
  },
}

function decider(release: Release): ComputePlan['decide'] {
  const ready = new Map<string, CompiledDecision>()
  return (id, input, at) => {
    let decision = ready.get(id)
    if (!decision) {
      const document = Object.hasOwn(release.decisions, id) ? release.decisions[id] : undefined
      if (!isObject(document)) throw new TerminalError('DECISION_UNKNOWN', { decision: id })
      decision = compileDecision(document)
      ready.set(id, decision)
    }
    return decision(input, at)
  }
}
