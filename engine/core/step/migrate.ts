import type { AnyMachineSnapshot } from 'xstate'
import { effectOf } from '#core/compile/effect-of.ts'
import type { MachineDefinition } from '#core/compile/definition.ts'
import { emptyMemory, recall, remember, type Memory } from '#core/compile/memory.ts'
import type { CompiledNode, CompiledProgram, RunContext } from '#core/compile/program.ts'
import { stateAt, statePaths } from '#core/compile/state-paths.ts'
import type { Finding } from '#core/graph/finding.ts'
import { pointer } from '#core/graph/pointer.ts'
import { canonicalJson } from '#core/json.ts'
import type { Json } from '#core/json.ts'
import type { OpenEffect, RunState } from '#core/step/state.ts'
import type { MigrateOptions } from '#core/step/types.ts'

/** Where a run stands in another program: what XState is told, and what becomes of each open effect. */
export interface Moved {
  readonly value: Json
  readonly context: RunContext
  readonly effects: readonly MovedEffect[]
}
interface MovedEffect {
  readonly open: OpenEffect
  /** In the new program. */
  readonly node: string
  readonly invoke: string
  readonly stays: boolean
}

interface Route {
  readonly from: CompiledProgram
  readonly to: CompiledProgram
  readonly rename: (node: string) => string
  readonly find: (finding: Pick<Finding, 'code' | 'params'>, node: string) => void
}

/** The run's place in `to`, or why there is none. */
export function moved(
  from: CompiledProgram,
  to: CompiledProgram,
  given: { readonly state: RunState; readonly options: MigrateOptions },
): Moved | readonly Finding[] {
  const { state, options } = given
  const findings: Finding[] = []
  const route: Route = {
    from,
    to,
    rename: (node) => options.nodes?.[node] ?? node,
    find: ({ code, params }, node) => {
      const index = from.release.flow.nodes.findIndex(({ id }) => id === node)
      const place = { path: pointer('nodes', index), node }
      if (findings.some((known) => known.place.node === node)) return
      findings.push({ code, severity: 'error', params, place })
    },
  }
  checkMapping(route, options)
  if (state.status !== 'active') route.find({ code: 'MIGRATION_RUN_ENDED', params: {} }, '')
  const before = state.snapshot.context as RunContext
  for (const { kind, node } of state.open.values()) if (kind !== 'stopping') checkNode(route, node)
  checkUndo(route, before, [...state.open.values()])
  const value = findings.length === 0 ? placeIn(route, state.snapshot) : undefined
  if (value === undefined || findings.length > 0) return findings
  const context = { ...before, ...carried(route, before) }
  const effects = [...state.open.values()].map((open): MovedEffect => {
    // What it waits for was asked for under the names of the old flow.
    if (open.kind === 'stopping') return { open, node: open.node, invoke: open.invoke, stays: true }
    const node = route.rename(open.node)
    const invoke = renamed(open.invoke, route)
    const own = [...state.open.values()].filter((each) => each.node === open.node)
    const stays = own.every((each) => isSame(route, each, { before, after: context }))
    return { open, node, invoke, stays }
  })
  return { value, context, effects }
}

function checkMapping({ from, to, find }: Route, { nodes = {} }: MigrateOptions): void {
  const taken = new Set<string>()
  for (const [old, id] of Object.entries(nodes)) {
    if (!from.nodes.has(old)) find({ code: 'MIGRATION_NODE_UNKNOWN', params: { node: old } }, old)
    if (!to.nodes.has(id)) find({ code: 'MIGRATION_NODE_UNKNOWN', params: { node: id } }, old)
    if (taken.has(id)) find({ code: 'MIGRATION_NODE_TWICE', params: { node: id } }, old)
    taken.add(id)
  }
}

function checkNode({ from, to, rename, find }: Route, node: string): void {
  const old = from.nodes.get(node)
  const now = to.nodes.get(rename(node))
  if (!now) find({ code: 'MIGRATION_NODE_GONE', params: { node } }, node)
  else if (old && now.kind !== old.kind) {
    const params = { node, from: old.kind, to: now.kind }
    find({ code: 'MIGRATION_KIND_CHANGED', params }, node)
  }
}

/** What was done can be undone in the new flow as well; a run on its way back stays on it, and another is on none. */
function checkUndo(
  { to, rename, find }: Route,
  { done = [], end }: RunContext,
  open: readonly OpenEffect[],
): void {
  const undoOf = (node: string): string | null => to.nodes.get(rename(node))?.undo ?? null
  const gone = done.filter(({ node }) => undoOf(node) === null)
  for (const { node } of gone) find({ code: 'MIGRATION_UNDO_GONE', params: { node } }, node)
  if (gone.length > 0) return
  const last = done.at(-1)
  const next = end !== null && last ? undoOf(last.node) : null
  for (const { kind, node } of open) {
    const undoes = to.nodes.get(rename(node))?.undoes === true
    const stays =
      kind === 'stopping'
        ? to.definition.on !== undefined
        : end === null
          ? !undoes
          : rename(node) === next
    if (!stays) find({ code: 'MIGRATION_UNDO_CHANGED', params: { node } }, node)
  }
}

/** The ids of states begin with the id of their node. */
const nodeIn = (state: string): string => /^[a-z0-9_]+/.exec(state)?.[0] ?? state
/**
 * A region of a fragment bears its node's id behind that of the fork, and a way that waits the node that it comes from;
 * a branch's id is no node's to rename.
 */
const renamed = (state: string, { from, rename }: Pick<Route, 'from' | 'rename'>): string =>
  state
    .replace(/^[a-z0-9_]+/, rename)
    .replace(/(?<=\/)[a-z0-9_]+/, (id) => (from.fragments.has(nodeIn(state)) ? rename(id) : id))
    .replace(/(?<=!out:)[a-z0-9_]+/, rename)

/** Every state that the run is in, found in the new machine by id; undefined where one is missing. */
function placeIn(route: Route, snapshot: AnyMachineSnapshot): Json | undefined {
  const { from, to, find } = route
  const [oldPaths, newPaths] = [statePaths(from.definition), statePaths(to.definition)]
  const tree: Tree = new Map()
  for (const { id, type } of snapshot._nodes) {
    if (type !== 'atomic' && type !== 'final') continue
    const node = nodeIn(id)
    const path = newPaths.get(sameState(renamed(id, route), newPaths))
    if (!path) {
      find({ code: 'MIGRATION_PLACE_GONE', params: { node } }, node)
      continue
    }
    const was = branchesOn(from.definition, oldPaths.get(id) ?? [])
    const now = branchesOn(to.definition, path)
    if (was.map((branch) => renamed(branch, route)).join() !== now.join())
      find({ code: 'MIGRATION_BRANCH_CHANGED', params: { node } }, node)
    grow(tree, path)
  }
  return valueOf(tree, to.definition, (fork) =>
    find({ code: 'MIGRATION_FORK_CHANGED', params: { fork } }, fork),
  )
}

/** A node that waits has a state of its own where it lies on a cycle, in one version and not in the other. */
function sameState(id: string, paths: ReadonlyMap<string, unknown>): string {
  if (id.endsWith('!wait') && !paths.has(id)) return nodeIn(id)
  return !id.includes('!') && paths.has(`${id}!wait`) ? `${id}!wait` : id
}

/** The ids of the branches around a state, the outermost first. */
const branchesOn = (definition: MachineDefinition, path: readonly string[]): string[] =>
  path.flatMap((_, depth) => {
    const parent = stateAt(definition, path.slice(0, depth))
    const state = stateAt(definition, path.slice(0, depth + 1))
    return state && parent && 'type' in parent && parent.type === 'parallel' ? [state.id] : []
  })

type Tree = Map<string, Tree>
function grow(tree: Tree, [key, ...rest]: readonly string[]): void {
  if (key === undefined) return
  const inner = tree.get(key) ?? (new Map() as Tree)
  tree.set(key, inner)
  grow(inner, rest)
}

function valueOf(
  tree: Tree,
  at: NonNullable<ReturnType<typeof stateAt>>,
  incomplete: (fork: string) => void,
): Json {
  const states = at.states ?? {}
  const isParallel = 'type' in at && at.type === 'parallel'
  if (tree.size !== (isParallel ? Object.keys(states).length : 1)) incomplete(nodeIn(at.id))
  const entries = [...tree].map(([key, inner]): [string, Json] => {
    const state = states[key]
    return [key, state && inner.size > 0 ? valueOf(inner, state, incomplete) : {}]
  })
  return Object.fromEntries(entries)
}

/** What the run remembers, by node id. Of nodes that are gone the epochs are kept, so that no effect id comes twice. */
function carried(
  { from, to, rename }: Route,
  before: RunContext,
): Pick<RunContext, 'memory' | 'retired' | 'done'> {
  const retired: Record<string, number> = { ...before.retired }
  const retire = (id: string, epoch: number): void => {
    retired[id] = Math.max(retired[id] ?? 0, epoch)
  }
  let memory: Memory = emptyMemory(to.slots.length)
  for (const { id, slot } of from.slots) {
    const visits = recall(before.memory, slot)
    if (!visits) continue
    retire(id, visits.epoch)
    const now = to.nodes.get(rename(id))
    const { determined } = visits
    const moved = determined?.map((each) => ({ ...each, node: rename(each.node) }))
    if (now) memory = remember(memory, now.slot, moved ? { ...visits, determined: moved } : visits)
  }
  for (const { id, slot } of to.slots) {
    const epoch = retired[id]
    if (epoch === undefined) continue
    const visits = recall(memory, slot)
    memory = remember(memory, slot, { ...visits, epoch: Math.max(epoch, visits?.epoch ?? 0) })
    Reflect.deleteProperty(retired, id)
  }
  const done = before.done?.map((each) => ({ ...each, node: rename(each.node) }))
  return {
    memory,
    ...(done ? { done } : {}),
    ...(Object.keys(retired).length > 0 ? { retired } : {}),
  }
}

/** Whether the new program would ask for the very same: then who works on it need not be disturbed. */
function isSame(
  { from, to, rename }: Route,
  open: OpenEffect,
  { before, after }: { readonly before: RunContext; readonly after: RunContext },
): boolean {
  const port = open.port === undefined ? {} : { port: open.port }
  const params = { node: open.node, incident: open.kind === 'incident', ...port }
  const node = rename(open.node)
  const [old, now] = [from.nodes.get(open.node), to.nodes.get(node)]
  if (!old || !now || node !== open.node || identity(old) !== identity(now)) return false
  return text(effectOf(from, before, params)) === text(effectOf(to, after, params))
}

const text = (value: object): string => canonicalJson(value as Json)
const identity = ({ type, version, config }: CompiledNode): string =>
  text({ type, version, config })
