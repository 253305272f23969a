import type { AnyNode } from '#core/node/define-node.ts'
import { createRegistry, type Registry } from '#core/node/registry.ts'
import type { CustomNode } from './load-node.ts'

export interface LiveRegistry extends Registry {
  /** From now on these are the custom nodes. */
  replaceCustom(custom: readonly CustomNode[]): void
}

/** A registry whose custom nodes can change while the engine holds on to it. */
export function createLiveRegistry(
  builtIn: readonly AnyNode[],
  help: (type: string) => string | undefined,
): LiveRegistry {
  let current = createRegistry(builtIn, { help })
  return {
    get: (type, version) => current.get(type, version),
    list: () => current.list(),
    descriptor: (type, version) => current.descriptor(type, version),
    descriptors: () => current.descriptors(),
    replaceCustom(custom) {
      current = createRegistry(builtIn, { help, custom })
    },
  }
}
