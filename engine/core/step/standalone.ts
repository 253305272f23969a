import type { AnyStateMachine } from 'xstate'
import { z } from 'zod'
import { compile } from '#core/compile/compile.ts'
import { compiled } from '#core/compile/program.ts'
import type { AnyNode } from '#core/node/define-node.ts'
import { createRegistry } from '#core/node/registry.ts'
import type { Release } from '#core/release.ts'
import { instantiate } from '#core/step/instantiate.ts'

/** A node type that an exported module does not carry: an effect is an actor there, a pure node must be provided. */
export interface Absent {
  readonly type: string
  readonly version: number
  readonly kind: 'effect' | 'pure'
  /** By which it leaves where it undoes others, and so has no edges. */
  readonly ports: readonly string[]
}

/** What an exported module has besides its release. */
interface Exported {
  readonly nodes: readonly AnyNode[]
  readonly absent: readonly Absent[]
  /** The each whose body it is. */
  readonly body?: string
}

/**
 * The machine of a release as ordinary XState, for modules printed by `printModule`: run it with
 * `createActor(machine.provide({ actors }), { input: { run, input, at } })`.
 */
export function standalone(release: Release, { nodes, absent, body }: Exported): AnyStateMachine {
  const registry = createRegistry([...nodes, ...absent.map(standIn)])
  return instantiate(compiled(compile(release, registry, { body })), 'invoke')
}

function standIn({ type, version, kind, ports }: Absent): AnyNode {
  const run = (): never => {
    throw new Error(`the node type "${type}" is not part of this module`)
  }
  const shape = {
    type,
    version,
    title: type,
    description: '',
    area: 'integration',
    icon: 'box',
    config: z.any(),
    inputs: {},
    openInputs: true,
    outputs: Object.fromEntries(ports.map((port) => [port, z.any()])),
  } as const
  return kind === 'pure' ? { ...shape, kind, run } : { ...shape, kind, policy: { uses: [] }, run }
}
