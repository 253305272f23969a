import type { Awaited, StateDefinition } from '#core/compile/definition.ts'
import { nodeOf, visitsOf } from '#core/compile/visits.ts'
import type { CompiledProgram, Determined, RunContext, Visits } from '#core/compile/program.ts'
import { joinConfig } from '#core/graph/control.ts'
import { isInner, type Fragment } from '#core/graph/fragments.ts'
import type { Topology } from '#core/graph/topology.ts'
import { isObject } from '#core/json.ts'

/** Where a node is left by a port that leads on inside of the fragment. */
export const leftState = (fork: string, node: string, port: string): string =>
  `${fork}/${node}!left:${port}`
export const spreadState = (fork: string, node: string): string => `${fork}/${node}!spread`

const intoOf = (topology: Topology, { fork, nodes }: Fragment, target: string): Awaited => ({
  fork,
  into: topology
    .into(target)
    .filter(({ source }) => source === fork || nodes.includes(source))
    .map(({ source, sourcePort }) => ({ node: source, port: sourcePort })),
})

/** What a node of a fragment, or its exit, waits for. */
export function awaited(
  topology: Topology,
  fragment: Fragment,
  target: string,
): Awaited & { readonly need: number | null } {
  const { config } = topology.nodes.get(target) ?? {}
  const { mode, count = 1 } = joinConfig.parse(topology.kind(target) === 'join' ? config : {})
  const need = topology.kind(target) === 'join' ? { all: null, any: 1, count }[mode] : 1
  return { ...intoOf(topology, fragment, target), need }
}

/** The one node of a region: it waits for its predecessors, runs, and says by which port it was left. */
export function fragmentRegion(
  topology: Topology,
  fragment: Fragment,
  { node, states }: { readonly node: string; readonly states: StateDefinition['states'] },
): StateDefinition {
  const { fork } = fragment
  const id = `${fork}/${node}`
  const [pending, ended] = [`${id}!pending`, `${id}!skipped`]
  const { need, ...edges } = awaited(topology, fragment, node)
  const isFork = topology.kind(node) === 'fork'
  const ports = topology
    .out(node)
    .filter((edge) => !isFork && isInner(fragment, edge))
    .map(({ sourcePort }) => sourcePort)
  return {
    id,
    initial: pending,
    states: {
      [pending]: {
        id: pending,
        always: [
          {
            guard: { type: 'ready', params: { ...edges, need } },
            target: `#${node}`,
            reenter: true,
          },
          { guard: { type: 'dead', params: edges }, target: `#${ended}`, reenter: true },
        ],
      },
      [ended]: {
        id: ended,
        type: 'final',
        entry: [{ type: 'determine', params: { fork, node, port: null } }],
      },
      ...states,
      ...Object.fromEntries(
        ports.map((port) => {
          const left = leftState(fork, node, port)
          const entry = [{ type: 'determine', params: { fork, node, port } } as const]
          return [left, { id: left, type: 'final', entry }]
        }),
      ),
      ...(isFork
        ? {
            [spreadState(fork, node)]: {
              id: spreadState(fork, node),
              type: 'final',
              entry: [{ type: 'spread', params: { fork, node } }],
            },
          }
        : {}),
    },
  }
}

/** The branches that a fork has begun. */
export function begunBy({ value }: Visits): readonly string[] {
  const begun = isObject(value) ? value['branches'] : undefined
  return Array.isArray(begun) ? (begun as string[]) : []
}

/** Of each edge whether it was taken; undefined where that is open. */
function taken(program: CompiledProgram, context: RunContext, { fork, into }: Awaited) {
  const visits = visitsOf(context, nodeOf(program, fork))
  return into.map(({ node, port }): boolean | undefined =>
    node === fork
      ? begunBy(visits).includes(port)
      : visits.determined?.find((each) => each.node === node)?.ports.includes(port),
  )
}

export function isReady(
  program: CompiledProgram,
  context: RunContext,
  { need, ...edges }: Awaited & { readonly need: number | null },
): boolean {
  const states = taken(program, context, edges)
  const count = states.filter((state) => state === true).length
  return count > 0 && (count >= (need ?? Infinity) || !states.includes(undefined))
}

export const isDead = (program: CompiledProgram, context: RunContext, edges: Awaited): boolean =>
  taken(program, context, edges).every((state) => state === false)

/** Whether nothing that the fork has begun is under way any more. */
export function isThrough(
  program: CompiledProgram,
  context: RunContext,
  { fork }: { readonly fork: string },
): boolean {
  const visits = visitsOf(context, nodeOf(program, fork))
  const { determined = [], arrived = [], over = [] } = visits
  const fragment = program.fragments.get(fork)
  return fragment
    ? determined.length === fragment.nodes.length
    : begunBy(visits).every((branch) => arrived.includes(branch) || over.includes(branch))
}

/** What arrived at a join of a fragment, in order: nodes, or branches of the fork that begins it. */
export function arrivals(visits: Visits, { fork, into }: Awaited): readonly string[] {
  const direct = into.filter(({ node, port }) => node === fork && begunBy(visits).includes(port))
  const arrived = (visits.determined ?? []).filter(({ node, ports }: Determined) =>
    into.some((edge) => edge.node === node && ports.includes(edge.port)),
  )
  return [...direct.map(({ port }) => port), ...arrived.map(({ node }) => node)]
}
