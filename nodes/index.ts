import type { AnyNode } from '#core/node/define-node.ts'

/** Every node type that ships with the product, in the order of the palette. */
export const builtInNodes: readonly AnyNode[] = []
