import type { FlowClaim } from '#core/decision/analysis/flow/claims.ts'
import { decisionWays, partValue } from '#core/decision/analysis/flow/decision-ways.ts'
import {
  below,
  constant,
  fieldKey,
  fieldOf,
  followed,
  pathOf,
  type Follow,
  type Known,
  type Values,
} from '#core/decision/analysis/flow/values.ts'
import type { Analysis } from '#core/graph/analysis.ts'
import { branchConfig, elsePort, forkConfig, itemPort } from '#core/graph/control.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { FlowNode, Logic } from '#core/graph/flow.ts'
import { errorPort } from '#core/graph/ports.ts'
import type { Way } from '#core/graph/topology.ts'
import { waysOf } from '#core/graph/ways.ts'
import { isObject, type JsonSchema } from '#core/json.ts'
import { describe } from '#core/logic/describe.ts'
import { checkLogic, parseLogic } from '#core/logic/parse.ts'
import type { Tree } from '#core/logic/tree.ts'

/** One way on from a node, with what must hold to take it and what it brings. */
export interface Exit {
  readonly way: Way
  readonly claims: readonly FlowClaim[]
  readonly known: Known
}

const free = (port: string, schema: JsonSchema = {}): Known => ({
  fields: new Map(),
  others: 'free',
  schema,
  port,
})

/** How a node's expressions read what the way has brought. */
export function follower(analysis: Analysis, at: string, values: Values): Follow {
  const { topology } = analysis
  return (path) => {
    const [root = '', ...rest] = path
    const known = values.get(root)
    if (known) return fieldOf(known, rest) ?? pathOf(path)
    const absent = topology.nodes.has(root) && analysis.dataFlow.possible(at, root).length === 0
    return absent ? constant(null) : pathOf(path)
  }
}

/** Logic of a node with its paths followed; null where it does not compile. */
export const followedLogic = (logic: Logic, follow: Follow): Tree | null =>
  checkLogic(logic).length > 0 ? null : followed(parseLogic(logic), follow)

/** Every way on from a node for cases that bring `values`. */
export function exitsOf(analysis: Analysis, node: FlowNode, values: Values): Exit[] {
  const { topology, regions } = analysis
  const follow = follower(analysis, node.id, values)
  const ways = waysOf(node.id, { topology, regions })
  return ways.flatMap((way) => {
    const claims = node.disabled ? [] : claimsOf(analysis, node, way, follow)
    return knownAfter(analysis, node, way, follow).map(({ known, because = [] }) => ({
      way,
      known,
      claims: [...claims, ...because],
    }))
  })
}

function claimsOf(
  { topology }: Analysis,
  node: FlowNode,
  { sourcePort }: Way,
  follow: Follow,
): FlowClaim[] {
  const claim = (when: Logic, met: boolean): FlowClaim[] => {
    const tree = followedLogic(when, follow)
    return tree ? [{ tree, met, node: node.id, words: () => describe(when) }] : []
  }
  if (topology.kind(node.id) === 'branch') {
    const { data } = branchConfig.safeParse(node.config)
    if (!data) return []
    const at = data.cases.findIndex(({ id }) => id === sourcePort)
    if (at < 0 && sourcePort !== elsePort) return []
    const earlier = at < 0 ? data.cases : data.cases.slice(0, at)
    const own = data.cases[at]
    return [
      ...(own ? claim(own.when, true) : []),
      ...earlier.flatMap(({ when }) => claim(when, false)),
    ]
  }
  if (topology.kind(node.id) === 'fork') {
    const { data } = forkConfig.safeParse(node.config)
    const when = data?.branches.find(({ id }) => id === sourcePort)?.when
    return when === undefined ? [] : claim(when, true)
  }
  return []
}

interface Brought {
  readonly known: Known
  readonly because?: readonly FlowClaim[]
}

function knownAfter(analysis: Analysis, node: FlowNode, way: Way, follow: Follow): Brought[] {
  const { sourcePort: port } = way
  const { topology } = analysis
  const kind = topology.kind(node.id)
  if (kind === 'start')
    return [{ known: { ...free(port), fields: new Map([[fieldKey([]), pathOf(['input'])]]) } }]
  const schema = analysis.ports(node.id).find(({ id }) => id === port)?.schema ?? {}
  // What stands in for a failure may be anything.
  if (node.disabled || node.policy?.fallback?.port === port || port === itemPort)
    return [{ known: free(port) }]
  if (port === errorPort)
    return [
      {
        known: {
          ...free(port, schema),
          others: 'missing',
          fields: new Map([[fieldKey(['error']), pathOf([node.id, 'error'])]]),
        },
      },
    ]
  if (kind === 'branch')
    return [{ known: { ...free(port), fields: new Map([[fieldKey(['case']), constant(port)]]) } }]
  if (schema['x-inputs'] === true) {
    const fields = Object.entries(node.inputs).map(([name, logic]): [string, Tree] => [
      fieldKey([name]),
      followedLogic(logic, follow) ?? pathOf([node.id, name]),
    ])
    return [{ known: { ...free(port), others: 'missing', fields: new Map(fields) } }]
  }
  const decision = decisionOf(analysis, node)
  if (decision && kind === 'pure') return decided(node, port, { decision, schema, follow })
  return [{ known: free(port, isMarked(schema) ? {} : schema) }]
}

const isMarked = (schema: JsonSchema): boolean =>
  schema['x-results'] === true ||
  schema['x-body-output'] === true ||
  schema['x-flow-output'] !== undefined

/** The decision that a node's config names. */
export function decisionOf(analysis: Analysis, node: FlowNode): Decision | undefined {
  const { properties } = analysis.descriptor(node)?.config ?? {}
  if (!isObject(properties)) return undefined
  const field = Object.entries(properties).find(
    ([, schema]) => isObject(schema) && schema['x-ref'] === 'decision',
  )
  const id = field && node.config[field[0]]
  return typeof id === 'string' ? analysis.lookup.decision(id) : undefined
}

/** An object given as `input` is the decision's input itself; other inputs stand beside its fields. */
function decided(
  node: FlowNode,
  port: string,
  { decision, schema, follow }: { decision: Decision; schema: JsonSchema; follow: Follow },
): Brought[] {
  const trees = new Map(
    Object.entries(node.inputs).map(([name, logic]) => [name, followedLogic(logic, follow)]),
  )
  const unknown = (path: readonly string[]): Tree => pathOf([`${node.id} input`, ...path])
  const field: Follow = (path) => {
    const [name = '', ...rest] = path
    if (path.length === 0) return unknown(path)
    const own = name === 'input' ? undefined : trees.get(name)
    if (own) return below(own, rest) ?? unknown(path)
    if (own === null) return unknown(path)
    const whole = trees.get('input')
    if (whole === undefined) return constant(null)
    return (whole && below(whole, path)) ?? unknown(path)
  }
  const { ways, values } = decisionWays(decision, field, partValue(node.id))
  const shared = [...values].map(([id, tree]): [string, Tree] => [fieldKey(['values', id]), tree])
  if (!ways) return [{ known: { ...free(port, schema), fields: new Map(shared) } }]
  return ways.map(({ outcome, claims, reasons }) => ({
    known: {
      ...free(port, schema),
      fields: new Map([
        ...shared,
        [fieldKey(['outcome']), constant(outcome)],
        // A result has reasons, and no other word for them.
        [fieldKey(['reason']), constant(null)],
        ...(reasons === 'none'
          ? [[fieldKey(['reasons']), constant([])] satisfies [string, Tree]]
          : []),
      ]),
    },
    because: claims.map((claim) => ({
      ...claim,
      node: node.id,
      words: () => `outcome ${outcome ?? 'none'}`,
    })),
  }))
}
