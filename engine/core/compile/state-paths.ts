import type { MachineDefinition, StateDefinition } from '#core/compile/definition.ts'

type Holder = MachineDefinition | StateDefinition

/** State id → the keys that lead to it from the machine's root. */
export function statePaths(definition: MachineDefinition): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, readonly string[]>()
  const walk = (holder: Holder, path: readonly string[]): void => {
    for (const [key, state] of Object.entries(holder.states ?? {})) {
      const at = [...path, key]
      paths.set(state.id, at)
      walk(state, at)
    }
  }
  walk(definition, [])
  return paths
}

/** What is at the keys; undefined where they lead nowhere. */
export const stateAt = (
  definition: MachineDefinition,
  path: readonly string[],
): Holder | undefined =>
  path.reduce<Holder | undefined>((holder, key) => holder?.states?.[key], definition)
