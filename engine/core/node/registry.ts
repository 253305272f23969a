import { TerminalError } from '#core/errors.ts'
import type { AnyNode } from '#core/node/define-node.ts'
import { describeNode } from '#core/node/describe.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

export interface Registry {
  /** Of that version, or the newest. */
  get(type: string, version?: number): AnyNode | undefined
  /** The newest version of every type, in order of registration. */
  list(): readonly AnyNode[]
  /** Described when first asked for, once. */
  descriptor(type: string, version?: number): NodeDescriptor | undefined
  descriptors(): NodeDescriptor[]
}

export interface RegistryOptions {
  /** Markdown by type. */
  readonly help?: (type: string) => string | undefined
  /** Node types from outside the repository. */
  readonly custom?: readonly { readonly node: AnyNode; readonly help: string }[]
}

/** @throws TerminalError NODE_TYPE_TWICE */
export function createRegistry(nodes: readonly AnyNode[], options: RegistryOptions = {}): Registry {
  const custom = new Map(options.custom?.map((entry) => [entry.node, entry.help]))
  const types = new Map<string, Map<number, AnyNode>>()
  for (const node of [...nodes, ...custom.keys()]) {
    const versions = types.get(node.type) ?? new Map<number, AnyNode>()
    if (versions.has(node.version))
      throw new TerminalError('NODE_TYPE_TWICE', { type: node.type, version: node.version })
    types.set(node.type, versions.set(node.version, node))
  }
  const get = (type: string, version?: number): AnyNode | undefined => {
    const versions = types.get(type)
    return versions?.get(version ?? Math.max(...versions.keys()))
  }
  const list = [...types.keys()].flatMap((type) => get(type) ?? [])
  const described = new Map<AnyNode, NodeDescriptor>()
  const describe = (node: AnyNode): NodeDescriptor => {
    const known = described.get(node)
    if (known) return known
    const help = custom.get(node) ?? options.help?.(node.type) ?? ''
    const descriptor = describeNode(node, help, custom.has(node) ? 'custom' : 'built-in')
    described.set(node, descriptor)
    return descriptor
  }
  return {
    get,
    list: () => list,
    descriptor: (type, version) => {
      const node = get(type, version)
      return node && describe(node)
    },
    descriptors: () => list.map(describe),
  }
}
