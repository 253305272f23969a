import { compileNodes, kindOf, type Structure } from '#core/compile/nodes.ts'
import type { MachineDefinition, StateDefinition } from '#core/compile/definition.ts'
import type { CompiledNode, CompiledProgram } from '#core/compile/program.ts'
import { bodyNames, flowNames, type Names } from '#core/compile/bind.ts'
import { awaited, fragmentRegion } from '#core/compile/fragment.ts'
import { passagesOf } from '#core/compile/passages.ts'
import { releaseHash } from '#core/compile/release-hash.ts'
import { compilers, finished, type BranchPlan, type FragmentPlan } from '#core/compile/states.ts'
import { withUndo } from '#core/compile/undo.ts'
import type { BuildFunction } from '#core/decision/generate.ts'
import { TerminalError, ValidationError } from '#core/errors.ts'
import { bodiesOf } from '#core/graph/bodies.ts'
import { afterJoin, endConfig, forkConfig, joinConfig, remindPort } from '#core/graph/control.ts'
import type { Fragment } from '#core/graph/fragments.ts'
import { undoersOf } from '#core/graph/undoers.ts'
import { nodesOnCycles } from '#core/graph/cycles.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import { crossingFinding, regionFinding } from '#core/graph/region-findings.ts'
import { branchAround, regionsOf, type Region } from '#core/graph/regions.ts'
import { topologyOf } from '#core/graph/topology.ts'
import { wayApart, waysOf } from '#core/graph/ways.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Release } from '#core/release.ts'
import type { Program } from '#core/step/types.ts'

interface CompileOptions {
  /** The id of an each or a lock: what that runs inside. Its run begins with the input `{ item, index, outer }`, of a lock with `{ outer }`. */
  readonly body?: string | undefined
  /** What turns decisions that are evaluated often into code. @default they stay closures */
  readonly build?: BuildFunction | null
}

/**
 * A release as a machine: pure and deterministic; the result is frozen.
 * @throws TerminalError NODE_TYPE_UNKNOWN, NOT_AN_EACH
 * @throws ValidationError FLOW_NOT_COMPILABLE, where the drawing has no sound meaning
 */
export function compile(
  release: Release,
  registry: Registry,
  { body, build = null }: CompileOptions = {},
): Program {
  const { flow } = release
  const drawing = topologyOf(flow, (node) =>
    kindOf(node, registry.get(node.type, release.nodes[node.type])?.kind),
  )
  const drawn = bodiesOf(drawing, (node) => registry.get(node.type, release.nodes[node.type])?.kind)
  if (drawn.crossing.length > 0)
    throw new ValidationError(
      'FLOW_NOT_COMPILABLE',
      drawn.crossing.map((edge) => crossingFinding(edge, drawn, flow)),
      { flow: flow.id },
    )
  const bodies = new Map<string, CompiledProgram>()
  const programOf = (
    owner: string | null,
    namesOf: (slotOf: ReadonlyMap<string, number>) => Names,
  ): CompiledProgram => {
    const topology = drawn.topologyOf(owner)
    const regions = regionsOf(topology)
    if (regions.problems.length > 0 || !topology.start)
      throw new ValidationError(
        'FLOW_NOT_COMPILABLE',
        regions.problems.map((problem) => regionFinding(problem, flow, regions)),
        { flow: flow.id },
      )
    const cyclic = nodesOnCycles(topology)
    const slotOf = new Map([...topology.nodes.keys()].map((id, slot) => [id, slot]))
    const names = namesOf(slotOf)
    // A body is compiled with what is around it: what its logic reads from there is what it will be given.
    const outerOf = (id: string): readonly string[] => {
      const used = new Set<string>()
      const given = topology.kind(id) === 'each' ? ['item', 'index'] : []
      bodies.set(
        id,
        programOf(id, (slots) => bodyNames({ slotOf: slots, given }, names, used)),
      )
      return [...used]
    }
    const structure = { topology, regions, cyclic, slotOf, names, outerOf, build }
    const slots = compileNodes(release, registry, structure)
    const nodes = new Map(slots.map((node) => [node.id, node]))
    const { definition, map } = layOut({
      topology,
      regions,
      cyclic,
      nodes,
      start: topology.start.id,
    })
    let hash: string | undefined
    return {
      get hash() {
        return (hash ??= releaseHash(release) + (owner === null ? '' : `/${owner}`))
      },
      release,
      bodies,
      definition: deepFreeze({
        ...definition,
        id: `flow:${flow.id}${owner === null ? '' : `/${owner}`}`,
      }),
      nodes,
      map,
      fragments: regions.fragments,
      slots,
    }
  }
  const program = programOf(null, flowNames)
  if (body === undefined) return program
  const found = bodies.get(body)
  if (!found) throw new TerminalError('NOT_AN_EACH', { node: body, flow: flow.id })
  return found
}

interface Layout extends Structure {
  readonly start: string
  readonly nodes: ReadonlyMap<string, CompiledNode>
}

/** Puts every node's states into the region that it belongs to, forks nested to any depth. */
function layOut(layout: Layout): {
  definition: Omit<MachineDefinition, 'id'>
  map: Record<string, string[]>
} {
  const { topology, regions, cyclic, nodes } = layout
  const members = new Map<Region | null, FlowNode[]>()
  for (const node of topology.nodes.values()) {
    const region = regions.of.get(node.id)
    if (region === undefined) continue
    const list = members.get(region)
    if (list) list.push(node)
    else members.set(region, [node])
  }
  const map: Record<string, string[]> = {}

  const passages = passagesOf(regions)
  /** At the root: where a fork whose branches never meet ends the run. */
  const over: Record<string, StateDefinition> = {}
  const statesOf = (region: Region | null, path: string[]): Record<string, StateDefinition> => {
    const states: Record<string, StateDefinition> = {}
    for (const node of members.get(region) ?? []) {
      const compiled = nodes.get(node.id)
      if (!compiled) continue
      const { kind, endsBranch, endsRun } = compiled
      map[node.id] = [...path, node.id]
      const join = kind === 'fork' ? regions.joinOf.get(node.id) : undefined
      const joinNode = join === undefined ? undefined : topology.nodes.get(join)
      const ending = endsBranch ? branchAround(region) : regions.ending(node.id)
      const apart = wayApart(node.id, { topology, regions })
      const after = regions.region(node.id, afterJoin)
      const isOver = kind === 'fork' && join === undefined && !apart
      if (isOver && !ending) Object.assign(over, finished(node.id))
      const reminder = regions.region(node.id, remindPort)
      const alarms = [...compiled.alarms.values()]
      Object.assign(
        states,
        compilers[kind]({
          node,
          kind,
          edges: waysOf(node.id, { topology, regions }),
          take: (way) => passages.take(way, region),
          cyclic: cyclic.has(node.id),
          gated: cyclic.has(node.id) || compiled.checks,
          ending: endsBranch || isOver ? passages.ending(node.id, region, ending) : null,
          endsBranch,
          endsRun,
          over: apart ?? null,
          alarms,
          reminder:
            reminder?.beside && alarms.some(({ port }) => port === remindPort)
              ? branchOf(reminder, false, path)
              : null,
          spread: region && isSpread(region) ? region.fork : null,
          fragment: fragmentPlan(regions.fragments.get(node.id), [...path, node.id]),
          branches: kind === 'fork' ? branchesOf(node, path) : [],
          join: joinNode ? { id: joinNode.id, config: joinConfig.parse(joinNode.config) } : null,
          after: after ? statesOf(after, [...path, node.id, afterJoin]) : null,
        }),
      )
    }
    return region ? { ...states, ...passages.in(region) } : states
  }
  const isSpread = ({ fork, after }: Region): boolean =>
    after === undefined && regions.fragments.has(fork)

  const branchOf = (region: Region, conditional: boolean, path: string[]): BranchPlan | null => {
    const { fork, branch } = region
    const edge = topology.edge(fork, branch)
    return edge
      ? {
          id: branch,
          conditional,
          mayEnd: regions.mayEnd(region),
          first: passages.take(edge, region).target.slice(1),
          states: statesOf(region, [...path, fork, branch]),
        }
      : null
  }

  const fragmentPlan = (fragment: Fragment | undefined, path: string[]): FragmentPlan | null =>
    fragment
      ? {
          regions: Object.fromEntries(
            fragment.nodes.map((node) => {
              const region = regions.region(fragment.fork, node)
              const states = region ? statesOf(region, [...path, node]) : {}
              return [node, fragmentRegion(topology, fragment, { node, states })]
            }),
          ),
          exit: fragment.exit === null ? null : awaited(topology, fragment, fragment.exit),
        }
      : null

  const branchesOf = (fork: FlowNode, path: string[]): BranchPlan[] =>
    forkConfig.parse(fork.config).branches.flatMap((branch) => {
      const region = regions.region(fork.id, branch.id)
      return (region && branchOf(region, branch.when !== undefined, path)) ?? []
    })

  const undoers = [...undoersOf(topology).keys()].flatMap((id) => {
    const node = topology.nodes.get(id)
    const compiled = nodes.get(id)
    if (!node || !compiled) return []
    map[id] = [id]
    return [{ node, kind: compiled.kind, ports: [...compiled.routes] }]
  })
  const drawn = statesOf(null, [])
  const machine = { initial: layout.start, states: { ...drawn, ...over } }
  const failing = [...nodes.values()].filter(
    ({ kind, endsRun, config }) =>
      kind === 'end' && endsRun && endConfig.safeParse(config).data?.status === 'failed',
  )
  const definition = withUndo(machine, undoers, new Set(failing.map(({ id }) => id)))
  return { definition, map }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const key in value) deepFreeze(value[key])
  }
  return value
}
