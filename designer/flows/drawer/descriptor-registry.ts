import { z } from 'zod'
import type { AnyNode } from '#core/node/define-node.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import type { Registry } from '#core/node/registry.ts'

const cannotRun = (): never => {
  throw new Error('node types run on the server')
}

/** A descriptor says enough of a node type to draw its machine, though not to run it. */
const outlineOf = (descriptor: NodeDescriptor): AnyNode => {
  const { type, version, title, description, area, icon, kind } = descriptor
  const shape = { type, version, title, description, area, icon, config: z.any() }
  const whole = { ...shape, inputs: {}, outputs: {}, openInputs: true }
  if (kind === 'pure') return { ...whole, kind, run: cannotRun }
  if (kind === 'effect') return { ...whole, kind, policy: { uses: [] }, run: cannotRun }
  return { ...whole, kind }
}

/** The installed node types as the compiler asks for them. */
export function descriptorRegistry(descriptors: readonly NodeDescriptor[]): Registry {
  const nodes = new Map(descriptors.map((each) => [each.type, outlineOf(each)]))
  return {
    get: (type) => nodes.get(type),
    list: () => [...nodes.values()],
    descriptor: (type) => descriptors.find((each) => each.type === type),
    descriptors: () => [...descriptors],
  }
}
